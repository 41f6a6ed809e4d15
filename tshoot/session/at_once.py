"""Adding events to a session on PostgreSQL in one statement, which is one way to the server and back.

It takes what is known of the session from the last time, and adds only where the session has not grown
since. Where nothing is known, or it has grown, :mod:`tshoot.session.adding` does it step by step.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from tshoot.session.adding import Known
from tshoot.session.model import Recorded, Walked
from tshoot.session.rows import event_values

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.sql.dml import ReturningInsert

MOST_KNOWN = 500
"""Sessions remembered; an agent has a handful of them open."""


_COLUMNS = ("number", "at", "who", "kind", "payload")


class Remembered:
    """What is known of the sessions written to last, by their names. Any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = Lock()

    def keep(self, known: Known) -> None:
        """Remember this in place of what was known of the session."""
        with self._lock:
            self._known[known.row.session] = known
            self._known.move_to_end(known.row.session)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)

    def after(self, session: str, number: int) -> Known | None:
        """What is known of the session up to exactly this event."""
        with self._lock:
            known = self._known.get(session)
        return known if known is not None and known.row.last == number else None


def fits(new: Sequence[Recorded]) -> bool:
    """True where the events touch nothing but line, words and events: a fix is kept in a table of its own."""
    return not any(isinstance(each.event, Walked) and _touches_fixes(each.event) for each in new)


def add_at_once(connection: Connection, known: Known, new: Sequence[Recorded]) -> Known | None:
    """Add the events after ``known``; None where the session has grown or is gone: then nothing was done."""
    grown = known.grown(new)
    changed, new_words = grown.changed(known), grown.words != known.words
    values: dict[str, Any] = {f"line_{name}": value for name, value in changed.items()}
    for place, recorded in enumerate(new):
        stored = event_values(known.number, recorded)
        values.update({f"event{place}_{name}": stored[name] for name in _COLUMNS})
    if new_words:
        values["new_words"] = grown.words
    adding = _statement(tuple(changed), len(new), new_words)
    added = connection.execute(adding, {**values, "of": known.number, "after": known.row.last}).all()
    return grown if added else None


@lru_cache(256)
def _statement(changed: tuple[str, ...], count: int, new_words: bool) -> ReturningInsert[Any]:
    """Made once for the columns that change: building a statement takes as long as running it."""
    from sqlalchemy import bindparam, insert, select, union_all, update

    from tshoot.session.tables import events, sessions, texts

    of_this = (sessions.c.id == bindparam("of"), sessions.c.last == bindparam("after"))
    columns = {name: bindparam(f"line_{name}", type_=sessions.c[name].type) for name in changed}
    line = update(sessions).where(*of_this).values(columns).returning(sessions.c.id).cte("line")
    rows = [
        select(
            line.c.id, *(bindparam(f"event{place}_{name}", type_=events.c[name].type) for name in _COLUMNS)
        )
        for place in range(count)
    ]
    adding = insert(events).from_select(["session", *_COLUMNS], rows[0] if count == 1 else union_all(*rows))
    if new_words:
        words = update(texts).where(texts.c.session == line.c.id).values(words=bindparam("new_words"))
        adding = adding.add_cte(words.cte("words"))
    return adding.returning(events.c.number)


def _touches_fixes(event: Walked) -> bool:
    from tshoot.guide.model import WentBack

    return event.tried is not None or isinstance(event.event, WentBack)
