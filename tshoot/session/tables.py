"""The tables, the same in SQLite and PostgreSQL. Times are milliseconds since 1970 in UTC, days likewise.

``events`` is the truth and only ever grows; the others follow from it and are kept in the same transaction:
``sessions`` (a line each), ``texts`` (its words, for the search), ``fixes`` (each fix and what its check
said, for the figures). ``outbox`` holds tickets on their way to a webhook (:mod:`tshoot.desk.outbox`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")

versions = Table(
    "tshoot_schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("applied", BigInteger, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("session", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("flow", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("at_flow", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("last", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("took", Float, nullable=False),
    Column("answered", Integer, nullable=False),
)
events = Table(
    "events",
    metadata,
    Column("session", _Id, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
)
texts = Table(
    "texts",
    metadata,
    Column("session", _Id, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)
fixes = Table(
    "fixes",
    metadata,
    Column("session", _Id, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("flow", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("day", Integer, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("session", _Id, ForeignKey("sessions.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("told", Text, nullable=False),
)
Index("outbox_by_due", outbox.c.state, outbox.c.due)
Index("sessions_by_state", sessions.c.state, sessions.c.updated)
Index("sessions_by_time", sessions.c.updated)
# For the figures, which are read from these alone: each ends with the day, by which a period is cut out.
Index("sessions_by_day", sessions.c.day)
Index("sessions_by_cause", sessions.c.cause, sessions.c.state, sessions.c.day)
Index("sessions_by_length", sessions.c.state, sessions.c.took, sessions.c.day)
Index("fixes_by_step", fixes.c.flow, fixes.c.step, fixes.c.result, fixes.c.day)

LEXEMES = "array_to_tsvector(string_to_array(words, ' '))"
"""The words as PostgreSQL searches them; the index and the query must say the same."""

_SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='texts', content_rowid='session',"
    " tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0)",
    "CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN"
    " INSERT INTO search(rowid, words) VALUES (new.session, new.words); END",
    "CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN"
    " INSERT INTO search(search, rowid, words) VALUES ('delete', old.session, old.words);"
    " INSERT INTO search(rowid, words) VALUES (new.session, new.words); END",
    "CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN"
    " INSERT INTO search(search, rowid, words) VALUES ('delete', old.session, old.words); END",
)
# Without fastupdate: every search would read a list of what was not sorted in yet, which takes half a second.
_SEARCH_POSTGRES = (f"CREATE INDEX texts_search ON texts USING gin ({LEXEMES}) WITH (fastupdate = off)",)


def create(connection: Connection) -> None:
    """Create every table and what the search needs."""
    metadata.create_all(connection)
    postgres = connection.dialect.name == "postgresql"
    for statement in _SEARCH_POSTGRES if postgres else _SEARCH_SQLITE:
        connection.exec_driver_sql(statement)
