"""The first thing on the screen: the frame of the wizard, every rung being checked.

It is painted before the flows, the rules and the wizard's own screen are loaded, so it imports nothing that
an empty program would not. The wizard's screen then takes its place, drawn at the same spots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from tshoot.diagnosis.model import RUNGS, Rung
from tshoot.tui.safe import plain
from tshoot.tui.session import ASKED
from tshoot.tui.waiting import BREAKPOINTS, CHECKING, NARROW, NOTHING_TO_DO, width_class
from tshoot.tui.widgets.ladder import LadderView
from tshoot.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from textual import events


class OpeningScreen(Screen[None]):
    """The top line, the ladder and what is going on.

    ``label`` is what is checked, where that is known; ``measured`` tells whether anything is; ``banner`` what
    every screen has to say.
    """

    DEFAULT_CSS = """
    OpeningScreen { layout: horizontal; overflow: hidden; }
    OpeningScreen LadderView { width: 34; border: round $primary; padding: 0 1; }
    OpeningScreen #step { width: 1fr; height: 1fr; margin: 0 0 1 0; padding: 1 2; border: round $primary; }
    OpeningScreen.-narrow { layout: vertical; }
    OpeningScreen.-narrow LadderView { width: 1fr; }
    OpeningScreen.-narrow #step { padding: 0 1; }
    OpeningScreen.-wide LadderView { width: 46; }
    """
    # Textual declares it on the instance, so it cannot be a ClassVar.
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "Close", id="close")]

    def __init__(self, label: str, measured: bool = True, banner: str = "") -> None:
        super().__init__()
        self._measured, self._banner = measured, banner
        self._label, self._folded = label, False

    def compose(self) -> ComposeResult:
        """As few widgets as carry it, whole at once: Textual would fold them only after the first paint."""
        self.set_class(True, width_class(self.app.size.width))
        yield TopBar(self._label)
        if self._banner:
            from tshoot.tui.widgets.banner import Banner

            yield Banner(self._banner)
        ladder = LadderView()
        ladder.border_title = "What we know"
        self._show_unknown(ladder, self.app.size.width)
        yield ladder
        yield Static(plain(CHECKING, "bold") + plain(f"\n\n{NOTHING_TO_DO}"), id="step")

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the ladder where the terminal has become another."""
        if (event.size.width < NARROW) != self._folded:
            self._show_unknown(self.query_one(LadderView), event.size.width)

    def _show_unknown(self, ladder: LadderView, width: int) -> None:
        self._folded = width < NARROW
        if not self._measured:
            ladder.show_words(ASKED)
            return
        unknown = [(Rung(name, "unknown", ""), "") for name in RUNGS]
        ladder.show(unknown, running=True, compact=self._folded)

    def show_failure(self, error: Exception) -> None:
        """Say that it goes no further."""
        text = f"Something in this program went wrong\n\n{type(error).__name__}: {error}\n\nPress q to close."
        self.query_one("#step", Static).update(plain(text))
