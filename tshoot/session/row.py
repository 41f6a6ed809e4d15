"""A session in one line: what the tables show, kept in the same transaction as the events it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tshoot.guide.state import was_answered
from tshoot.session.events_json import clean_name
from tshoot.session.model import (
    Assigned,
    Closed,
    Finished,
    Labelled,
    Noted,
    Opened,
    Place,
    Recorded,
    Reopened,
    SessionEvent,
    Walked,
)

OPEN = "open"
LONGEST_STEP = 3600.0
"""Seconds of one step that count as time spent: more, and the person was away."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session. ``last`` is the number of its last event, ``answered`` counts what a person gave to it:
    answers and notes.

    ``flow`` is the one it began with, ``at_flow`` and ``step`` where it stands; ``topic`` are the words of
    the flow that helps. ``seconds`` is the time spent on steps, not the time that went by; ``took`` are the
    seconds until the end, once there is one: of a call at the desk from its beginning, else of its steps.
    """

    session: str
    kind: str = ""
    origin: str = ""
    service: str = ""
    host: str = ""
    flow: str = ""
    version: str = ""
    topic: str = ""
    at_flow: str = ""
    step: str = ""
    title: str = ""
    state: str = OPEN
    cause: str = ""
    label: str = ""
    agent: str = ""
    opened: datetime = datetime.min
    updated: datetime = datetime.min
    last: int = 0
    seconds: float = 0.0
    took: float = 0.0
    answered: int = 0

    @property
    def ended(self) -> bool:
        """True where the session is over."""
        return self.state != OPEN


def advanced(row: SessionRow, recorded: Recorded) -> SessionRow:
    """The row after one more event."""
    updated = max(row.updated, recorded.at) if row.last else recorded.at
    return replace(_after(row, recorded), last=recorded.number, updated=updated)


def _after(row: SessionRow, recorded: Recorded) -> SessionRow:
    event: SessionEvent = recorded.event
    if isinstance(event, Opened):
        return _at(_opened(row, event, recorded.at), event.place)
    if isinstance(event, Walked):
        return _walked(row, event)
    if isinstance(event, Finished):
        return replace(
            _ended(row, event.outcome, recorded.at),
            cause=event.cause or row.cause,
            at_flow=event.flow or row.at_flow,
            step=event.step or row.step,
        )
    if isinstance(event, Closed):
        return _ended(row, event.how, recorded.at)
    if isinstance(event, Reopened):
        return replace(row, state=OPEN)
    if isinstance(event, Assigned):
        return replace(row, agent=clean_name(event.agent))
    if isinstance(event, Labelled):
        return replace(row, label=clean_name(event.label))
    return replace(row, answered=row.answered + 1) if isinstance(event, Noted) else row


def _ended(row: SessionRow, state: str, at: datetime) -> SessionRow:
    """What is closed as it had ended already took no longer."""
    if row.state == state:
        return row
    took = (at - row.opened).total_seconds() if row.kind == "desk" else row.seconds
    return replace(row, state=state, took=max(0.0, took))


def _opened(row: SessionRow, event: Opened, at: datetime) -> SessionRow:
    return replace(
        row,
        kind=event.kind,
        origin=event.origin,
        service=event.aim.service,
        host=event.aim.host,
        flow=event.flow,
        version=event.versions.get(event.flow, ""),
        at_flow=event.flow,
        opened=at,
    )


def _walked(row: SessionRow, event: Walked) -> SessionRow:
    # Going on after the end (one step back from the last screen) opens the session again.
    answers = sum(was_answered(taken) for taken in event.taken)
    seconds = row.seconds + min(event.seconds, LONGEST_STEP)
    return _at(replace(row, state=OPEN, seconds=seconds, answered=row.answered + answers), event.place)


def _at(row: SessionRow, place: Place | None) -> SessionRow:
    if place is None:
        return row
    return replace(
        row,
        at_flow=place.flow,
        step=place.step,
        title=place.title,
        topic=place.topic or row.topic,
        cause=place.cause,
    )
