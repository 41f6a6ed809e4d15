"""A numbered list whose lines are indented under their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.content import Content

from tshoot.tui.safe import lines, plain
from tshoot.tui.widgets.fitted import Fitted

_INDENT = 4
_NARROWEST = 10


class NumberedList(Fitted):
    """Texts numbered from 1, wrapped to the width there is."""

    def show(self, texts: Sequence[str]) -> None:
        """Draw the texts."""
        self.change(partial(_numbered, tuple(texts)))


def _numbered(texts: Sequence[str], width: int) -> Content:
    return lines(list(_rows(texts, max(width - _INDENT, _NARROWEST))))


def _rows(texts: Sequence[str], width: int) -> Iterator[Content]:
    for number, text in enumerate(texts, 1):
        for row, line in enumerate(plain(text).wrap(width)):
            head = f"{number:>2}. " if row == 0 else " " * _INDENT
            yield Content.assemble((head, "bold"), line)
