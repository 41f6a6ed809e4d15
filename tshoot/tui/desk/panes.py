"""A call's panes: what is known and the way so far on the left, both texts and the choices on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from tshoot.desk.call import Call
from tshoot.desk.way import way_lines
from tshoot.diagnosis.brief import brief
from tshoot.guide.path_lines import PathLine
from tshoot.tui.desk.bar import DeskBar
from tshoot.tui.desk.script import ScriptView
from tshoot.tui.desk.texts import for_the_agent, known_head, to_the_caller
from tshoot.tui.safe import plain
from tshoot.tui.widgets.address import AddressInput
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.keybar import KeyBar
from tshoot.tui.widgets.ladder import LadderView
from tshoot.tui.widgets.path import PathView

NARROW, WIDE = 60, 100
"""Below ``NARROW`` columns everything stands below each other; from ``WIDE`` on what is known has a pane of
its own, and the reasons are shown too.
"""


class CallPanes(Screen[None]):
    """Draws a call. What the keys do is for the screen over it."""

    DEFAULT_CSS = """
    CallPanes #panes { layout: vertical; }
    CallPanes #left { width: 1fr; height: auto; }
    CallPanes #known-box { height: auto; max-height: 3; padding: 0 1; }
    CallPanes #known { height: auto; }
    CallPanes #path-box { display: none; }
    CallPanes #step-box {
        width: 1fr; height: 1fr; border: round $primary; border-subtitle-color: $text-muted;
    }
    CallPanes ChoiceList, CallPanes ChoiceList:focus { scrollbar-gutter: auto; }
    CallPanes.-narrow #sides { layout: vertical; }
    CallPanes.-narrow #agent { border-left: none; }
    CallPanes.-wide #panes { layout: horizontal; }
    CallPanes.-wide #left { width: 42; height: 1fr; }
    CallPanes.-wide #known-box { max-height: 60%; border: round $primary; }
    CallPanes.-wide #path-box { display: block; height: 1fr; border: round $primary; padding: 0 1; }
    """
    # Textual declares it on the instance, so it cannot be a ClassVar.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-normal"), (WIDE, "-wide")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Top line, panes, keys."""
        yield DeskBar()
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                with Vertical(id="known-box") as box:
                    box.border_title = "The caller's network"
                    yield Static(id="known")
                    yield LadderView()
                with Vertical(id="path-box") as box:
                    box.border_title = "So far"
                    yield PathView()
            with Vertical(id="step-box"):
                yield ScriptView()
                yield AddressInput(id="typed")
                yield ChoiceList(classes="empty")
        yield KeyBar()

    @property
    def is_wide(self) -> bool:
        """True where there is room for everything."""
        return self.size.width >= WIDE

    def draw_texts(self, call: Call, notice: str, *, with_why: bool, guarded: bool) -> None:
        """Both texts; ``guarded``: without how it is done."""
        self.query_one(ScriptView).show(to_the_caller(call, guarded), for_the_agent(call, with_why), notice)

    def draw_known(self, call: Call) -> None:
        """What the newest evidence says, rung by rung, and the way so far."""
        self.query_one("#known", Static).update(known_head(call, not self.is_wide))
        ladder = self.query_one(LadderView)
        ladder.display = bool(call.pieces)
        if call.pieces:
            piece = call.pieces[-1]
            rungs = [(rung, brief(rung, piece.record.probes)) for rung in piece.diagnosis.ladder]
            ladder.show(rungs, running=False, compact=not self.is_wide)
        self.query_one(PathView).show(path_of(call))

    def name_step(self, call: Call) -> None:
        """The flow's title and the number of the step on the frame."""
        box, row = self.query_one("#step-box"), call.record.row
        box.border_title = plain(row.topic)
        box.border_subtitle = plain(f"step {len(call.state.prompts()) + 1}")


def path_of(call: Call) -> tuple[PathLine, ...]:
    """The way so far for the list that goes back to an answer."""
    return tuple(way_lines(call))
