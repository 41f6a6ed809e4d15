"""So far: the steps taken, newest last."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tshoot.tui.widgets.numbered import NumberedList


class PathView(VerticalScroll):
    """A numbered list of what was done, scrolled to its end."""

    DEFAULT_CSS = "PathView { height: 1fr; } PathView NumberedList { height: auto; }"
    can_focus = False

    def compose(self) -> ComposeResult:
        """One list."""
        yield NumberedList()

    def show(self, entries: Sequence[str]) -> None:
        """Draw the entries, numbered from 1."""
        self.query_one(NumberedList).show(entries)
        self.scroll_end(animate=False)
