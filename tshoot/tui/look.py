"""The one place where a person's settings reach the screen: keys, motion, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tshoot.tui import themes

if TYPE_CHECKING:
    from textual.app import App

    from tshoot.config.settings import Config


def apply_settings(app: App[Any], config: Config) -> None:
    """Give the program the look that is set. Its themes must be registered."""
    themes.choose(app, config.theme)
    if config.keys:
        from tshoot.tui.keymap import keymap_of

        app.set_keymap(keymap_of(config.keys))
    if config.reduced_motion:
        app.animation_level = "none"
