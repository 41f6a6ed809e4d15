"""The outbox in the store's database: a ticket is on its way until the receiver has it, whoever restarts.

Several desks on one store share it; a claim (see :mod:`tshoot.desk.parcel`) keeps two from sending one parcel
at the same time. What has arrived is not kept: only that it has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tshoot.desk.parcel import UNDER_WAY, Parcel, claimed

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from tshoot.session.store import Store


class StoreOutbox:
    """As :class:`tshoot.desk.courier.Outbox`. Every call may raise :class:`StoreError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, parcel: Parcel) -> Parcel:
        """Keep a parcel; one of the same key is left as it is, and returned.

        Raises :class:`tshoot.session.errors.UnknownSession`.
        """
        from sqlalchemy import insert

        from tshoot.session.tables import outbox

        with self._store.writing() as connection:
            known = _by_key(connection, parcel.key)
            if known is None:
                number = self._store.number(connection, parcel.session)
                connection.execute(insert(outbox).values(session=number, **_values(parcel)))
            return known or parcel

    def claim(self, now: float) -> Parcel | None:
        """The parcel that has been due longest, marked as being sent; None where none is due."""
        from sqlalchemy import select

        from tshoot.session.tables import outbox

        due = (
            select(outbox.c.key)
            .where(outbox.c.state.in_(sorted(UNDER_WAY)), outbox.c.due <= _stored(now))
            .order_by(outbox.c.due)
            .limit(1)
        )
        with self._store.reading() as connection:
            if connection.execute(due).first() is None:
                return None  # Looked at every few seconds: no lock where there is nothing to do.
        with self._store.writing() as connection:
            key = connection.execute(due.with_for_update(skip_locked=True)).scalar()
            parcel = _by_key(connection, key) if key is not None else None
            return self._update(connection, claimed(parcel, now)) if parcel is not None else None

    def settle(self, parcel: Parcel) -> None:
        """Keep how the attempt ended; without effect where it was claimed anew since, or is gone."""
        with self._store.writing() as connection:
            known = _by_key(connection, parcel.key)
            if known is not None and known.state == "sending" and known.attempts == parcel.attempts:
                self._update(connection, parcel)

    def renew(self, parcel: Parcel) -> None:
        """Replace one that was refused or given up, to be tried again."""
        with self._store.writing() as connection:
            self._update(connection, parcel)

    def of_session(self, session: str) -> tuple[Parcel, ...]:
        """The parcels of one session, in the order in which they are given up."""
        from tshoot.session.tables import outbox, sessions

        wanted = _parcels().where(sessions.c.session == session).order_by(outbox.c.until)
        with self._store.reading() as connection:
            return tuple(_parcel(stored) for stored in connection.execute(wanted).mappings())

    def _update(self, connection: Connection, parcel: Parcel) -> Parcel:
        from sqlalchemy import update

        from tshoot.session.tables import outbox

        kept = replace(parcel, body=b"") if parcel.state == "delivered" else parcel
        connection.execute(update(outbox).where(outbox.c.key == parcel.key).values(**_values(kept)))
        return parcel


def _parcels() -> Any:
    from sqlalchemy import select

    from tshoot.session.tables import outbox, sessions

    return select(outbox, sessions.c.session.label("name")).join(sessions, sessions.c.id == outbox.c.session)


def _by_key(connection: Connection, key: str) -> Parcel | None:
    from tshoot.session.tables import outbox

    stored = connection.execute(_parcels().where(outbox.c.key == key)).mappings().first()
    return _parcel(stored) if stored is not None else None


def _parcel(stored: RowMapping) -> Parcel:
    return Parcel(
        stored["key"],
        stored["name"],
        stored["body"].encode(),
        stored["state"],
        stored["attempts"],
        stored["due"] / 1000,
        stored["until"] / 1000,
        stored["told"],
    )


def _values(parcel: Parcel) -> dict[str, Any]:
    return {
        "key": parcel.key,
        "body": parcel.body.decode(),
        "state": parcel.state,
        "attempts": parcel.attempts,
        "due": _stored(parcel.due),
        "until": _stored(parcel.until),
        "told": parcel.told,
    }


def _stored(moment: float) -> int:
    """A moment in milliseconds, as everywhere in the store."""
    return round(moment * 1000)
