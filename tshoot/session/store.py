"""The store of sessions: events that are only ever added, and what follows from them.

Every call blocks (keep it off an event loop) and may come from any thread. Every call may raise
:class:`StoreError`, whose message is for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.session.adding import Known, add_events, add_session, events_after
from tshoot.session.at_once import add_at_once, create_at_once, fits
from tshoot.session.database import POOL_SIZE, connect, connected, writing
from tshoot.session.errors import Conflict, NoConnection, UnknownSession
from tshoot.session.events_json import as_kept, clean_name
from tshoot.session.exporting import exported
from tshoot.session.failures import said_plainly
from tshoot.session.figures import Figures, FixFigure, figures, fix_figures
from tshoot.session.listing import ALL, Filters, Order, ordered, selected
from tshoot.session.migrations import migrate
from tshoot.session.model import Opened, Recorded, SessionEvent
from tshoot.session.names import as_written, new_name
from tshoot.session.record import SessionRecord, fold
from tshoot.session.remembered import Remembered
from tshoot.session.removing import leave_no_trace, remove
from tshoot.session.row import SessionRow
from tshoot.session.rows import day_of, milliseconds, moment_of, row_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DRAWS = 5
"""How many names are drawn before giving up; a second one is hardly ever needed."""


def _now() -> datetime:
    return datetime.now(UTC)


def open_store(
    address: str | Path | None = None, *, now: Callable[[], datetime] = _now, pool_size: int = POOL_SIZE
) -> Store:
    """The store at an address (:mod:`tshoot.session.address`), made or brought up to date where needed.

    ``now`` is the clock events are stamped with. Raises :class:`StoreError`.
    """
    engine, place = connect(address, pool_size)
    try:
        with said_plainly(place):
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, now)


class Store:
    """Sessions in one database. ``place`` is its file or server, as it may be shown."""

    def __init__(self, engine: Engine, place: str, now: Callable[[], datetime] = _now) -> None:
        self.engine, self.place, self._now = engine, place, now
        self._remembered = Remembered()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def create(self, opened: Opened, *more: SessionEvent, who: str = "") -> SessionRow:
        """A new session that begins with these events; durable when this returns."""
        from sqlalchemy.exc import IntegrityError

        for last in reversed(range(DRAWS)):
            new = self._stamped(new_name(), 0, (opened, *more), who)
            try:
                known = self._created(new)
                self._remembered.keep(known)
                return known.row
            except IntegrityError:
                if not last:
                    raise
        raise AssertionError("unreachable")

    def append(self, session: str, after: int, events: Sequence[SessionEvent], who: str = "") -> int:
        """Add events after number ``after``; durable when this returns. Returns the last number.

        Raises :class:`Conflict` with what is newer where ``after`` is not the last number any more: then
        nothing was written. Raises :class:`UnknownSession`.
        """
        if not events:
            return after
        new = self._stamped(session, after, events, who)
        try:
            self._add(session, after, new)
        except NoConnection:
            # An idle connection may be dead; and whether a lost one had written can only be looked up.
            try:
                self._add(session, after, new)
            except Conflict as conflict:
                if conflict.newer[: len(new)] != new:
                    raise
        return new[-1].number

    def events(self, session: str, after: int = 0) -> tuple[Recorded, ...]:
        """The events of a session, those after number ``after``. Raises :class:`UnknownSession`."""
        with self.reading() as connection:
            return events_after(connection, self.number(connection, session), session, after)

    def record(self, session: str) -> SessionRecord:
        """What a session's events add up to. Raises :class:`UnknownSession`."""
        return fold(session, self.events(session))

    def row(self, session: str) -> SessionRow:
        """A session's line. Raises :class:`UnknownSession`."""
        with self.reading() as connection:
            return self._row(connection, session)

    def named(self, beginning: str) -> str:
        """The session whose name begins so. Raises :class:`UnknownSession` where none or several do."""
        from sqlalchemy import select

        from tshoot.session.tables import sessions

        wanted = as_written(beginning)
        names = (
            select(sessions.c.session).where(sessions.c.session.startswith(wanted, autoescape=True)).limit(3)
        )
        with self.reading() as connection:
            found = connection.execute(names).scalars().all() if wanted else []
        if len(found) == 1 or wanted in found:
            return wanted if wanted in found else found[0]
        typed = clean_name(beginning)
        if found:
            raise UnknownSession(f"Several sessions begin with '{typed}': {', '.join(found)}.")
        raise UnknownSession(f"There is no session '{typed}'. `tshoot sessions list` shows them all.")

    def sessions(
        self,
        filters: Filters = ALL,
        *,
        order: Order = "updated",
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[SessionRow, ...]:
        """The sessions that pass, in order, a page of them."""
        with self.reading() as connection:
            wanted = ordered(selected(connection, filters, page=limit is not None), order, limit, offset)
            return tuple(row_of(stored) for stored in connection.execute(wanted).mappings())

    def count(self, filters: Filters = ALL) -> int:
        """How many sessions pass."""
        from sqlalchemy import func, select

        from tshoot.session.tables import sessions

        with self.reading() as connection:
            found = selected(connection, filters).with_only_columns(sessions.c.id).subquery()
            return connection.execute(select(func.count()).select_from(found)).scalar_one()

    def figures(self, since: datetime | None = None, most: int = 20) -> Figures:
        """Figures of the sessions begun since then (by the day, UTC), or of all."""
        with self.reading() as connection:
            return figures(connection, day_of(since) if since else None, most)

    def fixes(self, since: datetime | None = None) -> tuple[FixFigure, ...]:
        """How often each fix was tried and helped."""
        with self.reading() as connection:
            return fix_figures(connection, day_of(since) if since else None)

    def delete(self, session: str) -> None:
        """Delete a session completely. Raises :class:`UnknownSession`."""
        with self.writing() as connection:
            remove(connection, [self.number(connection, session)])
        self._leave_no_trace()

    def prune(self, older_than: timedelta) -> int:
        """Delete every session, open or not, that nothing was added to for so long; returns how many."""
        from sqlalchemy import select

        from tshoot.session.tables import sessions

        latest = milliseconds(self._now() - older_than)
        with self.writing() as connection:
            wanted = select(sessions.c.id).where(sessions.c.updated < latest)
            old = connection.execute(wanted).scalars().all()
            remove(connection, old)
        if old:
            self._leave_no_trace()
        return len(old)

    def export(self, session: str | None = None) -> Iterator[str]:
        """Every event as JSON lines (``tshoot.events/1``), of one session or of all."""
        with self.reading() as connection:
            number = self.number(connection, session) if session is not None else None
            yield from exported(connection, number)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look at the store: everything read inside is of the same moment (in SQLite)."""
        with said_plainly(self.place), connected(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; it is kept where the block ends well, and else never was."""
        with said_plainly(self.place), writing(self.engine).begin() as connection:
            yield connection

    @contextmanager
    def _one_statement(self) -> Iterator[Connection]:
        """A connection whose every statement is kept by itself."""
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        with said_plainly(self.place), alone.connect() as connection:
            yield connection

    def _created(self, new: Sequence[Recorded]) -> Known:
        if fits(self.engine, new):
            with self._one_statement() as connection:
                return create_at_once(connection, new)
        with self.writing() as connection:
            return add_session(connection, new)

    def _add(self, session: str, after: int, new: Sequence[Recorded]) -> None:
        known, grown = self._remembered.after(session, after), None
        if known is not None and fits(self.engine, new):
            with self._one_statement() as connection:
                grown = add_at_once(connection, known, new)
        if grown is None:
            with self.writing() as connection:
                grown = add_events(connection, session, after, new)
        self._remembered.keep(grown)

    def _leave_no_trace(self) -> None:
        with said_plainly(self.place):
            leave_no_trace(self.engine)

    def _stamped(
        self, session: str, after: int, events: Sequence[SessionEvent], who: str
    ) -> tuple[Recorded, ...]:
        at, who = moment_of(milliseconds(self._now())), clean_name(who)
        return tuple(
            Recorded(session, number, at, who, as_kept(event))
            for number, event in enumerate(events, after + 1)
        )

    def number(self, connection: Connection, session: str) -> int:
        """The number that a session's rows stand under. Raises :class:`UnknownSession`."""
        from sqlalchemy import select

        from tshoot.session.tables import sessions

        wanted = select(sessions.c.id).where(sessions.c.session == session)
        number: int | None = connection.execute(wanted).scalar()
        if number is None:
            raise UnknownSession(f"There is no session {session}.")
        return number

    def _row(self, connection: Connection, session: str) -> SessionRow:
        from sqlalchemy import select

        from tshoot.session.tables import sessions

        stored = connection.execute(select(sessions).where(sessions.c.session == session)).mappings().first()
        if stored is None:
            raise UnknownSession(f"There is no session {session}.")
        return row_of(stored)
