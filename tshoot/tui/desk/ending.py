"""How a call is closed: the outcome, and a line why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from tshoot.guide.model import Choice
from tshoot.tui.keys import CHOICE, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.keybar import KeyBar

OUTCOMES = (
    Choice("resolved", "Solved"),
    Choice("unresolved", "Not solved"),
    Choice("handed_over", "Someone outside this desk goes on"),
    Choice("not_applicable", "There was nothing to fix"),
    Choice("set_aside", "Set aside: a mistake, or a test"),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What was chosen, and why, in a line that may be empty."""

    how: str
    reason: str


class EndingScreen(Overlay[Ending | None]):
    """Returns how the call ends, or None. What was typed before is there again."""

    DEFAULT_CSS = """
    EndingScreen > Vertical { max-width: 70; }
    EndingScreen Static { height: auto; color: $text-muted; }
    EndingScreen ChoiceList, EndingScreen ChoiceList:focus { scrollbar-gutter: auto; }
    """
    TYPED_WORDS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOICE)]

    def __init__(self, label: str, before: Ending | None = None, notice: str = "") -> None:
        super().__init__()
        self._label, self._notice = label, notice
        self._before = before or Ending("", "")

    def compose(self) -> ComposeResult:
        """A line for the reason, then the outcomes."""
        with Vertical() as frame:
            frame.border_title = plain(f"Close: {self._label}")
            yield Static(plain(self._notice), id="notice", classes="" if self._notice else "empty")
            yield Static(plain("Why, in a line, if there is more to say. It goes into the ticket."))
            yield Input(self._before.reason, select_on_focus=False)
            yield ChoiceList()
        yield KeyBar()

    def on_mount(self) -> None:
        """The outcomes; none is preselected but the one chosen before."""
        self.query_one(ChoiceList).show(OUTCOMES, self._before.how or None)

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self.query_one(ChoiceList).choose(number)

    def on_input_submitted(self) -> None:
        """From the reason to the outcomes."""
        self.query_one(ChoiceList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand back the ending."""
        self.dismiss(Ending(event.option.id or "", self.query_one(Input).value.strip()))
