"""The line an address is pasted into. It shows hidden signs as such and lets none reach the terminal."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import Input

from tshoot.text import display_text
from tshoot.tui.keys import ADDRESS, bindings

LONGEST = 4096
"""Signs taken; as many as a line of the dialogue holds."""


class AddressInput(Input):
    """One line for an address, there only while one is wanted. Escape and the arrow down lead to the answers
    below it.
    """

    DEFAULT_CSS = "AddressInput { margin: 1 0 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ADDRESS)]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(placeholder="Paste it here and press Enter", id=id)
        self.close()

    def open(self) -> None:
        """Show it empty, ready to type."""
        self.value = ""
        self.display, self.disabled = True, False
        self.focus()

    def close(self) -> None:
        """Take it away; what was typed is forgotten."""
        self.value = ""
        self.display, self.disabled = False, True

    def validate_value(self, value: str) -> str:
        """Whatever way a text comes in: without line breaks, hidden signs shown, not endless."""
        one_line = value.replace("\r", "").replace("\n", "").replace("\t", "")
        return display_text(one_line[:LONGEST], LONGEST + 1)

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted: long addresses come broken into several."""
        event.stop()
        event.prevent_default()
        start, end = self.selection.start, self.selection.end
        self.replace("".join(event.text.splitlines()), min(start, end), max(start, end))
