"""The top line of the desk: what is on the screen, whose desk it is, how long the call lasts."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tshoot.tui.safe import plain


class DeskBar(Static):
    """One line; the right half gives way where there is no room for both."""

    DEFAULT_CSS = """
    DeskBar {
        dock: top; height: 1; padding: 0 1; background: $primary; color: $block-cursor-foreground;
        text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._left = self._right = ""

    def say(self, left: str, right: str) -> None:
        """Write both halves."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self._draw()

    def on_resize(self) -> None:
        """Keep the right half at the right edge."""
        self._draw()

    def _draw(self) -> None:
        left, right = plain(f"tshoot desk · {self._left}"), plain(self._right)
        room = self.size.width - 2 - left.cell_length
        gap = room - right.cell_length
        line: Content = Content.assemble(left, " " * gap, right) if gap >= 1 else left
        self.update(line)


def timer_words(seconds: float) -> str:
    """How long a call lasts: minutes and seconds, from an hour on hours and minutes."""
    whole = max(0, int(seconds))
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02}"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
