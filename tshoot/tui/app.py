"""The Textual program. It holds no logic: the guide decides, the probes measure, this shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.theme import Theme

from tshoot.config.settings import Config
from tshoot.guide.model import Finish
from tshoot.tui.look import apply_settings
from tshoot.tui.screens.wizard import WizardScreen

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.guide.setup import Whose
    from tshoot.session.going import GoingOn
    from tshoot.target import Target
    from tshoot.tui.session import Session

THEME = Theme(
    name="tshoot",
    primary="#b0126b",
    secondary="#5f6a72",
    accent="#ff6fb5",
    foreground="#e8e6e8",
    background="#16141a",
    surface="#1f1c24",
    panel="#2a2630",
    success="#5fcf80",
    warning="#f0b94b",
    error="#ff6b6b",
    dark=True,
)


class TshootApp(App[int]):
    """One screen over one session. Returns the exit code of ``tshoot run``."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True)
    ]

    def __init__(self, session: Session, config: Config | None = None) -> None:
        super().__init__()
        self._session = session
        self._config = config or Config()

    def on_mount(self) -> None:
        """Open the wizard."""
        self.title = "tshoot"
        self.register_theme(THEME)
        self.theme = "tshoot"
        apply_settings(self, self._config)
        screen = WizardScreen(self._session)
        self._session.screen = screen
        self.push_screen(screen)

    async def action_quit(self) -> None:
        """Close; the exit code tells how far it came (contract.md, exit codes)."""
        from tshoot.guide.record import ended_well

        state = self._session.state
        pending = state.pending if state is not None else None
        if isinstance(pending, Finish):
            self.exit(0 if ended_well(pending) else 1)
        else:
            self.exit(3)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        self.exit(130)


def run_wizard(
    flow: str,
    target: Target,
    flows: Mapping[str, Flow] | None = None,
    config: Config | None = None,
    about: Whose | None = None,
    going: GoingOn | None = None,
) -> int:
    """Open the wizard on a flow; returns the exit code. Blocks until the person closes it.

    ``flows`` replaces the shipped ones, which are read after the first paint; ``config`` gives its look;
    ``about`` tells whose computer it is about: this one, where it is left out.
    ``going`` tells what it has to do with earlier sessions; without it nothing is kept.
    """
    from tshoot.guide.bench import NetworkBench
    from tshoot.guide.setup import whose
    from tshoot.tui.session import Session

    about = about or whose()
    session = Session(flow, target, NetworkBench(target), about.system, flows, measured=about.here)
    app = TshootApp(session, config)
    code = app.run()
    return app.return_code or 1 if code is None else code
