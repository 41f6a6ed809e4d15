"""The command palette: Textual's own, over this program's commands."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette

from tshoot.tui.commands import Commands
from tshoot.tui.keys import DIALOG, bindings
from tshoot.tui.motion import keep_still
from tshoot.tui.widgets.keybar import KeyBar


class Palette(CommandPalette):
    """Finds a command by typing. Its key line covers the one below, whose keys do nothing here."""

    DEFAULT_CSS = """
    Palette > Vertical { margin-top: 1; }
    Palette CommandList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    Palette CommandList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(tuple(replace(key, action="escape") for key in DIALOG))
    ]

    def __init__(self) -> None:
        super().__init__(providers=[Commands], placeholder="What do you want to do?")

    def compose(self) -> ComposeResult:
        """Textual's parts, and the key line."""
        yield from super().compose()
        yield KeyBar()

    def on_mount(self) -> None:
        """Keep still where nothing may move."""
        keep_still(self)
