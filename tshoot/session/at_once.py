"""Adding to PostgreSQL in one statement, which is one way to the server and back.

An append takes what is known of the session from the last time, and adds only where the session has not
grown since. Where nothing is known, or the person went back, :mod:`tshoot.session.adding` does it step by
step.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tshoot.guide.model import WentBack
from tshoot.session.adding import Known, correcting
from tshoot.session.errors import Conflict
from tshoot.session.fixing import fix_values
from tshoot.session.model import Recorded, Walked
from tshoot.session.row import SessionRow
from tshoot.session.rows import day_of, event_values, recorded_of, row_values

if TYPE_CHECKING:
    from sqlalchemy import CTE, Connection, Engine, Insert, Select
    from sqlalchemy.sql.dml import ReturningInsert

_EVENT = ("number", "at", "who", "kind", "payload")
_FIX = ("line", "flow", "step", "result", "day")


def fits(engine: Engine, new: Sequence[Recorded]) -> bool:
    """True where these events can be added at once: nothing is undone, and one fix is told of at most."""
    walked = [recorded.event for recorded in new if isinstance(recorded.event, Walked)]
    undone = any(isinstance(event.event, WentBack) for event in walked)
    fixes = sum(event.tried is not None for event in walked)
    return engine.dialect.name == "postgresql" and not undone and fixes <= 1


def create_at_once(connection: Connection, new: Sequence[Recorded]) -> Known:
    """A new session with its first events. Raises IntegrityError where its name is taken."""
    first = Known(0, SessionRow(new[0].session), "").grown(new)
    values = {f"line_{name}": value for name, value in row_values(first.row).items()}
    values |= {**_values(first, new), "new_words": first.words}
    adding = _creation(len(new), _has_fix(new))
    (number, *_) = connection.execute(adding, values).scalars().all()
    return Known(number, first.row, first.words)


def add_at_once(connection: Connection, known: Known, new: Sequence[Recorded]) -> Known | None:
    """Add the events after ``known``. Raises :class:`Conflict` where the session has grown since.

    None where it is gone: then nothing was done.
    """
    grown = known.grown(new)
    changed = grown.changed(known)
    values = {f"line_{name}": value for name, value in changed.items()} | _values(grown, new)
    new_words = grown.words != known.words
    if new_words:
        values["new_words"] = grown.words
    adding = _addition(tuple(changed), len(new), new_words, _has_fix(new))
    if connection.execute(adding, {**values, "of": known.number, "after": known.row.last}).all():
        return grown
    newer = connection.execute(_newer(), {"of": known.number, "after": known.row.last}).mappings().all()
    if newer:
        raise Conflict(known.row.session, [recorded_of(known.row.session, stored) for stored in newer])
    return None


def _has_fix(new: Sequence[Recorded]) -> bool:
    return any(isinstance(each.event, Walked) and each.event.tried is not None for each in new)


def _values(known: Known, new: Sequence[Recorded]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, recorded in enumerate(new):
        stored = event_values(known.number, recorded)
        values |= {f"event{place}_{name}": stored[name] for name in _EVENT}
        if isinstance(recorded.event, Walked) and recorded.event.tried is not None:
            fix = fix_values(known.number, day_of(known.row.opened), recorded.event.tried)
            values |= {f"fix_{name}": fix[name] for name in _FIX}
    return values


@lru_cache(256)
def _addition(changed: tuple[str, ...], count: int, new_words: bool, fix: bool) -> ReturningInsert[Any]:
    """Made once for the columns that change: building a statement takes as long as running it."""
    from sqlalchemy import bindparam, update

    from tshoot.session.tables import sessions, texts

    of_this = (sessions.c.id == bindparam("of"), sessions.c.last == bindparam("after"))
    columns = {name: bindparam(f"line_{name}", type_=sessions.c[name].type) for name in changed}
    line = update(sessions).where(*of_this).values(columns).returning(sessions.c.id).cte("line")
    adding = _events_of(line, count)
    if new_words:
        words = update(texts).where(texts.c.session == line.c.id).values(words=bindparam("new_words"))
        adding = adding.add_cte(words.cte("words"))
    return _finished(adding, line, fix)


@lru_cache(32)
def _creation(count: int, fix: bool) -> ReturningInsert[Any]:
    from sqlalchemy import bindparam, insert, select

    from tshoot.session.tables import sessions, texts

    columns = {
        column.name: bindparam(f"line_{column.name}", type_=column.type)
        for column in sessions.c
        if column.name != "id"
    }
    line = insert(sessions).values(columns).returning(sessions.c.id).cte("line")
    words = select(line.c.id, bindparam("new_words", type_=texts.c.words.type))
    adding = _events_of(line, count).add_cte(
        insert(texts).from_select(["session", "words"], words).cte("words")
    )
    return _finished(adding, line, fix)


def _events_of(line: CTE, count: int) -> Insert:
    from sqlalchemy import insert, union_all

    from tshoot.session.tables import events

    rows = [_selected(line, events, f"event{place}", _EVENT) for place in range(count)]
    return insert(events).from_select(["session", *_EVENT], rows[0] if count == 1 else union_all(*rows))


def _finished(adding: Insert, line: CTE, fix: bool) -> ReturningInsert[Any]:
    from sqlalchemy.dialects.postgresql import insert

    from tshoot.session.tables import events, fixes

    if fix:
        added = insert(fixes).from_select(["session", *_FIX], _selected(line, fixes, "fix", _FIX))
        adding = adding.add_cte(correcting(added).cte("fix"))
    return adding.returning(events.c.session)


def _selected(line: CTE, table: Any, prefix: str, names: tuple[str, ...]) -> Select[Any]:
    from sqlalchemy import bindparam, select

    return select(line.c.id, *(bindparam(f"{prefix}_{name}", type_=table.c[name].type) for name in names))


@lru_cache(1)
def _newer() -> Select[Any]:
    from sqlalchemy import bindparam, select

    from tshoot.session.tables import events

    later = (events.c.session == bindparam("of"), events.c.number > bindparam("after"))
    return select(events).where(*later).order_by(events.c.number)
