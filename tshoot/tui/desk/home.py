"""The table of calls. Every key of :data:`tshoot.tui.desk.keys.HOME`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widgets import DataTable, Input

from tshoot.desk.table import Shown
from tshoot.tui.desk.calls import CallsScreen
from tshoot.tui.desk.keys import HOME
from tshoot.tui.desk.opening_home import HomePages
from tshoot.tui.keys import bindings
from tshoot.tui.toast import toast

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk


class HomeScreen(CallsScreen):
    """The calls of the desk, the newest first. ``offering``: those shown first are offered to go on with."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HOME)]

    def __init__(self, desk: Desk, shown: Shown, offering: bool = False) -> None:
        super().__init__(desk, shown, offering)
        self.pages = HomePages(self)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter or a click on a row."""
        row = self.row_of(event.row_key.value)
        if row is not None:
            self.open(row)

    # -- keys ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a key makes sense: letters that are typed into the search are no keys."""
        if self.is_opening:
            return None
        row = self.current
        allowed = {
            "take_over": row is not None and not row.ended and row.agent != self.desk.agent,
            "close": row is not None and not row.ended and row.agent == self.desk.agent,
            "delete": row is not None,
            "search": not self.is_searching,
            "search_end": not self.query_one("#search").disabled,
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
        self.focus_table()
        self.load()

    def action_search_end(self) -> None:
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
