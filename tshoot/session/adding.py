"""Adding events: the only way in which anything changes. All of it is one transaction.

The session's line is locked first; two who add at once come one after the other, and the second finds
another last number than it counts on. The key (session, number) would refuse it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tshoot.session.errors import Conflict, UnknownSession
from tshoot.session.model import Recorded, Walked
from tshoot.session.row import SessionRow, advanced
from tshoot.session.rows import day_of, event_values, recorded_of, row_of, row_values
from tshoot.session.words import merged, words_in

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class _Known:
    """A session before the events are added."""

    number: int
    row: SessionRow
    words: str


def add_session(connection: Connection, new: Sequence[Recorded]) -> None:
    """A new session with its first events."""
    from sqlalchemy import insert

    from tshoot.session.tables import sessions, texts

    row = _advanced(SessionRow(new[0].session), new)
    done = connection.execute(insert(sessions).values(**row_values(row)))
    number: int = done.inserted_primary_key[0] if done.inserted_primary_key else 0
    connection.execute(insert(texts).values(session=number, words=_words("", new)))
    _add_events(connection, number, row, new)


def add_events(connection: Connection, session: str, after: int, new: Sequence[Recorded]) -> None:
    """More events, numbered on from ``after``. Raises :class:`Conflict`, :class:`UnknownSession`."""
    from sqlalchemy import update

    from tshoot.session.tables import sessions, texts

    known = _locked(connection, session)
    if known.row.last != after:
        raise Conflict(session, events_after(connection, known.number, session, after))
    row = _advanced(known.row, new)
    changed = {name: value for name, value in row_values(row).items() if value != row_values(known.row)[name]}
    connection.execute(update(sessions).where(sessions.c.id == known.number).values(**changed))
    words = _words(known.words, new)
    if words != known.words:
        connection.execute(update(texts).where(texts.c.session == known.number).values(words=words))
    _add_events(connection, known.number, row, new)


def events_after(connection: Connection, number: int, session: str, after: int) -> tuple[Recorded, ...]:
    """The events of a session from ``after`` on, in order."""
    from sqlalchemy import select

    from tshoot.session.tables import events

    wanted = (
        select(events).where(events.c.session == number, events.c.number > after).order_by(events.c.number)
    )
    return tuple(recorded_of(session, stored) for stored in connection.execute(wanted).mappings())


def _locked(connection: Connection, session: str) -> _Known:
    from sqlalchemy import select

    from tshoot.session.tables import sessions, texts

    wanted = (
        select(sessions, texts.c.words)
        .join(texts, texts.c.session == sessions.c.id)
        .where(sessions.c.session == session)
        .with_for_update(of=sessions)
    )
    stored = connection.execute(wanted).mappings().first()
    if stored is None:
        raise UnknownSession(f"There is no session {session} any more.")
    return _Known(stored["id"], row_of(stored), stored["words"])


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
    for recorded in new:
        if isinstance(recorded.event, Walked):
            _keep_fix(connection, number, row, recorded.event)


def _keep_fix(connection: Connection, number: int, row: SessionRow, event: Walked) -> None:
    """What going back undid is no fix that was tried; the check that was just made is."""
    from sqlalchemy import delete, insert

    from tshoot.guide.model import WentBack
    from tshoot.session.tables import fixes

    if isinstance(event.event, WentBack) or event.tried is not None:
        connection.execute(delete(fixes).where(fixes.c.session == number, fixes.c.line >= event.keep))
    if event.tried is not None:
        connection.execute(insert(fixes).values(**fix_values(number, row, event)))


def fix_values(number: int, row: SessionRow, event: Walked) -> dict[str, Any]:
    """The columns of ``fixes`` for an event that tells of one."""
    tried = event.tried
    assert tried is not None
    return {
        "session": number,
        "line": tried.line,
        "flow": tried.flow,
        "step": tried.step,
        "result": tried.result,
        "day": day_of(row.opened),
    }
