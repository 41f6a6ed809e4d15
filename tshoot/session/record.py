"""What the events of a session add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tshoot.guide.model import Event as StepEvent
from tshoot.guide.model import Taken
from tshoot.guide.setup import Subject
from tshoot.session.model import (
    Aim,
    Closed,
    EvidenceGiven,
    Finished,
    Noted,
    Opened,
    Recorded,
    Reopened,
    Walked,
)
from tshoot.session.row import SessionRow, advanced


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down, and where the session stood then."""

    at: datetime
    who: str
    text: str
    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report that was added. ``name`` says how it came, or is the code itself; never a file's name."""

    at: datetime
    who: str
    source: str
    name: str
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A whole session. ``seconds`` stand beside the lines of the transcript.

    ``walked`` are the events of the engine, in order, also those that going back has undone. ``finish`` is
    None while the session goes on, and so is ``ended_at``: when it came to its end, whatever was noted since.
    """

    row: SessionRow
    versions: Mapping[str, str] = field(default_factory=dict)
    aim: Aim = field(default_factory=Aim)
    known: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    subject: Subject = "this-device"
    transcript: tuple[Taken, ...] = ()
    seconds: tuple[float, ...] = ()
    walked: tuple[StepEvent, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    finish: Finished | None = None
    closed: Closed | None = None
    ended_at: datetime | None = None


def fold(session: str, events: Iterable[Recorded]) -> SessionRecord:
    """The record after all events. Events this version can't read count for nothing but their number."""
    record = SessionRecord(SessionRow(session))
    for recorded in events:
        row = advanced(record.row, recorded)
        record = replace(_after(record, recorded), row=row, ended_at=_ended_at(record, row, recorded.at))
    return record


def _ended_at(before: SessionRecord, row: SessionRow, at: datetime) -> datetime | None:
    if row.state == before.row.state:
        return before.ended_at
    return at if row.ended else None


def _after(record: SessionRecord, recorded: Recorded) -> SessionRecord:
    event = recorded.event
    if isinstance(event, Opened):
        return replace(
            record,
            versions=event.versions,
            aim=event.aim,
            known=event.known,
            variant=event.variant,
            subject=event.subject,
        )
    if isinstance(event, Walked):
        return _walked(record, event)
    if isinstance(event, Noted):
        return replace(record, notes=_noted(record.notes, recorded, event))
    if isinstance(event, EvidenceGiven):
        given = Evidence(recorded.at, recorded.who, event.source, event.name, event.report)
        return replace(record, evidence=(*record.evidence, given))
    if isinstance(event, Finished):
        return replace(record, finish=event)
    if isinstance(event, Closed):
        return replace(record, closed=event)
    return replace(record, closed=None) if isinstance(event, Reopened) else record


def _noted(notes: tuple[Note, ...], recorded: Recorded, event: Noted) -> tuple[Note, ...]:
    here = (event.flow, event.step)
    kept = tuple(note for note in notes if not event.instead or (note.flow, note.step) != here)
    note = Note(recorded.at, recorded.who, event.text, event.flow, event.step)
    return (*kept, note) if event.text else kept


def _walked(record: SessionRecord, event: Walked) -> SessionRecord:
    """The time goes to the first line the event made; going back takes the lines' time along."""
    spent = (event.seconds, *(0.0,) * (len(event.taken) - 1)) if event.taken else ()
    return replace(
        record,
        transcript=(*record.transcript[: event.keep], *event.taken),
        seconds=(*record.seconds[: event.keep], *spent),
        walked=(*record.walked, event.event),
        finish=None,
        closed=None,
    )
