"""The table itself: a page of it is loaded, and looked at again every few seconds."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from tshoot.desk.desk import PAGE, Page
from tshoot.desk.table import TITLES, Column, Shown, cell, columns, widths
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError
from tshoot.session.row import SessionRow
from tshoot.text import display_text
from tshoot.tui.desk.bar import DeskBar
from tshoot.tui.desk.doing import POLL_SECONDS
from tshoot.tui.safe import plain
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk

FRESH_SECONDS = 10.0
"""How long a row is marked that somebody else has just changed."""
FRESH = "• "
SCROLLBAR = 2
"""Columns of the screen that the table's own scrollbar takes."""


class ListingScreen(TellsTrouble, Screen[None]):
    """Shows a page of calls. What the keys do is for the screen over it."""

    DEFAULT_CSS = """
    ListingScreen #search { height: 1; border: none; padding: 0 1; background: $surface; }
    ListingScreen #shown {
        height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ListingScreen #notice { height: auto; padding: 0 1; color: $warning; }
    ListingScreen #nothing { height: auto; padding: 1 2; }
    ListingScreen DataTable { height: 1fr; background: transparent; }
    ListingScreen DataTable:nocolor > .datatable--cursor { text-style: reverse; }
    ListingScreen .empty { display: none; }
    """

    AUTO_FOCUS = "DataTable"

    def __init__(self, desk: Desk, shown: Shown, offering: bool) -> None:
        super().__init__()
        self.desk, self.shown, self._offering = desk, shown, offering
        self.page = Page((), 0, 0)
        self._columns: dict[Column, int] = {}
        self._trouble = False
        self._seen: dict[str, int] = {}
        self._fresh: dict[str, float] = {}
        self.services = _service_titles()

    def compose(self) -> ComposeResult:
        """Top line, what is shown, the table, keys."""
        yield DeskBar()
        yield Static(id="notice", classes="empty")
        # Disabled while it is hidden, or Textual would give it the focus.
        yield Input(
            placeholder="words to look for",
            id="search",
            classes="empty",
            select_on_focus=False,
            disabled=True,
        )
        yield Static(id="shown")
        yield Static(id="nothing", classes="empty")
        table = DataTable[Text](cursor_type="row", zebra_stripes=True)
        yield table
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the first page, and go on looking."""
        self.query_one(DeskBar).say("Calls", self.desk.agent)
        self.query_one(DataTable).focus()
        self.load()
        self.set_interval(POLL_SECONDS, self.load)

    def on_resize(self) -> None:
        """Other columns for another width."""
        self._draw()

    @property
    def current(self) -> SessionRow | None:
        """The row under the cursor; None where there is none."""
        place = self.query_one(DataTable).cursor_row
        return self.page.rows[place] if 0 <= place < len(self.page.rows) else None

    def row_of(self, session: str | None) -> SessionRow | None:
        """The row of a session on this page."""
        return next((row for row in self.page.rows if row.session == session), None)

    @work(group="load", exclusive=True, exit_on_error=False)
    async def load(self, under_cursor: str = "") -> None:
        """Read the page again and draw what has changed; the cursor goes to that call, where it is there."""
        filters = self.shown.filters(self.desk.agent)
        try:
            page = await in_daemon_thread(partial(self.desk.page, filters, self.page.first))
        except SessionError as error:
            self._trouble = True
            self._say(f"Can't read the calls: {error} It is tried again every few seconds.")
            return
        if self._offering or self._trouble:
            self._trouble = False
            self._say(offer_words(page.total) if self._offering else "")
        self._notice_others(page)
        self.page = page
        self._draw()
        self._point_at(under_cursor)

    def _point_at(self, session: str) -> None:
        places = [row.session for row in self.page.rows]
        if session in places:
            self.query_one(DataTable).move_cursor(row=places.index(session), animate=False)
            self.refresh_bindings()

    def tell(self, notice: str) -> None:
        """Show a line above the table, in place of what is offered there; empty takes it away."""
        self._trouble = self._offering = False
        self._say(notice)

    def _say(self, notice: str) -> None:
        line = self.query_one("#notice", Static)
        line.update(plain(notice))
        line.set_class(not notice, "empty")

    def know(self, session: str, last: int) -> None:
        """The agent has seen a call up to this event: it is no news in the table."""
        self._seen[session] = last

    def narrow(self, **changes: Any) -> None:
        """Show something else, from its first page on."""
        self.shown = replace(self.shown, **changes)
        self.page, self._seen = replace(self.page, first=0), {}
        self.tell("")
        self.load()

    def turn(self, pages: int) -> None:
        """Turn to another page."""
        first = self.page.first + pages * PAGE
        if 0 <= first < self.page.total:
            self.page, self._seen = replace(self.page, first=first), {}
            self.load()

    def search_shown(self, shown: bool) -> None:
        """Open the line to type words into, or close it and forget them."""
        line = self.query_one("#search", Input)
        line.set_class(not shown, "empty")
        line.disabled = not shown
        if shown:
            line.focus()
        else:
            line.value = ""
            self.focus_table()

    @property
    def is_searching(self) -> bool:
        """True while words are typed: a letter is no key then."""
        return isinstance(self.focused, Input)

    def focus_table(self) -> None:
        """Keys are for the table; where it is empty, for the screen alone."""
        table = self.query_one(DataTable)
        self.set_focus(table if table.display else None)

    def _notice_others(self, page: Page) -> None:
        """Mark for a while what changed without this agent's doing."""
        now = time.monotonic()
        for row in page.rows:
            known = self._seen.get(row.session, 0 if self._seen else row.last)
            if row.last > known and self.app.screen is self:
                self._fresh[row.session] = now
        self._seen = {row.session: row.last for row in page.rows}
        self._fresh = {name: at for name, at in self._fresh.items() if now - at < FRESH_SECONDS}

    def _draw(self) -> None:
        if not self.is_attached:
            return
        table = self.query_one(DataTable)
        self._set_columns(table)
        place, moment = table.cursor_row, self.desk.now()
        here = self._keys(table)
        wanted = [row.session for row in self.page.rows]
        if here == wanted:
            self._update(table, moment)
        else:
            self._refill(table, here[place] if 0 <= place < len(here) else None, moment)
        self._describe()
        self.refresh_bindings()

    def _keys(self, table: DataTable[Text]) -> list[str]:
        return [str(row.key.value) for row in table.ordered_rows]

    def _set_columns(self, table: DataTable[Text]) -> None:
        """The columns that fit, each as wide as there is room for."""
        names = columns(self.size.width)
        wanted = dict(zip(names, widths(names, self.size.width - SCROLLBAR), strict=True))
        if wanted != self._columns:
            self._columns = wanted
            table.clear(columns=True)
            for name, width in wanted.items():
                table.add_column(Text(TITLES[name]), key=name, width=width)

    def _refill(self, table: DataTable[Text], under_cursor: str | None, now: datetime) -> None:
        table.clear()
        for row in self.page.rows:
            table.add_row(*(self._cell(row, name, now) for name in self._columns), key=row.session)
        if under_cursor is not None:
            self._point_at(under_cursor)

    def _update(self, table: DataTable[Text], now: datetime) -> None:
        for row in self.page.rows:
            for name in self._columns:
                text = self._cell(row, name, now)
                if table.get_cell(row.session, name).plain != text.plain:
                    table.update_cell(row.session, name, text)

    def _cell(self, row: SessionRow, name: Column, now: datetime) -> Text:
        # Text, not str: a table reads a plain one as markup.
        words = display_text(cell(row, name, self.services, now))
        if name == "caller" and row.session in self._fresh:
            words = FRESH + words
        text = Text(words, no_wrap=True, end="")
        text.truncate(self._columns[name], overflow="ellipsis")
        return text

    def _describe(self) -> None:
        page, parts = self.page, [self.shown.described(self.services)]
        last = page.first + len(page.rows)
        if page.total > PAGE:
            parts.append(f"{page.first + 1:,} to {last:,} of {page.total:,}, [ and ] turn the page")
        else:
            parts.append(f"{page.total}")
        self.query_one("#shown", Static).update(plain(": ".join(parts)))
        nothing = self.query_one("#nothing", Static)
        nothing.update(plain(self._nothing()))
        nothing.set_class(bool(page.rows), "empty")
        self.query_one(DataTable).display = bool(page.rows)
        if self.focused is None:
            self.focus_table()

    def _nothing(self) -> str:
        if self.shown == Shown():
            return "No calls are open. n begins one; a shows the ended ones too."
        if self.is_searching:
            return "No call fits these words."
        return "No call fits. f shows what the table is narrowed down to; n begins a new call."


def offer_words(calls: int) -> str:
    """What is said above the open calls of this agent, of which there are so many."""
    if not calls:
        return ""
    words = "a call" if calls == 1 else f"{calls} calls"
    return f"You have {words} open. Enter goes on with the one under the cursor; m shows everybody's."


def _service_titles() -> dict[str, str]:
    from tshoot.catalog.services import shipped_services

    return {name: service.title for name, service in shipped_services().items()}
