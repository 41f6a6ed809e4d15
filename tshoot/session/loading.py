"""Many sessions at once, from an export: the way from one store to another, and quicker than one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING

from tshoot.diagnosis.reading import number_at, text_at, time_at
from tshoot.session.errors import SessionError
from tshoot.session.events_json import as_kept, clean_name, event_from
from tshoot.session.exporting import SCHEMA
from tshoot.session.failures import said_plainly
from tshoot.session.fixing import fix_values, fixes_of
from tshoot.session.model import Recorded
from tshoot.session.names import is_name
from tshoot.session.row import SessionRow, advanced
from tshoot.session.rows import day_of, event_values, row_values
from tshoot.session.words import merged, words_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tshoot.session.store import Store

AT_ONCE = 1000
"""Sessions in one transaction."""


class BadExport(SessionError):
    """A line that is no event of an export."""


def recorded_from(lines: Iterable[str]) -> Iterator[Recorded]:
    """The events of an export, in its order. Raises :class:`BadExport` with the line's number."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _recorded(number, line)


def load(store: Store, events: Iterable[Recorded]) -> tuple[int, int]:
    """Add whole sessions, whose events stand together and in order; returns how many were added and known.

    A session whose name the store has already is left as it is there.
    """
    added = known = 0
    some: list[list[Recorded]] = []
    for _, of_one in groupby(events, key=lambda recorded: recorded.session):
        some.append(_numbered(list(of_one)))
        if len(some) == AT_ONCE:
            new = _load_some(store, some)
            added, known, some = added + new, known + len(some) - new, []
    new = _load_some(store, some)
    _look_over(store)
    return added + new, known + len(some) - new


def _look_over(store: Store) -> None:
    """Let the database see what has come, so that it is as quick at once as it is in the long run."""
    if store.engine.dialect.name == "sqlite":
        with store.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
        return
    alone = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with said_plainly(store.place), alone.connect() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM (ANALYZE) sessions, events, texts, fixes")
        connection.invalidate()  # The pool is not to hand out one without a limit.


def _load_some(store: Store, some: Sequence[Sequence[Recorded]]) -> int:
    with store.writing() as connection:
        there = _there(connection, [events[0].session for events in some])
        new = [events for events in some if events[0].session not in there]
        if new:
            _add(connection, new)
    return len(new)


def _there(connection: Connection, names: Sequence[str]) -> frozenset[str]:
    from sqlalchemy import select

    from tshoot.session.tables import sessions

    found: set[str] = set()
    for start in range(0, len(names), 500):
        wanted = select(sessions.c.session).where(sessions.c.session.in_(names[start : start + 500]))
        found.update(connection.execute(wanted).scalars())
    return frozenset(found)


def _add(connection: Connection, new: Sequence[Sequence[Recorded]]) -> None:
    from sqlalchemy import insert

    from tshoot.session.tables import events, fixes, sessions, texts

    rows = [_row(of_one) for of_one in new]
    numbered = insert(sessions).returning(sessions.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(numbered, [row_values(row) for row in rows]).scalars().all()
    pairs = list(zip(numbers, new, strict=True))
    connection.execute(
        insert(texts),
        [
            {"session": number, "words": merged("", words_in(each.event for each in of_one))}
            for number, of_one in pairs
        ],
    )
    stored = [event_values(number, recorded) for number, of_one in pairs for recorded in of_one]
    connection.execute(insert(events), stored)
    lines = zip(numbers, rows, new, strict=True)
    tried = [
        fix_values(number, day_of(row.opened), one)
        for number, row, of_one in lines
        for one in fixes_of(of_one)
    ]
    if tried:
        connection.execute(insert(fixes), tried)


def _row(events: Sequence[Recorded]) -> SessionRow:
    row = SessionRow(events[0].session)
    for recorded in events:
        row = advanced(row, recorded)
    return row


def _numbered(events: Sequence[Recorded]) -> list[Recorded]:
    if [recorded.number for recorded in events] != list(range(1, len(events) + 1)):
        raise BadExport(f"The events of session {events[0].session} are not complete, or not in order.")
    return list(events)


def _recorded(number: int, line: str) -> Recorded:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    session, at, place = text_at(data, "session"), time_at(data, "at"), number_at(data, "number")
    if text_at(data, "schema") != SCHEMA or not is_name(session) or at is None or place is None:
        raise BadExport(f"Line {number} is no event of an export ({SCHEMA}).")
    event = as_kept(event_from(text_at(data, "event"), data.get("data")))
    return Recorded(session, int(place), at.astimezone(UTC), clean_name(text_at(data, "who")), event)
