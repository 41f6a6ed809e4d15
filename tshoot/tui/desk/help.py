"""The page with every key of a screen of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tshoot.tui.keys import Key
from tshoot.tui.pages import keys_page
from tshoot.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from textual.app import App

    from tshoot.tui.desk.app import DeskApp


def keys_screen(app: App[Any], keys: tuple[Key, ...]) -> ReadingScreen:
    """A page over the screen."""
    keymap = cast("DeskApp", app).keymap
    return ReadingScreen("Keys", lambda width: keys_page(keymap, width, keys))
