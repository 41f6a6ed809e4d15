"""The desk's Textual program: the table first, calls over it; tickets on their way are sent meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tshoot.config.settings import Config
from tshoot.desk.table import Shown
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError
from tshoot.session.events_json import clean_name
from tshoot.session.removing import forget_old
from tshoot.tui import themes
from tshoot.tui.desk.home import HomeScreen
from tshoot.tui.look import apply_settings
from tshoot.tui.program import Program
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.widgets.report_input import ReportInput

if TYPE_CHECKING:
    from tshoot.desk.courier import Courier
    from tshoot.desk.desk import Desk
    from tshoot.desk.parcel import Parcel


class DeskApp(TellsTrouble, Program):
    """One agent's desk. ``courier`` sends tickets; None where no webhook is set.

    ``ask_name``: ask who the agent is, and offer this name; empty where there is none to offer, so that one
    has to be typed; None where it is known.
    """

    def __init__(
        self,
        desk: Desk,
        courier: Courier | None = None,
        config: Config | None = None,
        ask_name: str | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._courier, self._ask_name = desk, courier, ask_name
        self._config = config or Config()

    def on_mount(self) -> None:
        """Ask who it is where that is not known; then the table."""
        self.title = "tshoot desk"
        themes.add_themes(self)
        apply_settings(self, self._config)
        if self._courier is not None:
            self._courier.told = self._told
            self._send(self._courier)
        if self._ask_name is not None:
            self._ask(self._ask_name)
        else:
            self._begin()

    def _ask(self, name: str) -> None:
        """Whose desk it is; asked once."""
        from tshoot.tui.desk.asking import Field, FormScreen, Values

        def check(values: Values) -> None:
            if not (clean_name(values["name"]) or name):
                raise ValueError("Type your name first: others see by it who has a call.")

        def named(values: Values | None) -> None:
            self._desk.agent = clean_name(values["name"] if values is not None else "") or name
            if not self._desk.agent:
                self.exit(0)
                return
            if values is not None:
                self._desk.remember_agent()
            self._begin()

        field = Field("name", "Your name, as other agents see it", name)
        self.push_screen(FormScreen("Your desk", [field], check=check), named)

    @work(group="begin", exit_on_error=False)
    async def _begin(self) -> None:
        """Show the table: first of all the calls that this agent left open."""
        keep_days = self._config.store.keep_days
        try:
            await in_daemon_thread(lambda: forget_old(self._desk.store, keep_days))
            waiting = await in_daemon_thread(self._desk.own_open)
        except SessionError:
            waiting = ()  # The table tells why.
        shown = Shown("mine") if waiting else Shown()
        self.push_screen(HomeScreen(self._desk, shown, offering=bool(waiting)))

    def cleans_pastes(self) -> bool:
        """The line for reports cleans what is pasted itself."""
        return not isinstance(self.focused, ReportInput)

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys that replace the declared ones, by the id of :mod:`tshoot.tui.desk.keys`."""
        return self._keymap

    @property
    def courier_set(self) -> bool:
        """True where tickets can be sent."""
        return self._courier is not None

    def courier_wanted(self) -> None:
        """Something was put into the outbox."""
        if self._courier is not None:
            self._courier.wake()

    @work(group="courier", exit_on_error=False)
    async def _send(self, courier: Courier) -> None:
        await courier.run()

    def _told(self, parcel: Parcel) -> None:
        """A ticket was tried: say how it went where that is the end of it."""
        from tshoot.desk.parcel import UNDER_WAY

        if parcel.state not in UNDER_WAY:
            self._tell_end(parcel)

    @work(group="told", exit_on_error=False)
    async def _tell_end(self, parcel: Parcel) -> None:
        from tshoot.desk.parcel import parcel_words
        from tshoot.tui.toast import toast

        try:
            row = await in_daemon_thread(partial(self._desk.store.row, parcel.session))
            name = row.label or parcel.session
        except SessionError:
            name = parcel.session
        severity = "information" if parcel.state == "delivered" else "error"
        toast(self, f"{name}: {parcel_words(parcel, parcel.due)}", severity=severity)  # type: ignore[arg-type]

    async def action_quit(self) -> None:
        """Close the desk. Calls stay open."""
        self.exit(0)
