"""Opens the pages that lie over the wizard, and brings back what the person chose there.

Every page is imported when it is first opened, or by :func:`preload` once the wizard stands: none of them is
needed for the first paint, and a key should not wait for an import.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from tshoot.guide.model import WentBack
from tshoot.tui.keys import EVERY

if TYPE_CHECKING:
    from tshoot.target import Target
    from tshoot.tui.app import TshootApp
    from tshoot.tui.screens.walking import WalkingScreen


PAGES = (
    "choosing",
    "confirm",
    "evidence",
    "finding",
    "noting",
    "palette",
    "path",
    "reading",
    "report",
    "service",
)
"""The modules of the pages."""


def preload() -> None:
    """Import every page and what it shows. Takes its time: off the loop."""
    for name in PAGES:
        import_module(f"tshoot.tui.screens.{name}")
    for name in (
        "diagnosis.explain",
        "evidence.telling",
        "report.as_text",
        "flow.search",
        "diagnosis.catalog",
    ):
        import_module(f"tshoot.{name}")


class Pages:
    """The pages over one wizard screen."""

    def __init__(self, screen: WalkingScreen) -> None:
        self._screen = screen

    def find(self) -> None:
        """Look for help by the person's own words."""
        from tshoot.tui.screens.finding import FindingScreen

        screen = self._screen

        def found(flow: str | None) -> None:
            if flow is not None:
                screen.turn_to(flow)

        screen.app.push_screen(FindingScreen(screen.session.find), found)

    def service(self) -> None:
        """Choose what is checked."""
        from tshoot.tui.screens.service import ServiceScreen

        screen = self._screen

        def chosen(target: Target | None) -> None:
            if target is not None:
                screen.aim(target)

        screen.app.push_screen(ServiceScreen(screen.session.target), chosen)

    def evidence(self, probe: str | None = None) -> None:
        """What was measured; begins at ``probe`` where it is named."""
        from tshoot.tui.screens.evidence import EvidenceScreen

        session = self._screen.session
        if session.measured:
            self._screen.app.push_screen(EvidenceScreen(session, probe))
        else:
            self._read_report("Evidence")

    def report(self) -> None:
        """The check, the path and the notes: to read, save and copy."""
        self._screen.run_worker(self._report(), group="report", exclusive=True, exit_on_error=False)

    async def _report(self) -> None:
        from tshoot.guide.so_far import unusable
        from tshoot.probes.blocking import in_daemon_thread
        from tshoot.tui.screens.report import ReportScreen
        from tshoot.tui.toast import toast
        from tshoot.tui.written import so_far
        from tshoot.yamldoc import DocumentError

        screen, app = self._screen, cast("TshootApp", self._screen.app)
        made = partial(so_far(screen.session).preview, app.folders)
        try:
            report = await in_daemon_thread(made)
        except (DocumentError, OSError) as error:
            key = EVERY["report"].display_first(app.keymap)
            toast(app, f"{unusable(error)} Correct that file, then press {key} again.", severity="error")
            return
        if report is None:
            self._read_report("Report")
        elif screen.is_current:  # Else another page was opened meanwhile.
            app.push_screen(ReportScreen(report))

    def code(self) -> None:
        """The code for support, as it is read out."""
        self._screen.run_worker(self._code(), group="code-page", exclusive=True, exit_on_error=False)

    async def _code(self) -> None:
        from tshoot.probes.blocking import in_daemon_thread
        from tshoot.tui.pages import code_page
        from tshoot.tui.screens.reading import ReadingScreen
        from tshoot.tui.written import so_far

        screen, measuring = self._screen, self._screen.session.measuring
        code = "" if measuring else await in_daemon_thread(so_far(screen.session).code)
        if screen.is_current:
            made = partial(code_page, code, measuring)
            screen.app.push_screen(ReadingScreen("Code for support", made))

    def _read_report(self, title: str) -> None:
        from tshoot.tui.safe import plain
        from tshoot.tui.screens.reading import ReadingScreen

        made = self._screen.session.report_text
        self._screen.app.push_screen(ReadingScreen(title, lambda width: plain(made(width))))

    def path(self) -> None:
        """The way so far; goes back to what is chosen there."""
        from tshoot.tui.screens.path import PathScreen

        screen = self._screen
        state = screen.session.state

        def chosen(position: int | None) -> None:
            if position is not None:
                screen.send(WentBack(position))

        if state is not None:
            screen.app.push_screen(PathScreen(screen.session.path(state)), chosen)

    def note(self) -> None:
        """Write or change the note at this step."""
        from tshoot.guide.notes import LONGEST, Note
        from tshoot.tui.screens.noting import NotingScreen

        screen = self._screen
        prompt = screen.prompt
        if prompt is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                about = prompt.title or prompt.body
                screen.session.notes.write(Note(prompt.flow, prompt.step, text, about))
                screen.step.show_note(screen.session.notes.at(prompt.flow, prompt.step))

        before = screen.session.notes.at(prompt.flow, prompt.step)
        screen.app.push_screen(NotingScreen(prompt.title, before, LONGEST), written)

    def keys(self) -> None:
        """Every key; those that do nothing on this screen stand apart."""
        from tshoot.tui.keys import TOLD
        from tshoot.tui.pages import keys_page
        from tshoot.tui.screens.reading import ReadingScreen

        screen = self._screen
        app = cast("TshootApp", screen.app)
        not_here = frozenset(key.id for key in TOLD if not screen.works_here(key))
        app.push_screen(ReadingScreen("Keys", partial(keys_page, app.keymap, not_here=not_here)))
