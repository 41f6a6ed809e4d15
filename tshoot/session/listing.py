"""Which sessions are shown: filters, words, order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from tshoot.session.row import OPEN
from tshoot.session.rows import milliseconds
from tshoot.session.words import words_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

Order = Literal["updated", "opened", "label", "service", "topic", "step", "state", "agent", "seconds"]
"""What to order by. Times and seconds: the greatest first; texts: from A on."""
_GREATEST_FIRST = {"updated", "opened", "seconds"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sessions; an empty filter lets all through.

    ``state`` is a state, or ``ended`` for all that are not open. ``words``: every word of it must begin a
    word of the session's labels, notes, titles, topics, causes or summaries.
    """

    state: str = ""
    kind: str = ""
    origin: str = ""
    service: str = ""
    agent: str | None = None
    flow: str = ""
    words: str = ""
    answered: bool = False
    before: datetime | None = None
    since: datetime | None = None


ALL = Filters()


def selected(filters: Filters, dialect: str) -> Select[Any]:
    """The lines of ``sessions`` that pass the filters."""
    from sqlalchemy import select

    from tshoot.session.tables import sessions

    return select(sessions).where(*_conditions(filters, dialect))


def ordered(wanted: Select[Any], order: Order, limit: int | None, offset: int) -> Select[Any]:
    """In order, and cut to a page. Equal ones stand by age, so that pages never overlap."""
    from sqlalchemy import func

    from tshoot.session.tables import sessions

    column = sessions.c[order]
    first = column.desc() if order in _GREATEST_FIRST else func.lower(column).asc()
    return wanted.order_by(first, sessions.c.id.desc()).limit(limit).offset(offset or None)


def _conditions(filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    from tshoot.session.tables import sessions

    columns = sessions.c
    found: list[ColumnElement[bool]] = []
    for name in ("kind", "origin", "service", "flow"):
        if getattr(filters, name):
            found.append(columns[name] == getattr(filters, name))
    if filters.state:
        found.append(columns.state != OPEN if filters.state == "ended" else columns.state == filters.state)
    if filters.agent is not None:
        found.append(columns.agent == filters.agent)
    if filters.answered:
        found.append(columns.answered > 0)
    if filters.before is not None:
        found.append(columns.updated < milliseconds(filters.before))
    if filters.since is not None:
        found.append(columns.updated >= milliseconds(filters.since))
    if filters.words.strip():
        found.append(_with_words(filters.words, dialect))
    return found


def _with_words(text: str, dialect: str) -> ColumnElement[bool]:
    from sqlalchemy import cast, column, false, literal_column, select, table
    from sqlalchemy.dialects.postgresql import TSQUERY

    from tshoot.session.tables import LEXEMES, sessions, texts

    words = sorted(words_of(text))
    if not words:
        return false()
    # Only letters and digits are left in a word, so none of them can mean anything to either database.
    if dialect == "postgresql":
        query = " & ".join(f"'{word}':*" for word in words)
        found = select(texts.c.session).where(literal_column(LEXEMES).op("@@")(cast(query, TSQUERY)))
    else:
        query = " AND ".join(f'"{word}" *' for word in words)
        index = table("search", column("rowid"), column("search"))
        found = select(index.c.rowid).where(index.c.search.op("MATCH")(query))
    return sessions.c.id.in_(found)
