"""A numbered list whose lines are indented under their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import Static

from tshoot.tui.safe import lines, plain

_INDENT = 4
_NARROWEST = 10


class NumberedList(Static):
    """Texts numbered from 1, wrapped to the width there is."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._texts: tuple[str, ...] = ()

    def show(self, texts: Sequence[str]) -> None:
        """Draw the texts."""
        self._texts = tuple(texts)
        self._draw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.size.width - _INDENT, _NARROWEST)
        self.update(lines(list(self._lines(width))))

    def _lines(self, width: int) -> Iterator[Content]:
        for number, text in enumerate(self._texts, 1):
            for row, line in enumerate(plain(text).wrap(width)):
                head = f"{number:>2}. " if row == 0 else " " * _INDENT
                yield Content.assemble((head, "bold"), line)
