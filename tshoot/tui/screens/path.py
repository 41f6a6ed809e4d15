"""The way so far, to go back to any answer of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tshoot.guide.path_lines import PathLine
from tshoot.tui.keys import CHOICE, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar
from tshoot.tui.widgets.path import PathView


class PathScreen(Overlay[int | None]):
    """Returns the place of the answer to go back to, or None."""

    DEFAULT_CSS = """
    PathScreen > Vertical { max-width: 90; }
    PathScreen PathView, PathScreen PathView:focus { height: auto; max-height: 100%; }
    PathScreen Static { height: auto; margin-bottom: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOICE)]

    def __init__(self, lines: Sequence[PathLine]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """What one can do here, and the lines."""
        answers = any(line.position is not None for line in self._lines)
        with Vertical() as frame:
            frame.border_title = "The way so far"
            yield Static(plain(_GO_BACK if answers else _NOTHING if not self._lines else _NO_ANSWERS))
            yield PathView(with_questions=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """List the lines; the newest answer is highlighted."""
        view = self.query_one(PathView)
        view.show(self._lines)
        view.focus()

    def action_choose(self, number: int) -> None:
        """Go back to the line with this number."""
        self.query_one(PathView).choose(number)

    def on_path_view_go_back(self, event: PathView.GoBack) -> None:
        """Hand back the choice."""
        self.dismiss(event.position)


_GO_BACK = "Choose an answer to change it. Later ones are kept where they still fit."
_NO_ANSWERS = "Nothing was asked yet."
_NOTHING = "This is the first step."
