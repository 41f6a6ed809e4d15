"""Connections: how each database has to be set up so that what was acknowledged is there."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.session.address import parsed, place_of
from tshoot.session.errors import Damaged, DriverMissing, NotWritable

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

BUSY_SECONDS = 5.0
"""How long one waits for another program's write to end. One write takes milliseconds."""
CONNECT_SECONDS = 5
"""How long a server may take to answer."""
STATEMENT_SECONDS = 30
"""The longest a server may work on one statement; far above any that this program asks for."""
POOL_SIZE = 5
_AGAIN_SECONDS = 0.02
_PRIMARY = 0xFF
"""An extended error code of SQLite holds the plain one in its lowest byte (sqlite.org/rescode.html)."""


def connect(address: str | Path | None, pool_size: int = POOL_SIZE) -> tuple[Engine, str]:
    """An engine for the address, and the place as it may be shown. Nothing is created but the folder.

    Raises :class:`StoreError`.
    """
    url = parsed(address)
    if url.drivername == "sqlite":
        return _sqlite(url), place_of(url)
    return _postgres(url, pool_size), place_of(url)


def _sqlite(url: URL) -> Engine:
    from sqlalchemy import create_engine, event

    _make_file(Path(url.database or ""))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    """A file that only its owner can read: what people typed is in it. SQLite's other files follow it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise NotWritable(
            f"{path} can't be made ({error.strerror}). Set TSHOOT_DATA_DIR to a folder of yours."
        ) from None


def _set_up_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    _refuse_foreign(cursor)
    write_ahead(cursor)
    # FULL: a commit is on the disk when it returns, also after a power failure. Deleted text is overwritten.
    for pragma in (
        "synchronous=FULL",
        "fullfsync=ON",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_foreign(cursor: sqlite3.Cursor) -> None:
    """Raises :class:`Damaged`, before anything is changed, for a database that holds something else."""
    from tshoot.session.tables import versions

    tables = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and versions.name not in tables:
        place = cursor.execute("PRAGMA database_list").fetchone()[2]
        raise Damaged(f"{place} belongs to another program. It was left as it is. Name another file.")


def write_ahead(cursor: sqlite3.Cursor) -> None:
    """Switch to write-ahead logging. Raises ``OperationalError`` where others hold the file for too long.

    Two that make a new file at once can each hold what the other one waits for; SQLite then refuses one of
    them without waiting for ``timeout``.
    """
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
        time.sleep(_AGAIN_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    # A write takes the lock at once: one that has read first could not wait for another one's end.
    writes = connection.get_execution_options().get("tshoot_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: URL, pool_size: int) -> Engine:
    from sqlalchemy import create_engine

    try:
        return create_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_use_lifo=True,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "application_name": "tshoot",
                "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c synchronous_commit=on",
            },
        )
    except ModuleNotFoundError:
        raise DriverMissing(
            "The PostgreSQL driver is not installed. Install the extra with: pip install 'tshoot[postgres]'."
        ) from None


def connected(engine: Engine) -> Connection:
    """A connection that works: one to a server may have died in the pool, and is then made anew."""
    from sqlalchemy.exc import DBAPIError

    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        return connection
    try:
        connection.exec_driver_sql("SELECT 1")
    except DBAPIError as error:
        connection.close()
        if not error.connection_invalidated:
            raise
        return engine.connect()
    return connection


def writing(engine: Engine) -> Engine:
    """The engine for transactions that write."""
    return engine.execution_options(tshoot_writes=True)
