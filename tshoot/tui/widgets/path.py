"""So far: the steps taken, newest last."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tshoot.tui.safe import lines, plain


class PathView(VerticalScroll):
    """A numbered list of what was done, scrolled to its end."""

    DEFAULT_CSS = "PathView { height: 1fr; } PathView Static { height: auto; }"
    can_focus = False

    def compose(self) -> ComposeResult:
        """One block of text."""
        yield Static(id="path-text")

    def show(self, entries: Sequence[str]) -> None:
        """Draw the entries, numbered from 1."""
        numbered = [plain(f"{number:>2} {entry}") for number, entry in enumerate(entries, 1)]
        self.query_one("#path-text", Static).update(lines(numbered))
        self.scroll_end(animate=False)
