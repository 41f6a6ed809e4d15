"""The command palette: Textual's own, over this program's commands."""

from __future__ import annotations

from textual.command import CommandPalette

from tshoot.tui.commands import Commands
from tshoot.tui.motion import keep_still


class Palette(CommandPalette):
    """Finds a command by typing."""

    DEFAULT_CSS = """
    Palette > Vertical { margin-top: 1; }
    Palette CommandList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self) -> None:
        super().__init__(providers=[Commands], placeholder="What do you want to do?")

    def on_mount(self) -> None:
        """Keep still where nothing may move."""
        keep_still(self)
