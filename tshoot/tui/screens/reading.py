"""A page to read over the wizard: report, help."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import ScrolledPage
from tshoot.tui.widgets.fitted import Fitted, Made
from tshoot.tui.widgets.keybar import KeyBar


class ReadingScreen(ScrolledPage):
    """Shows one text; any of escape, q, or the key that opened it closes it."""

    DEFAULT_CSS = """
    ReadingScreen > VerticalScroll { max-width: 110; height: 88%; }
    ReadingScreen Fitted { height: auto; }
    """

    def __init__(self, title: str, made: Made) -> None:
        super().__init__()
        self._title, self._made = title, made

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = plain(self._title)
            yield Fitted(self._made)
        yield KeyBar()
