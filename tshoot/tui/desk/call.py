"""A call: what to say, what to look for, what was said. Every key of :data:`tshoot.tui.desk.keys.CALL`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widgets import Input, OptionList

from tshoot.desk import moves
from tshoot.desk.call import Call
from tshoot.guide.effects import CANNOT
from tshoot.guide.model import Finish, Prompt
from tshoot.tui import cards
from tshoot.tui.desk.bar import DeskBar, timer_words
from tshoot.tui.desk.doing import DoingScreen
from tshoot.tui.desk.keys import CALL
from tshoot.tui.desk.opening import CallPages
from tshoot.tui.desk.script import ScriptView
from tshoot.tui.keys import bindings
from tshoot.tui.toast import toast
from tshoot.tui.widgets.address import AddressInput
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.path import PathView

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk

GUARD = cards.GUARD[1:]
"""What is offered before an action that can't be undone: show how, or leave it out."""


class CallScreen(DoingScreen):
    """One call, on the screen of the agent who has it, or of one who looks on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALL)]

    def __init__(self, desk: Desk, call: Call) -> None:
        super().__init__(desk, call)
        self.pages = CallPages(self)
        self._agreed = 0
        """The number of the event at which the caller agreed to lose something."""
        self._with_why = False
        self._cut = ""
        self._drawn: tuple[Prompt | None, bool, bool] | None = None

    def on_mount(self) -> None:
        """Draw, and let the timer run."""
        super().on_mount()
        self.set_interval(1.0, self._tick)

    def on_resize(self) -> None:
        """Fold or unfold."""
        self.show(self.call, self.notice)

    # -- what is shown --------------------------------------------------------------------------------

    @property
    def mine(self) -> bool:
        """True where this agent has the call."""
        return self.call.agent == self.desk.agent

    @property
    def prompt(self) -> Prompt | None:
        """What is being asked; None at the end."""
        wanted = self.call.wanted
        return wanted if isinstance(wanted, Prompt) else None

    @property
    def can_answer(self) -> bool:
        """True where an answer would be taken."""
        return self.mine and not self._is_closed and self.prompt is not None

    @property
    def _is_closed(self) -> bool:
        return self.call.record.closed is not None

    def show(self, call: Call, notice: str = "") -> None:
        """Draw a call, and what is to be known about it first."""
        self.call, self.notice = call, notice
        if not self.is_attached:
            return
        told = "\n".join(line for line in (self._cut, notice, self._standing()) if line)
        self.draw_texts(call, told, with_why=self._why, guarded=self._guarded)
        self.draw_known(call)
        self.name_step(call)
        self._draw_choices()
        self._tick()
        self.call_after_refresh(self.refresh_bindings)

    def cut_off(self, why: str) -> None:
        """Say it for as long as it lasts; what is on the screen is still what was kept."""
        if why != self._cut:
            self._cut = why
            self.show(self.call, self.notice)

    @property
    def _why(self) -> bool:
        return self._with_why or self.is_wide

    def _standing(self) -> str:
        if self._is_closed:
            return "This call is closed. a opens it again."
        if not self.mine:
            who = f"This is {self.call.agent}'s call." if self.call.agent else "Nobody has this call."
            return f"{who} You are looking on; o takes it over."
        return ""

    def _draw_choices(self) -> None:
        prompt = self.prompt
        if self._drawn == (prompt, self._guarded, self.can_answer):
            return  # What is highlighted or half typed stays.
        self._drawn = (prompt, self._guarded, self.can_answer)
        choices, typed = self.query_one(ChoiceList), self.query_one(AddressInput)
        typed.close()
        if prompt is None:
            choices.show((), None)
            return
        offered = GUARD if self._guarded else prompt.choices
        ids = [choice.id for choice in offered]
        earlier = prompt.earlier if prompt.earlier in ids else None
        first = None if prompt.risk == "destructive" else earlier or ids[0]
        choices.disabled = not self.can_answer
        choices.show(offered, first, earlier)
        if prompt.kind == "address" and self.can_answer:
            typed.open()

    @property
    def _guarded(self) -> bool:
        """True before the instructions of an action that can't be undone are shown."""
        prompt = self.prompt
        return prompt is not None and prompt.risk == "destructive" and self._agreed != self.call.last

    def _tick(self) -> None:
        row = self.call.record.row
        until = self.call.record.ended_at or self.desk.now()
        who = self.desk.agent if self.mine else f"{self.desk.agent}, looking on"
        left = " · ".join(part for part in (row.label or row.session, self.pages.service_title()) if part)
        self.query_one(DeskBar).say(left, f"{who} · {timer_words((until - row.opened).total_seconds())}")

    # -- answers ------------------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        if self.can_answer:
            self.query_one(ChoiceList).choose(number)
        elif self.prompt is not None:
            toast(self.app, self._standing(), severity="warning")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A choice by enter, mouse or digit."""
        choice = event.option.id
        if choice is None or not self.can_answer:
            return
        if self._guarded and choice == cards.SHOW_HOW:
            self.pages.confirm_loss()
        elif self._guarded and choice == cards.LEAVE_OUT:
            self._answer(CANNOT)
        else:
            self._answer(choice)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An address that was read out or pasted."""
        text, seconds = event.value, self._seconds()
        if text.strip() and self.can_answer:
            self.do(partial(moves.addressed, text=text, seconds=seconds), partial(self._type_again, text))

    def _type_again(self, text: str, notice: str) -> None:
        """Write once more what was typed, where an address is still wanted."""
        if self.prompt is not None and self.prompt.kind == "address":
            self.query_one(AddressInput).value = text

    def agreed_to_lose(self) -> None:
        """The caller agreed: show how it is done."""
        self._agreed = self.call.last
        self.show(self.call, self.notice)

    def action_cannot(self) -> None:
        """The caller can't do that now."""
        self._answer(CANNOT)

    def _answer(self, choice: str) -> None:
        move = partial(moves.chosen, choice=choice, seconds=self._seconds())
        self.do(move, partial(self._offer, choice))

    def _seconds(self) -> float:
        """How long the step has been asked. The store's clock may be a little ahead of this computer's."""
        return max(0.0, (self.desk.now() - self.call.asked_at).total_seconds())

    def _offer(self, choice: str, notice: str) -> None:
        """Highlight once more what was chosen, where it is still asked."""
        choices = self.query_one(ChoiceList)
        if choices.option_count and any(option.id == choice for option in choices.options):
            choices.highlighted = choices.get_option_index(choice)

    def action_back(self) -> None:
        """One step back."""
        self.go_back(None)

    def go_back(self, position: int | None) -> None:
        """Back to an earlier answer."""
        self.do(partial(moves.went_back, position=position, seconds=self._seconds()))

    def on_path_view_go_back(self, event: PathView.GoBack) -> None:
        """A line of the path was chosen."""
        if self.mine:
            self.go_back(event.position)

    # -- other keys ---------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a key makes sense: only there it stands in the key line."""
        if action == "read_on":
            # Keys with priority would also reach here below a page, and before anything is on the screen.
            return self.is_mounted and self.is_current and self.query_one(ScriptView).max_scroll_y > 0
        prompt, here = self.prompt, self.mine and not self._is_closed
        allowed = {
            "cannot": self.can_answer and prompt is not None and prompt.kind == "do",
            "back": here and bool(self.call.state.prompts()),
            "why": not self.is_wide,
            "evidence": here,
            "hand_over": here,
            "close": self.mine and not self._is_closed,
            "reopen": self._is_closed,
            "take_over": not self.mine and not self._is_closed,
        }
        return allowed.get(action, True)

    def action_why(self) -> None:
        """Show the reasons, or put them away."""
        self._with_why = not self._with_why
        self.show(self.call, self.notice)

    def action_read_on(self, pages: int) -> None:
        """Scroll both texts."""
        script = self.query_one(ScriptView)
        (script.scroll_page_down if pages > 0 else script.scroll_page_up)(animate=False)

    def action_path(self) -> None:
        """The way so far."""
        self.pages.path()

    def action_evidence(self) -> None:
        """Take in a code or a file."""
        self.pages.evidence()

    def action_note(self) -> None:
        """Write a note."""
        self.pages.note()

    def action_label(self) -> None:
        """Call the caller something else."""
        self.pages.label()

    def action_ticket(self) -> None:
        """The ticket."""
        self.pages.ticket()

    def action_hand_over(self) -> None:
        """Give the call to another agent."""
        self.pages.hand_over()

    def action_take_over(self) -> None:
        """Take the call over."""
        self.do(lambda call: moves.taken_over(self.desk.agent), done="You have the call now.")

    def action_close(self) -> None:
        """End the call."""
        self.pages.close()

    def action_reopen(self) -> None:
        """Go on with a closed call."""
        self.do(lambda call: (*moves.reopened(), *moves.taken_over(self.desk.agent)))

    def action_keys(self) -> None:
        """Every key."""
        self.pages.keys()

    def action_leave(self) -> None:
        """Back to the table, but not before it is known whether what was done is kept."""
        if self.is_keeping:
            toast(self.app, "One moment: what you did is still being kept.", severity="warning")
        else:
            self.dismiss(None)

    @property
    def at_end(self) -> bool:
        """True where the flow has ended."""
        return isinstance(self.call.wanted, Finish)
