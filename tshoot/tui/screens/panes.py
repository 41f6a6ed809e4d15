"""The wizard's panes: ladder and path on the left, the step on the right, keys below; folded when narrow.

This half of the screen shows what the probes say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from tshoot.probes.model import ProbeResult, ProbeSpec
from tshoot.tui.safe import plain
from tshoot.tui.session import ASKED
from tshoot.tui.waiting import BREAKPOINTS, NARROW, WIDE, width_class
from tshoot.tui.widgets.banner import Banner
from tshoot.tui.widgets.keybar import KeyBar
from tshoot.tui.widgets.ladder import LadderView
from tshoot.tui.widgets.path import PathView
from tshoot.tui.widgets.step import StepView
from tshoot.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from tshoot.guide.path_lines import PathLine
    from tshoot.tui.session import Session

TALL = 30
"""From so many rows on the choices stand right below the text, not at the bottom."""


class PanesScreen(Screen[None]):
    """The panes over one session, and the listener of its probes."""

    DEFAULT_CSS = """
    PanesScreen #left { width: 34; }
    PanesScreen #ladder-box { height: auto; border: round $primary; padding: 0 1; }
    PanesScreen #path-box { height: 1fr; border: round $primary; padding: 0 1; }
    PanesScreen #step-box { width: 1fr; border: round $primary; border-subtitle-color: $text-muted; }
    PanesScreen.-narrow #panes { layout: vertical; }
    PanesScreen.-narrow #left { width: 1fr; height: auto; max-height: 9; }
    PanesScreen.-narrow #path-box { display: none; }
    PanesScreen.-narrow StepView { padding: 0 1; }
    PanesScreen.-narrow ChoiceList { margin: 0; }
    PanesScreen.-wide #left { width: 46; }
    PanesScreen.-tall #text { height: auto; }
    PanesScreen #path-box.empty { display: none; }
    """
    # Textual declares it on the instance, so it cannot be a ClassVar.
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Top line, two panes, keys, folded at once: Textual would do it after the first paint only."""
        self.set_class(True, width_class(self.app.size.width))
        yield TopBar(self.session.label)
        if self.session.banner:
            yield Banner(self.session.banner)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                with Vertical(id="ladder-box") as box:
                    box.border_title = "What we know"
                    yield LadderView()
                with Vertical(id="path-box", classes="empty") as box:
                    box.border_title = "So far"
                    yield PathView()
            with Vertical(id="step-box"):
                yield StepView()
        yield KeyBar()

    def on_resize(self) -> None:
        """Fold or unfold the ladder."""
        self.draw_ladder()

    @property
    def step(self) -> StepView:
        """The pane with the step."""
        return self.query_one(StepView)

    @property
    def is_wide(self) -> bool:
        """True where there is room for everything."""
        return self.size.width >= WIDE

    def name_step(self, title: str, progress: str = "") -> None:
        """Write the flow's title and the progress on the step's frame."""
        box = self.query_one("#step-box")
        box.border_title = plain(title)
        box.border_subtitle = plain(progress)

    def draw_path(self, entries: Sequence[PathLine]) -> None:
        """List the steps taken; the pane is away while there are none."""
        self.query_one("#path-box").set_class(not entries, "empty")
        self.query_one(PathView).show(entries)

    def started(self, spec: ProbeSpec) -> None:
        """A probe runs."""
        self.draw_progress()

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result."""
        self.draw_progress()
        self.draw_ladder()

    def draw_progress(self) -> None:
        """Say how far the measuring has come."""
        session = self.session
        total = sum(spec.battery for spec in session.specs.values())
        done = min(len(session.results), total - len(session.running))
        self.query_one(TopBar).progress(done, total)

    def draw_ladder(self) -> None:
        """Draw what is known by now."""
        if not self.session.measured:
            self.query_one(LadderView).show_words(ASKED)
            return
        compact, running = self.size.width < NARROW, self.session.measuring
        self.query_one(LadderView).show(self.session.ladder, running=running, compact=compact)
