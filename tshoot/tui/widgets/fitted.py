"""A text that is made for the width there is, and made anew when that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widgets import Static

from tshoot.tui.safe import lines

Made = Callable[[int], Content]
"""Makes a text for so many columns."""
_NARROWEST = 16


class Fitted(Static):
    """Shows what a maker gives for its width."""

    def __init__(self, made: Made, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._made = made

    def on_resize(self) -> None:
        """Make the text for this width."""
        self.update(self._text())

    def change(self, made: Made) -> None:
        """Show another text."""
        self._made = made
        if self.size.width:
            self.update(self._text())

    def _text(self) -> Content:
        return self._made(max(self.size.width, _NARROWEST))


def hanging(parts: Sequence[Content], width: int) -> Content:
    """The lines wrapped; what does not fit stands below, two columns deeper than its line begins."""
    return lines([_hung(part, width) for part in parts])


def _hung(line: Content, width: int) -> Content:
    text = line.plain
    lead = len(text) - len(text.lstrip(" "))
    deep = min(lead + 2, width // 2)
    if line.cell_length <= width:
        return line
    rows = line[lead:].wrap(max(width - deep, _NARROWEST // 2))
    first, *rest = rows
    return lines([Content(" " * lead) + first, *(Content(" " * deep) + row for row in rest)])
