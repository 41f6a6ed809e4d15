"""A text that is made for the width there is, and made anew when that changes.

It is made while Textual lays out, not when a resize tells of the width: a text that comes after the layout
needs a second one, which costs a frame (a sixtieth of a second) and shows the page without its text before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tshoot.tui.safe import EMPTY, lines

Made = Callable[[int], Content]
"""Makes a text for so many columns."""
_NARROWEST = 16


class Fitted(Widget):
    """Shows what a maker gives for its width; nothing at first, where none is given."""

    DEFAULT_CSS = "Fitted { height: auto; }"

    def __init__(self, made: Made | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._made = made or _nothing
        self._text = (0, EMPTY)

    def render(self) -> Content:
        """The text for the width it has."""
        return self._text_for(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of the text in ``width`` columns."""
        return self._text_for(width).get_height(self.styles.get_rules(), width) if width else 0

    def change(self, made: Made) -> None:
        """Show another text."""
        self._made, self._text = made, (0, EMPTY)
        self.refresh(layout=True)

    def _text_for(self, width: int) -> Content:
        if width and self._text[0] != width:
            self._text = (width, self._made(max(width, _NARROWEST)))
        return self._text[1]


def _nothing(width: int) -> Content:
    return EMPTY


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
