"""Before something that can't be undone: a word has to be typed, so that no stray key does it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from tshoot.guide.words import CONFIRM_WORD
from tshoot.tui.keys import DIALOG, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar


class ConfirmScreen(Overlay[bool]):
    """Returns True where the word was typed; closing it, or another word, is a no."""

    DEFAULT_CSS = """
    ConfirmScreen > Vertical { max-width: 70; border: round $warning; }
    ConfirmScreen VerticalScroll { height: auto; max-height: 30vh; }
    ConfirmScreen Static { height: auto; margin-bottom: 1; }
    ConfirmScreen #wrong { color: $error; margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DIALOG)]

    def __init__(self, action: str, loses: str) -> None:
        super().__init__()
        self._action, self._loses = action, loses

    def compose(self) -> ComposeResult:
        """What is lost, and a line for the word."""
        with Vertical() as frame:
            frame.border_title = plain(f"Careful: {self._action}")
            with VerticalScroll(can_focus=False):
                yield Static(plain(self._warning(), "$warning"))
            yield Static(plain(f"To go on, type the word {CONFIRM_WORD} and press Enter."))
            yield Input(select_on_focus=False)
            yield Static(id="wrong")
        yield KeyBar()

    def _warning(self) -> str:
        return f"You lose: {self._loses}" if self._loses else "This can't be undone."

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Only the word itself is a yes."""
        if event.value.strip().casefold() == CONFIRM_WORD:
            self.dismiss(True)
        elif event.value.strip():
            self.query_one("#wrong", Static).update(plain(f"That is not the word {CONFIRM_WORD}."))
