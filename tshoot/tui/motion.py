"""Reduced motion: where the person wants none (``TEXTUAL_ANIMATIONS=none``, a setting) nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def is_still(app: App[Any]) -> bool:
    """True where nothing may move."""
    return app.animation_level == "none"


def reduce(app: App[Any]) -> None:
    """Let nothing move from now on."""
    app.animation_level = "none"


def keep_still(screen: Screen[Any]) -> None:
    """Stop the blinking cursors of a screen, where nothing may move."""
    from textual.widgets import Input, TextArea

    if is_still(screen.app):
        for line in screen.query(Input):
            line.cursor_blink = False
        for area in screen.query(TextArea):
            area.cursor_blink = False
