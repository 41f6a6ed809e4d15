"""The ticket of a call: to read, copy, save and send. Without private data unless the agent asks for it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tshoot.desk.call import Call
from tshoot.desk.formats import FORMATS, file_name, posted, saved, written
from tshoot.desk.parcel import Parcel, sent_words
from tshoot.desk.signature import idempotency_key
from tshoot.desk.ticket import Ticket
from tshoot.desk.ticket_of import ticket_of
from tshoot.paths import from_home
from tshoot.probes.blocking import in_daemon_thread
from tshoot.report.rendering import NAMES, Format
from tshoot.session.errors import SessionError
from tshoot.tui.delivery import copy_after_question, deliver
from tshoot.tui.desk.keys import TICKET
from tshoot.tui.keys import bindings
from tshoot.tui.safe import lines, plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.toast import toast
from tshoot.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk
    from tshoot.tui.desk.app import DeskApp

REFRESH_SECONDS = 1.0
LONGEST_PREVIEW = 60_000


class TicketScreen(TellsTrouble, Overlay[None]):
    """A page over the call."""

    DEFAULT_CSS = """
    TicketScreen > VerticalScroll { max-width: 110; height: 88%; }
    TicketScreen Static { height: auto; }
    TicketScreen #sent { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TICKET)]

    def __init__(self, desk: Desk, call: Call, service: str) -> None:
        super().__init__()
        self._desk, self._call, self._service = desk, call, service
        self._format: Format = "markdown"
        self._redacted = True
        self._parcels: Sequence[Parcel] = ()
        self._key = ""
        """By which it is known whether this very ticket was sent."""

    def compose(self) -> ComposeResult:
        """How far a sent one is, then the text."""
        with VerticalScroll() as frame:
            frame.border_title = "Ticket"
            yield Static(id="sent", classes="empty")
            yield Static(id="text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw, and follow what was sent."""
        self._draw()
        self._look()
        self.set_interval(REFRESH_SECONDS, self._look)

    @property
    def ticket(self) -> Ticket:
        """The ticket as it would leave the desk."""
        whole = ticket_of(self._call, self._service, self._call.record.row.topic)
        return self._desk.without_private_data(whole) if self._redacted else whole

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sending needs a webhook."""
        return self._app.courier_set if action == "send" else True

    @property
    def _app(self) -> DeskApp:
        return cast("DeskApp", self.app)

    def _draw(self) -> None:
        ticket = self.ticket
        self._key = idempotency_key(ticket.session, posted(ticket))
        text = written(ticket, self._format)
        private = "without private data" if self._redacted else "WITH private data"
        frame = self.query_one(VerticalScroll)
        frame.border_subtitle = plain(f"{NAMES[self._format]}, {private}")
        parts = [plain(line) for line in text[:LONGEST_PREVIEW].splitlines()]
        self.query_one("#text", Static).update(lines(parts))
        self._tell_sent()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def _look(self) -> None:
        known = self._call
        try:
            self._parcels = await in_daemon_thread(partial(self._desk.parcels, known.session))
            call = await in_daemon_thread(partial(self._desk.newer, known))
        except SessionError:
            return  # Told on the call's own screen.
        if call is known:
            self._tell_sent()
        else:  # Somebody else did something: the ticket is that of the call as it is now.
            self._call = call
            self._draw()

    def _tell_sent(self) -> None:
        line = self.query_one("#sent", Static)
        sent = sent_words(self._parcels, self._key, time.time(), can_send=self._app.courier_set)
        line.update(lines([plain(words) for words in sent]))
        line.set_class(not self._parcels, "empty")

    def action_format(self) -> None:
        """The next format."""
        self._format = FORMATS[(FORMATS.index(self._format) + 1) % len(FORMATS)]
        self._draw()

    def action_private(self) -> None:
        """With private data, or without."""
        self._redacted = not self._redacted
        self._draw()

    def action_copy(self) -> None:
        """Ask, then hand the text to the terminal's clipboard."""
        private = "Private data was taken out by rules." if self._redacted else "Private data is still in it."
        copy_after_question(self.app, written(self.ticket, self._format), "the ticket", private)

    def action_save(self) -> None:
        """Ask for a name, then save it there."""
        from tshoot.tui.desk.asking import Field, FormScreen, Values

        text = written(self.ticket, self._format)
        name = file_name(self.ticket, self._format)
        if self.app.is_web:  # The folders of this computer are not the agent's.
            toast(self.app, f"Your browser was asked to save {deliver(self.app, name, text)}.")
            return

        def named(values: Values | None) -> None:
            if values is not None:
                toast(self.app, f"Saved as {values['file']}.")

        def save(values: Values) -> None:
            if not values["file"]:
                raise ValueError("Type a name for the file.")
            saved(from_home(values["file"]), text)

        fields = [Field("file", "The file; one that is there already is not touched", name)]
        self.app.push_screen(FormScreen("Save the ticket", fields, check=save), named)

    @work(group="send", exclusive=True, exit_on_error=False)
    async def action_send(self) -> None:
        """Put the ticket into the outbox; it is sent from there, also after a restart."""
        ticket = self.ticket
        try:
            await in_daemon_thread(partial(self._desk.send, ticket))
        except SessionError as error:
            toast(self.app, f"Not sent: {error}", severity="error")
            return
        self._app.courier_wanted()
        self._look()

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self.query_one(VerticalScroll).scroll_relative(y=amount, animate=False)

    def action_page(self, pages: int) -> None:
        """Move by one page."""
        frame = self.query_one(VerticalScroll)
        (frame.scroll_page_down if pages > 0 else frame.scroll_page_up)(animate=False)
