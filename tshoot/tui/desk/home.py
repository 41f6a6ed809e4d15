"""The table of calls. Every key of :data:`tshoot.tui.desk.keys.HOME`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import DataTable, Input

from tshoot.desk import moves
from tshoot.desk.call import Call
from tshoot.desk.desk import Overtaken
from tshoot.desk.table import Shown
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError
from tshoot.session.row import SessionRow
from tshoot.tui.desk.keys import HOME
from tshoot.tui.desk.listing import ListingScreen
from tshoot.tui.desk.opening_home import HomePages
from tshoot.tui.keys import bindings
from tshoot.tui.toast import toast

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk


class HomeScreen(ListingScreen):
    """The calls of the desk, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HOME)]

    def __init__(self, desk: Desk, shown: Shown, notice: str = "") -> None:
        super().__init__(desk, shown, notice)
        self.pages = HomePages(self)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter or a click on a row."""
        row = self.row_of(event.row_key.value)
        if row is not None:
            self.open(row)

    @work(group="open", exclusive=True, exit_on_error=False)
    async def open(self, row: SessionRow, take: bool = False) -> None:
        """Open a call; ``take`` it over first."""
        try:
            call = await in_daemon_thread(partial(self._opened, row, take))
        except SessionError as error:
            self.tell(str(error))
        else:
            self.show_call(call)

    def _opened(self, row: SessionRow, take: bool) -> Call:
        call = self.desk.open(row.session)
        if not take or call.agent == self.desk.agent:
            return call
        try:
            return self.desk.do(call, lambda _: moves.taken_over(self.desk.agent))
        except Overtaken as late:
            # What somebody did in this moment stands; the call is taken over after it.
            return self.desk.do(late.call, lambda _: moves.taken_over(self.desk.agent))

    def show_call(self, call: Call) -> None:
        """Put a call on the screen; the table looks again when it is left."""
        from tshoot.tui.desk.call import CallScreen

        self.app.push_screen(CallScreen(self.desk, call), lambda _: self.load())

    # -- keys ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a key makes sense: letters that are typed into the search are no keys."""
        row = self.current
        allowed = {
            "take_over": row is not None and not row.ended and row.agent != self.desk.agent,
            "close": row is not None and not row.ended and row.agent == self.desk.agent,
            "delete": row is not None,
        }
        return allowed.get(action, True)

    def action_new(self) -> None:
        """Begin a new call."""
        self.pages.new_call()

    def action_take_over(self) -> None:
        """Take the call under the cursor over."""
        row = self.current
        if row is not None:
            self.pages.take_over(row)

    def action_close(self) -> None:
        """End the call under the cursor."""
        row = self.current
        if row is not None:
            self.pages.close(row)

    def action_delete(self) -> None:
        """Delete the call under the cursor."""
        row = self.current
        if row is not None:
            self.pages.delete(row)

    def action_search(self) -> None:
        """Type words to look for."""
        self.search_shown(True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look while it is typed."""
        self.narrow(words=event.value)

    def on_input_submitted(self) -> None:
        """From the words to what was found."""
        self.query_one(DataTable).focus()

    def key_escape(self) -> None:
        """The search away again."""
        self.search_shown(False)

    def action_filter(self) -> None:
        """Narrow the table down."""
        self.pages.filter()

    def action_mine(self) -> None:
        """Only my calls, or everybody's."""
        self.narrow(whose="everybody" if self.shown.whose == "mine" else "mine")

    def action_all(self) -> None:
        """Ended ones too, or only open ones."""
        self.narrow(state="open" if self.shown.state == "" else "")

    def action_turn(self, pages: int) -> None:
        """Another page."""
        self.turn(pages)

    def action_statistics(self) -> None:
        """What the stored calls come to."""
        self.pages.statistics()

    def action_refresh(self) -> None:
        """Look for changes now."""
        self.load()
        toast(self.app, "Looked for changes.")

    def action_keys(self) -> None:
        """Every key."""
        self.pages.keys()
