"""A line over everything that says what must never be mistaken."""

from __future__ import annotations

from textual.widgets import Static

from tshoot.tui.safe import plain


class Banner(Static):
    """One line under the top line, in reverse so that it is seen without colour too."""

    DEFAULT_CSS = """
    Banner { dock: top; margin-top: 1; height: 1; padding: 0 1; text-style: bold reverse; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(plain(text))
