"""The wizard's course: the first screen, the walk through a flow step by step, the end.

This half of the screen shows what the walk wants, and says what a choice means at each moment.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Input, OptionList

from tshoot.guide.effects import CANNOT
from tshoot.guide.following import Tick
from tshoot.guide.model import Chosen, Event, Finish, Measure, Prompt, Watch
from tshoot.probes.blocking import in_daemon_thread
from tshoot.tui import cards
from tshoot.tui.cards import Card
from tshoot.tui.keys import ADDRESS
from tshoot.tui.left import BACK
from tshoot.tui.opener import Pages
from tshoot.tui.screens.panes import PanesScreen
from tshoot.tui.waiting import CHECKING
from tshoot.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from tshoot.guide.state import State
    from tshoot.probes.model import ProbeResult
    from tshoot.target import Target
    from tshoot.tui.key import Key
    from tshoot.tui.session import Session

_STAY, _LEAVE = "stay", "leave"
_KEPT = "Your answers here are kept. You can go back to them where the other help ends."
_LEFT_BEHIND = "Your answers here are left behind. To keep a report of these steps, stay and save it first."
OnChoice = Callable[[str], None]
"""What is done with the id of a choice."""


class WalkingScreen(PanesScreen):
    """Shows one moment after the other. ``home`` begins with the verdict and the choice of what to do."""

    def __init__(self, session: Session, home: bool = False) -> None:
        super().__init__(session)
        # Without a measurement there is no verdict to begin with.
        self.has_home = self.at_home = home and session.measured
        self.pages = Pages(self)
        self.prompt: Prompt | None = None
        self._on_choice: OnChoice | None = None
        self._shows_verdict = False

    def on_mount(self) -> None:
        """Paint first, then walk; the measuring may have begun."""
        self.session.screen = self
        self.draw_ladder()
        if self.session.running:
            self.draw_progress()
        self.step.show_why(self.is_wide)
        self.step.show(cards.waiting_card(CHECKING))
        self.call_after_refresh(self.open)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A choice by enter, mouse or digit. Each moment takes one choice only."""
        on_choice, self._on_choice = self._on_choice, None
        if on_choice is not None and event.option.id is not None:
            on_choice(event.option.id)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An address that was typed or pasted; only its judgement goes on."""
        from tshoot.guide.judging import judged

        prompt = self.prompt
        if prompt is not None and prompt.kind == "address" and event.value.strip():
            self.prompt = None
            self.send(judged(prompt, event.value))

    def works_here(self, key: Key) -> bool:
        """Whether a key does something at this moment."""
        if key in ADDRESS:
            return self.step.card.types
        if key.id in {"choose", "move"}:
            return bool(self.step.card.choices)
        name = key.action.partition("(")[0]
        return "." in name or self.check_action(name, ()) is not False

    def present(self, card: Card, on_choice: OnChoice | None = None, prompt: Prompt | None = None) -> None:
        """Show a card in the step pane; ``on_choice`` takes the choice, ``prompt`` is what waits for it."""
        self.prompt, self._on_choice, self._shows_verdict = prompt, on_choice, False
        note = self.session.notes.at(prompt.flow, prompt.step) if prompt is not None else ""
        self.step.show(card.noted(note))
        self.call_after_refresh(self.refresh_bindings)

    # -- going on with an earlier session -------------------------------------------------------------

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def open(self) -> None:
        """Go on with the session that was named, or offer those that can go on; else start."""
        await self._told(self._open())

    async def _open(self) -> None:
        from tshoot.tui import going_on

        if self.session.going.session:
            await self._go_on(self.session.going.session)
            return
        self.session.start_measuring()
        offers = await going_on.offers(self.session)
        if not offers:
            self.start()
            return
        self.name_step("Where you stopped")
        names = tuple(offer.session for offer in offers)
        self.present(going_on.offer_card(offers), partial(self._offered, names))

    def _offered(self, names: tuple[str, ...], choice: str) -> None:
        if choice in names:
            self.go_on(choice)
        else:
            self.run_worker(self.session.load_keeper().set_aside(names), exit_on_error=False)
            self.start()

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def go_on(self, name: str) -> None:
        """Walk on where the session of that name stands."""
        await self._told(self._go_on(name))

    async def _go_on(self, name: str) -> None:
        from tshoot.session.errors import SessionError
        from tshoot.tui import going_on

        self.at_home = False
        left = self.session.left
        if left is not None and left.session == name:
            self.session.left = None
        self.present(cards.waiting_card("Going on"))
        try:
            title = await going_on.resume(self.session, name)
        except SessionError as error:
            self.present(going_on.refused_card(str(error)), lambda _: self.start())
            return
        self.query_one(TopBar).relabel(self.session.label)
        self.name_step(title)
        await self._walk_on()

    # -- the first screen ---------------------------------------------------------------------------

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def go_home(self) -> None:
        """Show the first screen, measure, and say the verdict once it is known."""
        await self._told(self._home())

    async def _home(self) -> None:
        from tshoot.tui.home import FLOW

        self.at_home, session = True, self.session
        session.walk = None
        session.turn_to(FLOW)
        self.draw_path(())
        self.name_step("Where to start")
        self.present(session.home_card(), self._home_chosen)
        session.start_measuring()
        await in_daemon_thread(session.load_flows)
        await session.checked()
        self.step.change(session.home_card(checked=True))
        self._shows_verdict = True
        self.draw_ladder()

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result; one that was measured ahead may end after the verdict, and change it."""
        super().finished(result)
        if self._shows_verdict:
            self.step.change(self.session.home_card(checked=True))

    def _home_chosen(self, choice: str) -> None:
        from tshoot.tui import home

        if choice == home.GO_ON:
            self.begin()
            return
        if choice == BACK:
            self.go_back()
            return
        # The first screen stays under the page that opens.
        self._on_choice = self._home_chosen
        pages = {
            home.FIND: self.pages.find,
            home.SERVICE: self.pages.service,
            home.REPORT: self.pages.report,
        }
        pages[choice]()

    def aim(self, target: Target) -> None:
        """Measure this target anew, and start from the first screen, or the flow's first step."""
        self._leave_for(partial(self._aim, target))

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def _aim(self, target: Target) -> None:
        await self.session.aim(target)
        self.query_one(TopBar).relabel(self.session.label)
        self.draw_ladder()
        self.start()

    def start(self) -> None:
        """Begin at the first screen, or at the flow's first step where there is no first screen."""
        if self.has_home:
            self.go_home()
        else:
            self.begin()

    def turn_to(self, flow: str) -> None:
        """Walk this flow instead."""

        def turn() -> None:
            self.session.turn_to(flow)
            self.begin()

        self._leave_for(turn)

    def go_back(self) -> None:
        """Walk on where the help stands that was left for this one."""
        left = self.session.left
        if left is not None:
            self._leave_for(partial(self.go_on, left.session))

    def _leave_for(self, other: Callable[[], object]) -> None:
        """Do what leaves this walk behind; ask first where it holds answers and has not ended."""
        from tshoot.tui.screens.choosing import ChoosingScreen

        state = self.session.state
        if state is None or isinstance(state.pending, Finish) or not state.prompts():
            other()
            return

        left = self.session.leaving()

        def answered(choice: str | None) -> None:
            if choice == _LEAVE:
                self.session.left = left
                other()

        choices = ((_STAY, "Stay here"), (_LEAVE, "Leave it, and start the other"))
        about = _LEFT_BEHIND if left is None else _KEPT
        self.app.push_screen(ChoosingScreen("Leave this help?", choices, about), answered)

    # -- the walk -----------------------------------------------------------------------------------

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def begin(self) -> None:
        """Walk the flow from its start."""
        await self._told(self._begin())

    async def _begin(self) -> None:
        self.at_home = False
        self.session.start_measuring()
        _, title = await in_daemon_thread(self.session.load)
        self.name_step(title)
        await self._walk_on()

    async def _walk_on(self) -> None:
        assert self.session.walk is not None
        await self.session.walk.run(self)

    async def _told(self, course: Coroutine[None, None, None]) -> None:
        """Follow a course; what goes wrong in the program itself is told in its place on the screen."""
        try:
            await course
        except Exception as error:
            self.app.log.error(error)
            self.app.call_later(self._failed, error)

    def _failed(self, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}\n\nPress q to close."
        self.present(cards.waiting_card("Something in this program went wrong", text))

    def arrived(self, state: State) -> None:
        """Draw the path and look ahead."""
        self.session.look_ahead(state)
        self.draw_path(self.session.path(state))
        self.name_step(self.session.flow_title(state), self.session.progress(state))

    def show_prompt(self, prompt: Prompt, notice: str) -> None:
        """A step that waits for the person; one that can lose something is guarded by a word."""
        if prompt.risk == "destructive":
            card = cards.guard_card(prompt, notice)
            self.present(card, partial(self._guarded, prompt, notice), prompt)
        else:
            self.present(cards.prompt_card(prompt, notice), partial(self._answer, prompt), prompt)

    def show_measuring(self, measure: Measure, notice: str) -> None:
        """A step that measures. Keeps the screen still where the answer comes at once."""
        self.present(cards.busy_card(measure, notice))

    def show_watch(self, watch: Watch, notice: str) -> None:
        """A step that follows a probe, and can be ended by hand."""
        self.session.only_watching()
        self.draw_progress()
        spec = self.session.specs.get(watch.probe or "")
        card = cards.watch_card(watch, spec.title if spec else "", notice)
        leave = watch.leave
        self.present(card, partial(self._answer, leave) if leave is not None else None, leave)

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """One more measurement of what is followed."""
        if tick.state == "gone":
            self.session.gone()
            self.draw_ladder()
        self.step.show_tick(tick)

    def show_finish(self, finish: Finish, notice: str) -> None:
        """The end."""
        from tshoot.tui.ending import ending_card

        self.present(ending_card(self.session, finish, notice), self._end_chosen)
        self._tell_code()

    @work(exclusive=True, group="code", exit_on_error=False)
    async def _tell_code(self) -> None:
        """Put the code for support on the card of the end, once it is made."""
        from tshoot.tui.ending import with_code
        from tshoot.tui.written import so_far

        card = self.step.card
        code = await in_daemon_thread(so_far(self.session).code)
        if code and self.step.card is card:
            self.step.change(with_code(card, code))

    def leave(self) -> None:
        """Close; the session stands at the step it was left at."""
        self.run_worker(self.app.action_quit())

    def send(self, event: Event) -> None:
        """Hand the walk what the person did; nothing where no walk is under way."""
        if self.session.walk is not None:
            self.session.walk.send(event)

    def _answer(self, prompt: Prompt, choice: str) -> None:
        self.send(Chosen(prompt.step, choice))

    def _guarded(self, prompt: Prompt, notice: str, choice: str) -> None:
        if choice == cards.LEAVE_OUT:
            self.send(Chosen(prompt.step, CANNOT))
        elif choice == cards.SHOW_HOW:
            self._confirm(prompt, notice)
        else:
            self.present(cards.paper_card(prompt), lambda _: self.show_prompt(prompt, notice), prompt)

    def _confirm(self, prompt: Prompt, notice: str) -> None:
        from tshoot.tui.screens.confirm import ConfirmScreen

        def confirmed(agreed: bool | None) -> None:
            if agreed:
                self.present(cards.prompt_card(prompt, notice), partial(self._answer, prompt), prompt)
            else:
                self.show_prompt(prompt, notice)

        self.app.push_screen(ConfirmScreen(prompt.title, prompt.loses), confirmed)

    def _end_chosen(self, choice: str) -> None:
        if choice == cards.CLOSE:
            self.leave()
        elif choice == cards.ANEW:
            self.aim(self.session.target)
        elif choice == BACK:
            self.go_back()
        else:
            self._on_choice = self._end_chosen
            self.pages.find()
