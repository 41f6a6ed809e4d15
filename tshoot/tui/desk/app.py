"""The desk's Textual program: the table first, calls over it; tickets on their way are sent meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from tshoot.desk.table import Shown
from tshoot.session.errors import SessionError
from tshoot.tui import themes
from tshoot.tui.desk.home import HomeScreen
from tshoot.tui.desk.trouble import TellsTrouble

if TYPE_CHECKING:
    from tshoot.desk.courier import Courier
    from tshoot.desk.desk import Desk
    from tshoot.desk.parcel import Parcel
    from tshoot.session.row import SessionRow

RETRY_SECONDS = 10.0
"""How long the outbox is left alone after the store could not be read."""


class DeskApp(TellsTrouble, App[int]):
    """One agent's desk. ``courier`` sends tickets; None where no webhook is set."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Toast { max-width: 90%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True)
    ]

    def __init__(
        self, desk: Desk, courier: Courier | None = None, waiting: tuple[SessionRow, ...] = ()
    ) -> None:
        super().__init__()
        self._desk, self._courier, self._waiting = desk, courier, waiting
        self._wanted = asyncio.Event()

    def on_mount(self) -> None:
        """Open the table: first of all the calls that this agent left open."""
        self.title = "tshoot desk"
        themes.add_themes(self)
        themes.choose(self, themes.DEFAULT)
        shown = Shown("mine") if self._waiting else Shown()
        self.push_screen(HomeScreen(self._desk, shown, _offer(self._waiting)))
        if self._courier is not None:
            self._send(self._courier)

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys that replace the declared ones, by the id of :mod:`tshoot.tui.desk.keys`."""
        return self._keymap

    @property
    def courier_set(self) -> bool:
        """True where tickets can be sent."""
        return self._courier is not None

    def courier_wanted(self) -> None:
        """Something was put into the outbox: don't wait for the next round."""
        self._wanted.set()

    @work(group="courier", exit_on_error=False)
    async def _send(self, courier: Courier) -> None:
        from tshoot.desk.courier import POLL_SECONDS

        while True:
            try:
                await courier.round()
                wait = POLL_SECONDS
            except SessionError:
                wait = RETRY_SECONDS
            self._wanted.clear()
            try:
                await asyncio.wait_for(self._wanted.wait(), wait)
            except TimeoutError:
                continue

    def told(self, parcel: Parcel) -> None:
        """A ticket was tried: say how it went where that is the end of it."""
        from tshoot.desk.parcel import UNDER_WAY, parcel_words
        from tshoot.tui.toast import toast

        if parcel.state not in UNDER_WAY:
            severity = "information" if parcel.state == "delivered" else "error"
            toast(self, f"{parcel.session}: {parcel_words(parcel, parcel.due)}", severity=severity)  # type: ignore[arg-type]

    async def action_quit(self) -> None:
        """Close the desk. Calls stay open."""
        self.exit(0)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        self.exit(130)

    def action_next_theme(self) -> None:
        """Paint in the next theme, and say its name."""
        from tshoot.tui.toast import toast

        name = themes.after(themes.chosen(self))
        themes.choose(self, name)
        toast(self, f"Theme: {themes.TITLES[name]}.")

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


def _offer(waiting: tuple[SessionRow, ...]) -> str:
    if not waiting:
        return ""
    calls = "a call" if len(waiting) == 1 else f"{len(waiting)} calls"
    return f"You have {calls} open. Enter goes on with the one under the cursor; m shows everybody's."
