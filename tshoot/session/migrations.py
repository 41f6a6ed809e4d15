"""Brings a database to the newest schema, one numbered step after another.

A new database gets today's tables at once. An older one walks the steps it lacks, inside one transaction and
under a lock, so that two programs that start together do it once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tshoot.session.errors import NewerSchema

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Step = Callable[["Connection"], None]


_OUTBOX = (
    "CREATE TABLE outbox (key TEXT NOT NULL PRIMARY KEY,"
    " session BIGINT NOT NULL REFERENCES sessions (id), body TEXT NOT NULL, state TEXT NOT NULL,"
    " attempts INTEGER NOT NULL, due BIGINT NOT NULL, until BIGINT NOT NULL, told TEXT NOT NULL)",
    "CREATE INDEX outbox_by_due ON outbox (state, due)",
)


def _add_outbox(connection: Connection) -> None:
    for statement in _OUTBOX:
        connection.exec_driver_sql(statement)


def _count_fixes_once(connection: Connection) -> None:
    """A fix counted for every check after it; now once each time it was done."""
    from sqlalchemy import select

    from tshoot.session.adding import count_fixes
    from tshoot.session.tables import fixes, sessions

    counted = select(fixes.c.session).distinct()
    wanted = select(sessions.c.id, sessions.c.session, sessions.c.day).where(sessions.c.id.in_(counted))
    for number, session, day in connection.execute(wanted).all():
        count_fixes(connection, number, session, day)


_TOOK = (
    "ALTER TABLE sessions ADD COLUMN took FLOAT NOT NULL DEFAULT 0",
    "UPDATE sessions SET took = seconds WHERE state <> 'open'",
    "DROP INDEX sessions_by_length",
    "CREATE INDEX sessions_by_length ON sessions (state, took, day)",
)


def _add_took(connection: Connection) -> None:
    """A call takes from its beginning to its end, which only its events tell."""
    from sqlalchemy import select, update

    from tshoot.session.adding import events_after
    from tshoot.session.row import SessionRow, advanced
    from tshoot.session.tables import sessions

    for statement in _TOOK:
        connection.exec_driver_sql(statement)
    calls = select(sessions.c.id, sessions.c.session).where(sessions.c.kind == "desk")
    for number, session in connection.execute(calls).all():
        row = SessionRow(session)
        for recorded in events_after(connection, number, session, 0):
            row = advanced(row, recorded)
        connection.execute(update(sessions).where(sessions.c.id == number).values(took=row.took))


STEPS: Sequence[Step] = (_add_outbox, _count_fixes_once, _add_took)
"""What leads on from version 1: the first entry makes version 2, and so on. Only ever added to."""
_LOCK = 0x7473686F6F74
"""Any number of our own, for PostgreSQL's advisory lock."""


def migrate(engine: Engine, steps: Sequence[Step] = STEPS) -> None:
    """Create the tables, or bring them up to date. Raises :class:`NewerSchema`; DBAPIError as it comes."""
    from tshoot.session.database import writing
    from tshoot.session.tables import create

    newest = len(steps) + 1
    with engine.connect() as connection:
        if _version(connection) == newest:
            return
    with writing(engine).begin() as connection:
        _lock(connection)
        version = _version(connection)
        if version > newest:
            raise NewerSchema(
                "A newer version of this program has used this record of sessions. Update this program."
            )
        if version == 0:
            create(connection)
        for step in steps[max(0, version - 1) :] if version else ():
            step(connection)
        if version < newest:
            _stamp(connection, newest)


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _version(connection: Connection) -> int:
    from sqlalchemy import func, inspect, select

    from tshoot.session.tables import versions

    if not inspect(connection).has_table(versions.name):
        return 0
    return connection.execute(select(func.max(versions.c.version))).scalar() or 0


def _stamp(connection: Connection, version: int) -> None:
    from sqlalchemy import insert

    from tshoot.session.tables import versions

    connection.execute(insert(versions).values(version=version, applied=round(time.time() * 1000)))
