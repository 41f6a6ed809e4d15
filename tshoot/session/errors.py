"""What can go wrong with the record of sessions. Every message is a sentence for people.

``SessionError``
  ├─ ``UnknownSession``    no session has that name, or several begin with it
  ├─ ``Conflict``          somebody else added to the session first
  └─ ``StoreError``        the store itself
       ├─ ``BadAddress``     the address names no database that can be used
       ├─ ``DriverMissing``  the PostgreSQL driver is not installed
       ├─ ``NotWritable``    the folder or the file can't be written
       ├─ ``DiskFull``       there is no room left
       ├─ ``Busy``           another program keeps the database locked
       ├─ ``Damaged``        the file is no database, or a broken one
       ├─ ``NewerSchema``    a newer version of this program has used it
       └─ ``NoConnection``   the database server can't be reached
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tshoot.session.model import Recorded


class SessionError(Exception):
    """Something about the record of sessions went wrong."""


class UnknownSession(SessionError):
    """No session has that name, or it is not clear which one is meant."""


class Conflict(SessionError):
    """Somebody else added to the session first; nothing was written. ``newer`` are the events added since."""

    def __init__(self, session: str, newer: Sequence[Recorded]) -> None:
        who = next((recorded.who for recorded in reversed(newer) if recorded.who), "")
        super().__init__(f"{who or 'Somebody else'} has gone on with session {session} meanwhile.")
        self.session, self.newer = session, tuple(newer)


class StoreError(SessionError):
    """The store can't be used."""


class BadAddress(StoreError):
    """The address names no database that can be used."""


class DriverMissing(StoreError):
    """The PostgreSQL driver is not installed."""


class NotWritable(StoreError):
    """The folder or the file can't be written."""


class DiskFull(StoreError):
    """There is no room left."""


class Busy(StoreError):
    """Another program keeps the database locked."""


class Damaged(StoreError):
    """The file is no database, or a broken one."""


class NewerSchema(StoreError):
    """A newer version of this program has used the database."""


class NoConnection(StoreError):
    """The database server can't be reached."""
