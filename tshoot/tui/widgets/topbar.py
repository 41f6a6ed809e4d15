"""The top line: what is being checked, and how far the measuring has come."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tshoot.tui.safe import plain

_BLOCKS = 8


class TopBar(Static):
    """One line; the right half counts probes while they run."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; padding: 0 1; background: $primary; color: $text; text-style: bold; }
    """

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._counts = (0, 0)

    def on_mount(self) -> None:
        """Draw the line before anything is measured."""
        self._draw()

    def on_resize(self) -> None:
        """Keep the right half at the right edge."""
        self._draw()

    def relabel(self, label: str) -> None:
        """Name another service."""
        self._label = label
        self._draw()

    def progress(self, done: int, total: int) -> None:
        """Show how many of the probes are done; hidden when all are."""
        self._counts = (done, total)
        self._draw()

    def _draw(self) -> None:
        left = plain(f"tshoot · {self._label}" if self._label else "tshoot")
        done, total = self._counts
        right = _meter(done, total) if done < total else ""
        room = max(self.size.width - 2 - left.cell_length, 0)
        self.update(Content.assemble(left, right.rjust(room) if len(right) < room else ""))


def _meter(done: int, total: int) -> str:
    filled = round(_BLOCKS * done / total)
    return f"checking {done}/{total} {'▰' * filled}{'▱' * (_BLOCKS - filled)}"
