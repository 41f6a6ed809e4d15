"""The time of day a web server tells by its Date header (RFC 9110, section 6.6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from tshoot.probes.http_exchange import HttpAnswer

RESOLUTION = 1.0
"""A Date header has whole seconds."""


@dataclass(frozen=True, slots=True)
class ServerDate:
    """How far this computer's clock is ahead of the server at ``host``, give or take ``margin`` (seconds)."""

    host: str
    ahead: float
    margin: float


def server_date(answer: HttpAnswer) -> ServerDate | None:
    """What an answer says of the clock; None where it has no date, or one that comes from a cache."""
    if answer.received is None or answer.headers.get("age", "0").strip() not in ("", "0"):
        return None
    try:
        told = parsedate_to_datetime(answer.headers.get("date", ""))
    except (ValueError, TypeError, OverflowError):
        return None
    # Written when the request was there, on average half a round trip before it came, and cut to the second.
    half_way = (answer.first_byte_ms or 0.0) / 2000
    moment = told if told.tzinfo is not None else told.replace(tzinfo=UTC)
    ahead = answer.received - half_way - (moment.timestamp() + RESOLUTION / 2)
    return ServerDate(answer.question.host, round(ahead, 3), RESOLUTION + half_way)
