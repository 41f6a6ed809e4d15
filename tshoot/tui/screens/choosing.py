"""A small window that asks one question with a few answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from tshoot.guide.model import Choice
from tshoot.tui.keys import CHOICE, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.keybar import KeyBar


class ChoosingScreen(Overlay[str | None]):
    """Returns the value that was chosen, or None. ``chosen`` is highlighted, else the first one is."""

    DEFAULT_CSS = """
    ChoosingScreen > Vertical { max-width: 76; }
    ChoosingScreen Static { height: auto; margin-bottom: 1; }
    ChoosingScreen ChoiceList, ChoosingScreen ChoiceList:focus { max-height: 16; scrollbar-gutter: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOICE)]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], body: str = "", chosen: str | None = None
    ) -> None:
        super().__init__()
        self._title, self._body = title, body
        self._choices = tuple(Choice(value, words) for value, words in choices)
        self._chosen = chosen if chosen is not None else self._choices[0].id

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical() as frame:
            frame.border_title = plain(self._title)
            yield Static(plain(self._body), classes="" if self._body else "empty")
            yield ChoiceList()
        yield KeyBar()

    def on_mount(self) -> None:
        """List the answers."""
        self.query_one(ChoiceList).show(self._choices, self._chosen)

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self.query_one(ChoiceList).choose(number)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand back the answer."""
        self.dismiss(event.option.id)
