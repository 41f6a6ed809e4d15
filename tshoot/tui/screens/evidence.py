"""What was measured, live: the conclusion with its reasons, then every probe with its figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tshoot.tui.pages import conclusion, probe_evidence
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import ScrolledPage
from tshoot.tui.widgets.fitted import Fitted, hanging
from tshoot.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tshoot.tui.session import Session

_OFTEN = 0.2
"""Seconds between two looks at what is new, while something is measured: the page stays readable."""


class EvidenceScreen(ScrolledPage):
    """Grows while probes report. Begins at ``probe`` where one is named."""

    DEFAULT_CSS = """
    EvidenceScreen > VerticalScroll { max-width: 110; height: 88%; }
    EvidenceScreen Fitted { height: auto; margin-bottom: 1; }
    EvidenceScreen .asked { border-left: thick $accent; padding-left: 1; }
    """

    def __init__(self, session: Session, probe: str | None = None) -> None:
        super().__init__()
        self._session, self._probe = session, probe
        self._seen: dict[str, object] = {}
        self._follows = probe is not None

    def compose(self) -> ComposeResult:
        """The conclusion, then a part for each probe."""
        with VerticalScroll() as frame:
            frame.border_title = "Evidence"
            yield Fitted(self._conclusion, id="conclusion")
            for name in self._names():
                made = partial(self._evidence, name)
                yield Fitted(made, id=f"probe-{name}", classes="asked" if name == self._probe else "")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw what there is, then look for more."""
        self._look()
        self.set_interval(_OFTEN, self._look)
        self.watch(self.query_one(VerticalScroll), "virtual_size", self._grown)

    def on_mouse_scroll_up(self) -> None:
        """From now on the person looks where they want."""
        self._follows = False

    def on_mouse_scroll_down(self) -> None:
        """From now on the person looks where they want."""
        self._follows = False

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self._follows = False
        super().action_scroll(amount)

    def action_page(self, amount: int) -> None:
        """Move by a screen."""
        self._follows = False
        super().action_page(amount)

    def _names(self) -> list[str]:
        """The battery in its own order, and whatever else was measured."""
        specs = self._session.specs
        return [name for name, spec in specs.items() if spec.battery or name in self._session.results]

    def _grown(self) -> None:
        """What grows above the probe that was asked for does not push it out of sight."""
        if self._follows:
            self.call_after_refresh(self._show_asked)

    def _show_asked(self) -> None:
        for part in self.query(".asked"):
            part.scroll_visible(animate=False, top=True)

    def _look(self) -> None:
        """Draw what has changed since the last look."""
        session, changed = self._session, False
        for name in self._names():
            result, running = session.results.get(name), name in session.running
            if self._seen.get(name) != (result, running):
                self._seen[name] = (result, running)
                changed = True
                for part in self.query(f"#probe-{name}").results(Fitted):
                    part.change(partial(self._evidence, name))
        if changed:
            self.query_one("#conclusion", Fitted).change(self._conclusion)

    def _evidence(self, name: str, width: int) -> Content:
        session = self._session
        parts = probe_evidence(session.specs[name], session.results.get(name), name in session.running)
        return hanging(parts, width)

    def _conclusion(self, width: int) -> Content:
        session = self._session
        if not session.results:
            return plain("Nothing has been measured yet.")
        return hanging(conclusion(session.diagnosis, session.explanation), width)
