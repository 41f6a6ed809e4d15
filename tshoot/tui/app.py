"""The Textual program. It holds no logic: the guide decides, the probes measure, this shows."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work

from tshoot.config.settings import Config
from tshoot.session.going import NOTHING_KEPT, GoingOn
from tshoot.tui import themes
from tshoot.tui.look import apply_settings
from tshoot.tui.program import Program
from tshoot.tui.screens.opening import OpeningScreen

if TYPE_CHECKING:
    from textual.driver import Driver

    from tshoot.flow.model import Flow
    from tshoot.guide.setup import Whose
    from tshoot.target import Target
    from tshoot.tui.screens.wizard import WizardScreen
    from tshoot.tui.session import Session


class TshootApp(Program):
    """One screen over one session. Returns the exit code of ``tshoot run``.

    ``home``: begin with the verdict and the choice of what to do, not with the flow's first step.
    Whatever is not in the first picture is imported and made after it is painted: see :meth:`on_ready`.
    """

    def __init__(self, session: Session, config: Config | None = None, *, home: bool = False) -> None:
        super().__init__()
        self._session, self._home = session, home
        config = config or Config()
        self.folders = config.flows
        """The folders of flows that are set; their catalogues may hold rules of redaction."""
        self._opening = OpeningScreen(session.known_label, session.measured, session.banner)
        self.title = "tshoot"
        themes.add_themes(self)
        apply_settings(self, config)

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice; on a terminal one that is quicker with escape, and to close."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from tshoot.tui.driver import PromptDriver

        return PromptDriver

    def get_default_screen(self) -> OpeningScreen:
        """What is painted first."""
        return self._opening

    def on_ready(self) -> None:
        """The first picture is there: get everything else."""
        self.call_after_refresh(self._open)

    @work(exit_on_error=False)
    async def _open(self) -> None:
        from tshoot.probes.blocking import in_daemon_thread

        try:
            self._session.warm()
            wizard = await in_daemon_thread(self._wizard)
            self._session.start_measuring()
        except Exception as error:
            self._opening.show_failure(error)
            raise
        finally:
            _collect_again()
        await self.push_screen(wizard)
        await in_daemon_thread(self._preload)

    def _wizard(self) -> WizardScreen:
        """The wizard's screen, ready to be shown. Blocks: off the loop."""
        from tshoot.tui.screens.wizard import WizardScreen

        self._session.prepare()
        return WizardScreen(self._session, self._home)

    def _preload(self) -> None:
        """Get ready what a key will ask for. Blocks: off the loop."""
        from tshoot.tui.opener import preload

        preload()
        _ = self._session.search_index

    def on_unmount(self) -> None:
        """Another program may go on with the session."""
        self._session.let_go()

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys that replace the declared ones, by the id of :mod:`tshoot.tui.keys`."""
        return self._keymap

    async def action_quit(self) -> None:
        """Close; the exit code tells how far it came."""
        from tshoot.tui.leaving import exit_code

        self.exit(exit_code(self._session))

    def close_session(self) -> None:
        """End whatever still reads or measures."""
        self._session.close()

    def action_palette(self) -> None:
        """Every command, found by typing."""
        from tshoot.tui.screens.palette import Palette

        self.push_screen(Palette())


def run_wizard(
    flow: str,
    target: Target | None = None,
    flows: Mapping[str, Flow] | None = None,
    config: Config | None = None,
    about: Whose | None = None,
    going: GoingOn = NOTHING_KEPT,
    *,
    home: bool = False,
) -> int:
    """Open the wizard on a flow; returns the exit code. Blocks until the person closes it.

    Without ``target`` it is about the default service; ``flows`` replaces the shipped ones. What is left out
    is read after the first paint. ``config`` gives its look; ``about`` tells whose computer it is about: this
    one, where it is left out.
    ``going`` tells what it has to do with earlier sessions; without it nothing is kept. ``home``: with a
    first screen.
    """
    from tshoot.guide.setup import whose
    from tshoot.tui.session import Session

    about = about or whose()
    session = Session(flow, target, None, about.system, flows, measured=about.here, going=going)
    return open_app(TshootApp(session, config, home=home))


def open_app(app: TshootApp) -> int:
    """Run the program until it is closed; returns its exit code."""
    try:
        code = app.run()
    finally:
        app.close_session()
    return app.return_code or 1 if code is None else code


def _collect_again() -> None:
    """Whoever paused the garbage collector for a quick start gets it back; what is loaded stays anyway."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
