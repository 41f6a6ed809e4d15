"""Turns what a database driver says into this package's errors, with sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tshoot.session.errors import (
    Busy,
    Damaged,
    DiskFull,
    NoConnection,
    NotWritable,
    StoreError,
)
from tshoot.text import display_text

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_SQLITE: dict[int, tuple[type[StoreError], str]] = {
    5: (Busy, "Another program is using {place} and does not let go of it. Close it and try again."),
    6: (Busy, "Another program is using {place} and does not let go of it. Close it and try again."),
    8: (
        NotWritable,
        "{place} can't be written. Check its permissions, or set TSHOOT_DATA_DIR to a folder of yours.",
    ),
    10: (NotWritable, "{place} can't be read or written: the disk reports an error, or is full."),
    11: (Damaged, "{place} is damaged. Move it away, and a new one is made."),
    13: (DiskFull, "There is no room left on the disk of {place}."),
    14: (
        NotWritable,
        "{place} can't be opened. Check its permissions, or set TSHOOT_DATA_DIR to a folder of yours.",
    ),
    23: (
        NotWritable,
        "{place} can't be opened. Check its permissions, or set TSHOOT_DATA_DIR to a folder of yours.",
    ),
    26: (
        Damaged,
        "{place} is no record of sessions. Name another file, or move it away, and a new one is made.",
    ),
}
"""SQLite's primary result codes (sqlite.org/rescode.html)."""
_POSTGRES: dict[str, tuple[type[StoreError], str]] = {
    "53": (DiskFull, "The database server at {place} has no room left."),
    "28": (NoConnection, "The database server at {place} does not let this user in. Check the address."),
    "3D": (NoConnection, "There is no such database at {place}. Check the address, or create it."),
    "42501": (NotWritable, "This user may not write to the database at {place}."),
    "25006": (NotWritable, "The database at {place} can only be read."),
    "55": (Busy, "The database at {place} is locked by another program. Try again."),
    "40": (Busy, "The database at {place} is busy. Try again."),
    "57014": (Busy, "The database at {place} took too long. Try again."),
}
"""PostgreSQL's SQLSTATE codes or their classes (postgresql.org/docs/15/errcodes-appendix.html)."""


@contextmanager
def said_plainly(place: str) -> Iterator[None]:
    """Raise :class:`StoreError` for whatever the database says inside. ``place`` is its file or server.

    IntegrityError comes as it is: that a key is taken is for whoever chose it.
    """
    from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError

    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _plain(error, place) from error
    except TimeoutError as error:
        raise Busy(f"No connection to {place} got free in time. Try again.") from error


def _plain(error: DBAPIError, place: str) -> StoreError:
    original: Any = error.orig
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int):
        if code & 0xFF not in _SQLITE:
            return StoreError(f"{place}: {_said(original)}.")
        kind, words = _SQLITE[code & 0xFF]
        return kind(words.format(place=place))
    state = str(getattr(original, "sqlstate", None) or "")
    for known in (state, state[:2]):
        if known in _POSTGRES:
            kind, words = _POSTGRES[known]
            return kind(words.format(place=place))
    if error.connection_invalidated or not state or state.startswith(("08", "57P")):
        return NoConnection(
            f"No connection to the database at {place}: {_said(original)}."
            " Check the address, and that the server runs."
        )
    return StoreError(f"{place}: {_said(original)}.")


def _said(error: Any) -> str:
    """The driver's own words in short: its last "failed:" tells the reason."""
    words = display_text(str(error).strip().partition("\n")[0])
    reason = words.rpartition("failed: ")[2].removeprefix("FATAL:")
    return reason.strip().rstrip(".")
