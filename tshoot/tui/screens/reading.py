"""A page to read over the wizard: evidence, report, help."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tshoot.tui.safe import plain


class ReadingScreen(ModalScreen[None]):
    """Shows one text; any of escape, q, or the key that opened it closes it."""

    DEFAULT_CSS = """
    ReadingScreen { align: center middle; }
    ReadingScreen > VerticalScroll {
        width: 92%; max-width: 110; height: 88%; border: round $primary; padding: 0 1; background: $surface;
    }
    ReadingScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close"),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
    ]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title, self._content = title, content

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = plain(self._title)
            yield Static(self._content)
        yield Footer(show_command_palette=False)

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self.query_one(VerticalScroll).scroll_relative(y=amount, animate=False)
