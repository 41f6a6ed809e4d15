"""Taking sessions out of the store, so that nothing of them stays: no event, no word in the search."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from tshoot.session.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tshoot.session.store import Store

AT_ONCE = 500
"""Sessions in one statement; SQLite takes at most 999 values in older versions."""


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete the sessions stored under these numbers, and all that follows from them."""
    from sqlalchemy import delete

    from tshoot.session.tables import events, fixes, outbox, sessions, texts

    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        for table in (events, texts, fixes, outbox):
            connection.execute(delete(table).where(table.c.session.in_(some)))
        connection.execute(delete(sessions).where(sessions.c.id.in_(some)))


def forget_old(store: Store, days: int) -> None:
    """Delete what was not used for so many days, in a file of one's own.

    A server is everybody's: what is deleted there is for those who run it (`tshoot sessions prune`).
    """
    if store.engine.dialect.name == "sqlite":
        with suppress(StoreError):  # It is tried again at the next start.
            store.prune(timedelta(days=days))


def leave_no_trace(engine: Engine) -> None:
    """Take what was deleted out of the search's lists and the write-ahead log too.

    SQLite overwrites deleted rows (``secure_delete``), but a word of the search stays in its list until the
    lists are merged, and the log keeps old pages until it is emptied. PostgreSQL's own vacuum does it there.
    """
    if engine.dialect.name != "sqlite":
        return
    from tshoot.session.database import writing

    with writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
