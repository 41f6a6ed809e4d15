"""A session as text and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tshoot.guide.words import cause_words, outcome_words
from tshoot.session.ages import ago, lasting
from tshoot.session.record import SessionRecord
from tshoot.session.row import SessionRow
from tshoot.session.steps_json import taken_json

SCHEMA = "tshoot.record/1"
STATE_WORDS = {
    "open": "open",
    "resolved": "solved",
    "unresolved": "not solved",
    "handed_over": "handed over",
    "not_applicable": "nothing to fix",
    "stopped_for_safety": "stopped for safety",
    "set_aside": "set aside",
}
"""The states as a table shows them."""


def state_words(state: str) -> str:
    """A state in words; one of a newer version as it is."""
    return STATE_WORDS.get(state) or outcome_words(state)


def row_json(row: SessionRow) -> dict[str, Any]:
    """One line as plain data; times in ISO 8601, UTC."""
    return {**asdict(row), "opened": stamp(row.opened), "updated": stamp(row.updated)}


def record_json(record: SessionRecord) -> dict[str, Any]:
    """A whole session as plain data (``tshoot.record/1``)."""
    steps = zip(record.transcript, record.seconds, strict=True)
    return {
        "schema": SCHEMA,
        **row_json(record.row),
        "versions": dict(record.versions),
        "known": dict(record.known),
        "steps": [{**taken_json(taken), "seconds": round(spent, 1)} for taken, spent in steps],
        "notes": [{**asdict(note), "at": stamp(note.at)} for note in record.notes],
        "evidence": [{**asdict(given), "at": stamp(given.at)} for given in record.evidence],
        "end": asdict(record.finish) if record.finish else None,
        "closed": asdict(record.closed) if record.closed else None,
    }


def record_text(record: SessionRecord, now: datetime) -> Iterator[str]:
    """A whole session in lines: what it is about, how it went, what was noted."""
    row = record.row
    yield f"Session {row.session}: {row.topic or row.flow}"
    yield from (f"  {name:<9} {text}" for name, text in _facts(row, now) if text)
    if record.transcript:
        yield "Steps"
    for taken, spent in zip(record.transcript, record.seconds, strict=True):
        time = f"  ({lasting(spent)})" if spent >= 1 else ""
        yield f"  {taken.flow}/{taken.step}: {taken.detail or outcome_words(taken.value)}{time}"
    if record.notes:
        yield "Notes"
    for note in record.notes:
        by = f" {note.who}" if note.who else ""
        yield f"  {stamp(note.at)}{by}: {note.text}"
    if record.finish is not None and record.finish.summary:
        yield f"End: {record.finish.summary}"


def _facts(row: SessionRow, now: datetime) -> Iterator[tuple[str, str]]:
    yield "state", state_words(row.state)
    yield "step", f"{row.title} ({row.at_flow}/{row.step})"
    yield "caller", row.label
    yield "agent", row.agent
    yield "checked", row.service or row.host
    yield "cause", f"{cause_words(row.cause)} ({row.cause})" if row.cause else ""
    yield "opened", f"{stamp(row.opened)}, {ago(row.opened, now)}"
    yield "last used", f"{stamp(row.updated)}, {ago(row.updated, now)}"
    yield "time", lasting(row.seconds)


def stamp(moment: datetime) -> str:
    """A moment in ISO 8601 to the second, in UTC."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
