"""A line over everything that says what must never be mistaken."""

from __future__ import annotations

from textual.widgets import Static

from tshoot.tui.safe import plain


class Banner(Static):
    """One line under the top line, in reverse so that it is seen without colour too."""

    DEFAULT_CSS = """
    Banner { dock: top; margin-top: 1; height: 1; padding: 0 1; text-style: bold reverse; text-wrap: nowrap; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def on_resize(self) -> None:
        """Fill the line, so that it is one bar."""
        self.update(plain(self._text.ljust(max(self.size.width, 0))))
