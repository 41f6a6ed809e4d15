"""Where the sessions are kept: a file of this user, or a PostgreSQL server by address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.paths import data_folder
from tshoot.session.errors import BadAddress

if TYPE_CHECKING:
    from sqlalchemy import URL

FILE_NAME = "sessions.db"
_POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}


def default_file() -> Path:
    """The file that holds the sessions where no address is set."""
    return data_folder() / FILE_NAME


def parsed(address: str | Path | None) -> URL:
    """The database behind an address: a path, ``sqlite:///PATH``, or ``postgresql://…``.

    Raises :class:`BadAddress`.
    """
    from sqlalchemy import URL
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    if address is None or isinstance(address, Path) or "://" not in address:
        path = _typed(address) if address is not None else default_file()
        return URL.create("sqlite", database=str(path))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise BadAddress(
            "The address of the store can't be read. It looks like postgresql://user@host/name."
        ) from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if not url.database or url.database == ":memory:":
            raise BadAddress("The address of the store names no file.")
        return URL.create("sqlite", database=url.database)
    if url.drivername not in _POSTGRES:
        raise BadAddress(
            f"'{url.drivername}' is no database that can be used. Give a file, or postgresql://user@host/name."
        )
    return url.set(drivername="postgresql+psycopg")


def missing_file(address: str | Path) -> Path | None:
    """The file that an address names and that is not there. Raises :class:`BadAddress`."""
    url = parsed(address)
    path = Path(url.database or "") if url.drivername == "sqlite" else None
    return path if path is not None and not path.exists() else None


def place_of(url: URL) -> str:
    """The file or server as it may be shown: without user and password."""
    if url.drivername == "sqlite":
        return url.database or ""
    port = f":{url.port}" if url.port else ""
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}{port}/{url.database or ''}"


def _typed(address: str | Path) -> Path:
    try:
        return Path(address).expanduser()
    except RuntimeError:
        raise BadAddress(f"There is no home folder {Path(address).parts[0]} for the store.") from None
