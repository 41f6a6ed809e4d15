"""Adding events: the only way in which anything changes. All of it is one transaction.

The session's line is locked first; two who add at once come one after the other, and the second finds
another last number than it counts on. The key (session, number) would refuse it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tshoot.guide.model import WentBack
from tshoot.session.errors import Conflict, UnknownSession
from tshoot.session.fixing import TELLS_NOTHING, fix_values, fixes_of
from tshoot.session.model import Recorded, Walked
from tshoot.session.row import SessionRow, advanced
from tshoot.session.rows import day_of, event_values, recorded_of, row_of, row_values
from tshoot.session.words import merged, words_in

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable, Insert, Select
    from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Known:
    """What follows from a session's events up to ``row.last``, and the number it is stored under.

    Events never change, so this holds for ever; only the session may have grown since.
    """

    number: int
    row: SessionRow
    words: str

    def grown(self, new: Sequence[Recorded]) -> Known:
        """The same after more events."""
        return Known(self.number, _advanced(self.row, new), _words(self.words, new))

    def changed(self, before: Known) -> dict[str, Any]:
        """The columns of the session's line that differ."""
        old = row_values(before.row)
        return {name: value for name, value in row_values(self.row).items() if value != old[name]}


def add_session(connection: Connection, new: Sequence[Recorded]) -> Known:
    """A new session with its first events."""
    from sqlalchemy import insert

    from tshoot.session.tables import sessions, texts

    row, words = _advanced(SessionRow(new[0].session), new), _words("", new)
    done = connection.execute(insert(sessions).values(**row_values(row)))
    number: int = done.inserted_primary_key[0] if done.inserted_primary_key else 0
    connection.execute(insert(texts).values(session=number, words=words))
    _add_events(connection, number, row, new)
    return Known(number, row, words)


def add_events(connection: Connection, session: str, after: int, new: Sequence[Recorded]) -> Known:
    """More events, numbered on from ``after``. Raises :class:`Conflict`, :class:`UnknownSession`."""
    from sqlalchemy import update

    from tshoot.session.tables import sessions, texts

    known = _locked(connection, session)
    if known.row.last != after:
        raise Conflict(session, events_after(connection, known.number, session, after))
    grown = known.grown(new)
    of_this = sessions.c.id == known.number
    connection.execute(update(sessions).where(of_this).values(**grown.changed(known)))
    if grown.words != known.words:
        connection.execute(update(texts).where(texts.c.session == known.number).values(words=grown.words))
    _add_events(connection, known.number, grown.row, new)
    return grown


def events_after(connection: Connection, number: int, session: str, after: int) -> tuple[Recorded, ...]:
    """The events of a session from ``after`` on, in order."""
    from sqlalchemy import select

    from tshoot.session.tables import events

    wanted = (
        select(events).where(events.c.session == number, events.c.number > after).order_by(events.c.number)
    )
    return tuple(recorded_of(session, stored) for stored in connection.execute(wanted).mappings())


@cache
def _locking() -> Select[Any]:
    """Made once: building a statement takes as long as running it."""
    from sqlalchemy import bindparam, select

    from tshoot.session.tables import sessions, texts

    return (
        select(sessions, texts.c.words)
        .join(texts, texts.c.session == sessions.c.id)
        .where(sessions.c.session == bindparam("name"))
        .with_for_update(of=sessions)
    )


def _locked(connection: Connection, session: str) -> Known:
    stored = connection.execute(_locking(), {"name": session}).mappings().first()
    if stored is None:
        raise UnknownSession(f"There is no session {session} any more.")
    return Known(stored["id"], row_of(stored), stored["words"])


def _advanced(row: SessionRow, new: Sequence[Recorded]) -> SessionRow:
    for recorded in new:
        row = advanced(row, recorded)
    return row


def _words(known: str, new: Sequence[Recorded]) -> str:
    return merged(known, words_in(recorded.event for recorded in new))


def _add_events(connection: Connection, number: int, row: SessionRow, new: Sequence[Recorded]) -> None:
    from sqlalchemy import insert

    from tshoot.session.tables import events

    connection.execute(insert(events), [event_values(number, recorded) for recorded in new])
    walked = [recorded.event for recorded in new if isinstance(recorded.event, Walked)]
    if any(isinstance(event.event, WentBack) for event in walked):
        count_fixes(connection, number, row.session, day_of(row.opened))
        return
    for event in walked:
        if event.tried is not None:
            connection.execute(keeping_fix(connection, fix_values(number, day_of(row.opened), event.tried)))


def count_fixes(connection: Connection, number: int, session: str, day: int) -> None:
    """Count the fixes of a session anew, from all of its events."""
    from sqlalchemy import delete, insert

    from tshoot.session.tables import fixes

    connection.execute(delete(fixes).where(fixes.c.session == number))
    found = fixes_of(events_after(connection, number, session, 0))
    if found:
        connection.execute(insert(fixes), [fix_values(number, day, tried) for tried in found])


def keeping_fix(connection: Connection, values: Mapping[str, Any]) -> Executable:
    """Keeps what a check said of a fix."""
    from sqlalchemy.dialects import postgresql, sqlite

    from tshoot.session.tables import fixes

    if connection.dialect.name == "postgresql":
        return correcting(postgresql.insert(fixes).values(**values))
    return correcting(sqlite.insert(fixes).values(**values))


def correcting(adding: postgresql.Insert | sqlite.Insert) -> Insert:
    """The same, where an earlier check is corrected by a later one, unless that can't tell."""
    said = adding.excluded
    return adding.on_conflict_do_update(
        index_elements=["session", "line"],
        set_={name: said[name] for name in ("flow", "step", "result", "day")},
        where=said.result != TELLS_NOTHING,
    )
