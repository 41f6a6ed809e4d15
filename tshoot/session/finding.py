"""Which sessions have the words somebody looks for.

Two ways give the same: the word index, whose every match is then looked up; and reading the sessions in
their order until a page is full. Few matches are quicker by the index, many by reading; so they are counted
first, which the index does without touching a session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tshoot.session.words import words_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

MANY = 1500
"""Matches from which on reading in order is quicker (benchmarks/store_speed.py)."""


def with_words(connection: Connection, text: str, *, page: bool) -> ColumnElement[bool]:
    """The condition on a session that every word of ``text`` begins one of its own.

    ``page``: only a page of them is wanted, in order; else all of them, which SQLite's index always gives
    quicker. PostgreSQL's does not: it works out every word list anew where most sessions match.
    """
    from sqlalchemy import false, func, select

    from tshoot.session.tables import sessions, texts

    words = sorted(words_of(text))
    if not words:
        return false()
    index = _by_index(words, connection.dialect.name)
    postgres = connection.dialect.name == "postgresql"
    counted = select(func.count()).select_from(index.limit(MANY).subquery())
    if not (page or postgres) or connection.execute(counted).scalar_one() < MANY:
        return sessions.c.id.in_(index)
    position = func.strpos if postgres else func.instr
    here = [position(" " + texts.c.words, f" {word}") > 0 for word in words]
    return select(texts.c.session).where(texts.c.session == sessions.c.id, *here).exists()


def _by_index(words: Sequence[str], dialect: str) -> Select[Any]:
    from sqlalchemy import cast, column, literal_column, select, table
    from sqlalchemy.dialects.postgresql import TSQUERY

    from tshoot.session.tables import LEXEMES, texts

    # Only letters and digits are left in a word, so none of them can mean anything to either database.
    if dialect == "postgresql":
        wanted = cast(" & ".join(f"'{word}':*" for word in words), TSQUERY)
        return select(texts.c.session).where(literal_column(LEXEMES).op("@@")(wanted))
    index = table("search", column("rowid"), column("search"))
    return select(index.c.rowid).where(
        index.c.search.op("MATCH")(" AND ".join(f'"{word}" *' for word in words))
    )
