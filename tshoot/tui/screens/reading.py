"""A page to read over the wizard: evidence, report, help."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tshoot.tui.keys import PAGE, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar


class ReadingScreen(Overlay[None]):
    """Shows one text; any of escape, q, or the key that opened it closes it."""

    DEFAULT_CSS = """
    ReadingScreen > VerticalScroll { max-width: 110; height: 88%; }
    ReadingScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title, self._content = title, content

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = plain(self._title)
            yield Static(self._content)
        yield KeyBar()

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self.query_one(VerticalScroll).scroll_relative(y=amount, animate=False)
