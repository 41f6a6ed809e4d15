"""Which sessions are shown: filters, words, order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from tshoot.session.row import OPEN
from tshoot.session.rows import milliseconds

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

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


def selected(connection: Connection, filters: Filters, *, page: bool = False) -> Select[Any]:
    """The lines of ``sessions`` that pass the filters; ``page`` where only a page of them is wanted."""
    from sqlalchemy import select

    from tshoot.session.finding import with_words
    from tshoot.session.tables import sessions

    wanted = select(sessions).where(*_conditions(filters))
    if not filters.words.strip():
        return wanted
    return wanted.where(with_words(connection, filters.words, page=page))


def ordered(wanted: Select[Any], order: Order, limit: int | None, offset: int) -> Select[Any]:
    """In order, and cut to a page. Equal ones stand by age, so that pages never overlap."""
    from sqlalchemy import func

    from tshoot.session.tables import sessions

    column = sessions.c[order]
    first = column.desc() if order in _GREATEST_FIRST else func.lower(column).asc()
    return wanted.order_by(first, sessions.c.id.desc()).limit(limit).offset(offset or None)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
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
    return found
