"""Sessions as JSON lines: one event a line, in order, so that any program can read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tshoot.session.rows import moment_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = "tshoot.events/1"


def exported(connection: Connection, number: int | None = None) -> Iterator[str]:
    """A line for each event, session by session, the oldest first; only of the session ``number``."""
    from sqlalchemy import select

    from tshoot.session.tables import events, sessions

    wanted = (
        select(
            sessions.c.session, events.c.number, events.c.at, events.c.who, events.c.kind, events.c.payload
        )
        .join(events, events.c.session == sessions.c.id)
        .order_by(events.c.session, events.c.number)
    )
    wanted = wanted.where(events.c.session == number) if number is not None else wanted
    stored = connection.execution_options(stream_results=True, max_row_buffer=1000).execute(wanted)
    for row in stored.mappings():
        yield json.dumps(_line(row), ensure_ascii=False)


def _line(row: Any) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "session": row["session"],
        "number": row["number"],
        "at": moment_of(row["at"]).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "who": row["who"],
        "event": row["kind"],
        "data": json.loads(row["payload"]),
    }
