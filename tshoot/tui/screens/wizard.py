"""The wizard's one screen: what we know on the left, the step on the right, updated in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList

from tshoot.guide.following import Tick
from tshoot.guide.model import Chosen, Event, Finish, Measure, Prompt, Watch, WentBack
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.model import ProbeResult, ProbeSpec
from tshoot.tui.pages import evidence_page, keys_page
from tshoot.tui.safe import plain
from tshoot.tui.screens.finding import FindingScreen
from tshoot.tui.screens.reading import ReadingScreen
from tshoot.tui.session import ASKED
from tshoot.tui.widgets.ladder import LadderView
from tshoot.tui.widgets.path import PathView
from tshoot.tui.widgets.step import StepView
from tshoot.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from tshoot.guide.state import State
    from tshoot.tui.session import Session


_NARROW = 72
"""Below this many columns the panes stand above each other."""


class WizardScreen(Screen[None]):
    """Walks one flow. Every key is declared here; footer and help derive from it."""

    DEFAULT_CSS = """
    WizardScreen #left { width: 33; }
    WizardScreen #ladder-box { height: auto; border: round $primary; padding: 0 1; }
    WizardScreen #path-box { height: 1fr; border: round $primary; padding: 0 1; }
    WizardScreen #step-box { width: 1fr; border: round $primary; }
    WizardScreen.-narrow #panes { layout: vertical; }
    WizardScreen.-narrow #left { width: 1fr; height: auto; max-height: 9; }
    WizardScreen.-narrow #path-box { display: none; }
    WizardScreen.-narrow StepView { padding: 0 1; }
    WizardScreen.-wide #left { width: 46; }
    """
    # Textual declares it on the instance, so it cannot be a ClassVar.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_NARROW, "-normal"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)),
        Binding("space,pagedown", "read_on(1)", "Read on", key_display="space", priority=True),
        Binding("pageup", "read_on(-1)", show=False, priority=True),
        Binding("b", "back", "Back"),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("e", "evidence", "Evidence"),
        Binding("r", "report", "Report"),
        Binding("question_mark", "keys", "Keys", key_display="?"),
        Binding("q", "app.quit", "Close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._prompt: Prompt | None = None

    def compose(self) -> ComposeResult:
        """Top line, two panes, keys."""
        yield TopBar(self._session.label)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                with Vertical(id="ladder-box") as box:
                    box.border_title = "What we know"
                    yield LadderView()
                with Vertical(id="path-box") as box:
                    box.border_title = "So far"
                    yield PathView()
            with Vertical(id="step-box"):
                yield StepView()
        yield Footer(show_command_palette=False)

    def on_resize(self) -> None:
        """Fold or unfold the ladder."""
        self._draw_ladder()

    def on_mount(self) -> None:
        """Paint first; then start to measure and to walk, before the first key press."""
        self._draw_ladder()
        self.query_one(StepView).show_busy("Checking", "One moment. You don't have to do anything.")
        self.call_after_refresh(self._begin)

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def _begin(self) -> None:
        try:
            self._session.evidence.start()
            walk, title = await in_daemon_thread(self._session.load)
            # A title is markup in Textual, and nothing that was read may be.
            self.query_one("#step-box").border_title = title.replace("[", "(").replace("]", ")")
            await walk.run(self)
        except Exception as error:
            self.app.call_later(self._failed, error)
            raise

    def _failed(self, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"
        self.query_one(StepView).show_busy(
            "Something in this program went wrong", f"{text}\n\nPress q to close."
        )

    # -- what the walk shows ----------------------------------------------------------------------

    def show_prompt(self, prompt: Prompt, notice: str) -> None:
        """A step that waits for the person."""
        self._prompt = prompt
        self.query_one(StepView).show_prompt(prompt, notice)
        self.call_after_refresh(self.refresh_bindings)

    def show_measuring(self, measure: Measure, notice: str) -> None:
        """A step that measures. Keeps the screen still where the answer comes at once."""
        self._prompt = None
        title = "Checking again" if measure.purpose == "verify" else "Checking"
        body = measure.say or "One moment. You don't have to do anything."
        self.query_one(StepView).show_busy(title, body, notice)

    def show_watch(self, watch: Watch, notice: str) -> None:
        """A step that follows a probe, and can be ended by hand."""
        self._prompt = watch.leave
        self._session.only_watching()
        self._draw_progress()
        spec = self._session.specs.get(watch.probe or "")
        self.query_one(StepView).show_watch(watch, spec.title if spec else "", notice)
        self.call_after_refresh(self.refresh_bindings)

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """One more measurement of what is followed."""
        self.query_one(StepView).show_tick(tick)

    def leave(self) -> None:
        """Close; the session stands at the step it was left at."""
        self.run_worker(self.app.action_quit())

    def show_finish(self, finish: Finish, notice: str) -> None:
        """The end."""
        self._prompt = None
        self.query_one(StepView).show_finish(finish, notice)
        self.call_after_refresh(self.refresh_bindings)

    def arrived(self, state: State) -> None:
        """Draw the path and look ahead."""
        self._session.look_ahead(state)
        self.query_one(PathView).show(self._session.path(state))

    # -- what the probes say ----------------------------------------------------------------------

    def started(self, spec: ProbeSpec) -> None:
        """A probe runs."""
        self._draw_progress()

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result."""
        self._draw_progress()
        self._draw_ladder()

    def _draw_progress(self) -> None:
        total = sum(spec.battery for spec in self._session.specs.values())
        done = min(len(self._session.results), total - len(self._session.running))
        self.query_one(TopBar).progress(done, total)

    def _draw_ladder(self) -> None:
        if not self._session.measured:
            self.query_one(LadderView).show_words(ASKED)
            return
        compact = self.size.width < _NARROW
        running = self._session.measuring
        self.query_one(LadderView).show(self._session.ladder, running=running, compact=compact)

    # -- keys ---------------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self.query_one(StepView).choose(number)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A choice by enter, mouse or digit."""
        if self._prompt is not None and event.option.id is not None:
            prompt, self._prompt = self._prompt, None
            self._send(Chosen(prompt.step, event.option.id))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An address that was typed or pasted; only its judgement goes on."""
        from tshoot.guide.judging import judged

        prompt = self._prompt
        if prompt is not None and prompt.kind == "address" and event.value.strip():
            self._prompt = None
            self._send(judged(prompt, event.value))

    def action_read_on(self, pages: int) -> None:
        """Scroll the step's text."""
        self.query_one(StepView).read_on(pages)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to read on only where there is more; keys of this screen are off below a page."""
        if action == "read_on":
            return self.is_current and self.query_one(StepView).query_one("#text").max_scroll_y > 0
        if action == "find":  # where an address is typed, a slash is part of it
            return not isinstance(self.focused, Input)
        return True

    def action_back(self) -> None:
        """One step back, to change an answer."""
        self._send(WentBack())

    def _send(self, event: Event) -> None:
        if self._session.walk is not None:
            self._session.walk.send(event)

    def action_find(self) -> None:
        """Look for a flow by the person's own words."""
        self.app.push_screen(FindingScreen(self._session.find), self._turn_to)

    def _turn_to(self, flow: str | None) -> None:
        if flow is not None:
            self._session.turn_to(flow)
            self._begin()

    def action_evidence(self) -> None:
        """What was measured."""
        session = self._session
        if not session.measured:
            self._read("Evidence", plain(ASKED))
            return
        page = evidence_page(session.diagnosis, session.results, session.specs, session.explanation)
        self._read("Evidence", page)

    def action_report(self) -> None:
        """The report as text."""
        self._read("Report", plain(self._session.report_text()))

    def action_keys(self) -> None:
        """Every key."""
        self._read("Keys", keys_page())

    def _read(self, title: str, page: Content) -> None:
        self.app.push_screen(ReadingScreen(title, page))
