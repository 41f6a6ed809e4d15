"""The Textual program. It holds no logic: the guide decides, the probes measure, this shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from tshoot.config.settings import Config
from tshoot.session.going import NOTHING_KEPT, GoingOn
from tshoot.text import display_text
from tshoot.tui import themes
from tshoot.tui.look import apply_settings
from tshoot.tui.safe import LONGEST_TEXT
from tshoot.tui.screens.wizard import WizardScreen

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.guide.setup import Whose
    from tshoot.target import Target
    from tshoot.tui.session import Session


class TshootApp(App[int]):
    """One screen over one session. Returns the exit code of ``tshoot run``.

    ``home``: begin with the verdict and the choice of what to do, not with the flow's first step.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS = "Toast { max-width: 90%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True)
    ]

    def __init__(self, session: Session, config: Config | None = None, *, home: bool = False) -> None:
        super().__init__()
        self._session, self._home = session, home
        self._config = config or Config()

    def on_mount(self) -> None:
        """Open the wizard."""
        self.title = "tshoot"
        themes.add_themes(self)
        apply_settings(self, self._config)
        screen = WizardScreen(self._session, self._home)
        self._session.screen = screen
        self.push_screen(screen)

    async def on_event(self, event: events.Event) -> None:
        """What is pasted is as hostile as what is measured, and Textual draws it as it is."""
        if isinstance(event, events.Paste):
            event.text = display_text(event.text, LONGEST_TEXT, keep_lines=True)
        await super().on_event(event)

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

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        self.exit(130)

    def action_next_theme(self) -> None:
        """Paint in the next theme, and say its name."""
        from tshoot.tui.toast import toast

        name = themes.after(themes.chosen(self))
        themes.choose(self, name)
        toast(self, f"Theme: {themes.TITLES[name]}.")

    def action_palette(self) -> None:
        """Every command, found by typing."""
        from tshoot.tui.screens.palette import Palette

        self.push_screen(Palette())

    def action_picture(self) -> None:
        """Save a picture of the screen, and say where."""
        from tshoot.tui.picture import save_picture
        from tshoot.tui.toast import toast

        try:
            path = save_picture(self)
        except OSError as error:
            toast(self, f"The picture could not be saved: {error.strerror}.", severity="error")
        else:
            toast(self, f"A picture of this screen is saved as {path}. Look at it before you share it.")


def run_wizard(
    flow: str,
    target: Target,
    flows: Mapping[str, Flow] | None = None,
    config: Config | None = None,
    about: Whose | None = None,
    going: GoingOn = NOTHING_KEPT,
    *,
    home: bool = False,
) -> int:
    """Open the wizard on a flow; returns the exit code. Blocks until the person closes it.

    ``flows`` replaces the shipped ones, which are read after the first paint; ``config`` gives its look;
    ``about`` tells whose computer it is about: this one, where it is left out.
    ``going`` tells what it has to do with earlier sessions; without it nothing is kept. ``home``: with a
    first screen.
    """
    from tshoot.guide.bench import NetworkBench
    from tshoot.guide.setup import whose
    from tshoot.tui.session import Session

    about = about or whose()
    session = Session(
        flow, target, NetworkBench(target), about.system, flows, measured=about.here, going=going
    )
    return open_app(TshootApp(session, config, home=home))


def open_app(app: TshootApp) -> int:
    """Run the program until it is closed; returns its exit code."""
    code = app.run()
    return app.return_code or 1 if code is None else code
