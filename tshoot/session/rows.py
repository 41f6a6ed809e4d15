"""Between values and rows of the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tshoot.session.events_json import event_from, kind_of_event, payload_of
from tshoot.session.model import Recorded
from tshoot.session.row import SessionRow

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    """A moment as it is stored."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(stored: int) -> datetime:
    """The moment again, in UTC."""
    return _EPOCH + stored * _MILLISECOND


def day_of(moment: datetime) -> int:
    """The day as it is stored: days since 1970, in UTC."""
    return (moment - _EPOCH).days


def date_of(day: int) -> date:
    """The date of a stored day."""
    return (_EPOCH + timedelta(days=day)).date()


def row_values(row: SessionRow) -> dict[str, Any]:
    """The columns of ``sessions``, but for its own number."""
    times = {"opened": milliseconds(row.opened), "updated": milliseconds(row.updated)}
    return {**asdict(row), **times, "day": day_of(row.opened)}


def row_of(stored: RowMapping) -> SessionRow:
    """The line of a session."""
    values = {name: stored[name] for name in SessionRow.__dataclass_fields__}
    return SessionRow(
        **{**values, "opened": moment_of(stored["opened"]), "updated": moment_of(stored["updated"])}
    )


def event_values(number: int, recorded: Recorded) -> dict[str, Any]:
    """The columns of ``events`` for the session stored under ``number``."""
    return {
        "session": number,
        "number": recorded.number,
        "at": milliseconds(recorded.at),
        "who": recorded.who,
        "kind": kind_of_event(recorded.event),
        "payload": json.dumps(payload_of(recorded.event), separators=(",", ":")),
    }


def recorded_of(session: str, stored: Mapping[str, Any] | RowMapping) -> Recorded:
    """The event again."""
    event = event_from(stored["kind"], json.loads(stored["payload"]))
    return Recorded(session, stored["number"], moment_of(stored["at"]), stored["who"], event)
