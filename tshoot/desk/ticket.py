"""What a call comes to, for whoever goes on from there: found, tried, not tried, and what is next. Pure.

Moments are aware datetimes. Every text is plain: the renderers escape it for their own format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from tshoot.desk.shifts import Shift

SCHEMA = "tshoot.ticket/1"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """A piece of evidence the caller gave. ``source`` is ``file`` or ``code``."""

    source: str
    at: datetime
    verdict: str
    cause: str
    summary: str
    ladder: tuple[tuple[str, str, str], ...] = ()
    """Each rung, its state, and its words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something checked: ``what`` was checked, what came out in ``words``, and from where it is known."""

    what: str
    outcome: str
    words: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A question and what the caller said."""

    question: str
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TriedFix:
    """An action that was done, and the check after it; both empty where nothing was checked."""

    action: str
    at: datetime
    before: str = ""
    after: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class NotTried:
    """An action that was put off, or that the cause calls for and nobody came to."""

    action: str
    why: str


@dataclass(frozen=True, slots=True)
class TicketNote:
    """Something an agent wrote down."""

    text: str
    agent: str
    at: datetime
    step: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """How the call ended, or where it stands. ``outcome`` is that of a flow's end, or ``open``."""

    outcome: str
    words: str
    cause: str
    cause_words: str
    summary: str
    next: tuple[str, ...] = ()
    """What is to be done next, one thing a line."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A whole call. ``seconds`` is until what was done last; ``closed`` is None while it is open."""

    session: str
    label: str
    service: str
    symptom: str
    opened: datetime
    closed: datetime | None
    seconds: float
    end: End
    shifts: tuple[Shift, ...] = ()
    evidence: tuple[Given, ...] = ()
    found: tuple[Found, ...] = ()
    told: tuple[Told, ...] = ()
    tried: tuple[TriedFix, ...] = ()
    not_tried: tuple[NotTried, ...] = ()
    notes: tuple[TicketNote, ...] = ()
    redacted: bool = False


def rewritten(ticket: Ticket, redact: Callable[[str], str]) -> Ticket:
    """The ticket with ``redact`` applied to every text that came from a person or a network."""
    return replace(_rewritten(ticket, redact), session=ticket.session, redacted=True)


def _rewritten(value: T, redact: Callable[[str], str]) -> T:
    if isinstance(value, str):
        return redact(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_rewritten(item, redact) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _rewritten(getattr(value, field.name), redact) for field in fields(value)}
        return replace(value, **changed)
    return value


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """The ticket as ``tshoot.ticket/1``: only what JSON knows, moments in RFC 3339 (UTC)."""
    return {"schema": SCHEMA, **_plain(ticket)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, Given):
        rungs = [{"rung": rung, "state": state, "words": words} for rung, state, words in value.ladder]
        return {**_fields(value), "ladder": rungs}
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return round(value, 1) if isinstance(value, float) else value


def _fields(value: Any) -> Mapping[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def moment(at: datetime) -> str:
    """A moment in RFC 3339, in UTC and whole seconds."""
    from datetime import UTC

    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
