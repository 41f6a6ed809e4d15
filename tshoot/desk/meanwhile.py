"""What others did to a call while somebody was at it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tshoot.desk.moments import clock
from tshoot.desk.step_words import step_title, taken_words
from tshoot.desk.ticket_page import SOURCE_WORDS
from tshoot.guide.engine import Engine
from tshoot.guide.model import WentBack
from tshoot.guide.words import END_WORDS
from tshoot.session.model import (
    Assigned,
    Closed,
    EvidenceGiven,
    Finished,
    Labelled,
    Noted,
    Recorded,
    Reopened,
    SessionEvent,
    Walked,
)

SOMEBODY = "Somebody"


def happened(engine: Engine, newer: Sequence[Recorded]) -> tuple[str, ...]:
    """One line for each thing that was done: when, by whom, and what."""
    return tuple(
        f"{clock(recorded.at)} {recorded.who or SOMEBODY} {words}"
        for recorded in newer
        for words in _words(engine, recorded.event, recorded.who)
    )


def only_added(newer: Sequence[Recorded]) -> bool:
    """True where nothing changed but what stands beside the walk: notes and the caller's label."""
    return all(isinstance(recorded.event, Noted | Labelled) for recorded in newer)


def _assigned(who: str, to: str) -> str:
    if not to:
        return "left the call for others to take"
    return "took the call over" if to == who else f"handed the call over to {to}"


def _words(engine: Engine, event: SessionEvent, who: str) -> Iterator[str]:
    if isinstance(event, Walked):
        yield from _walked(engine, event)
    elif isinstance(event, Noted):
        yield f"noted: {event.text}"
    elif isinstance(event, EvidenceGiven):
        yield f"took in {SOURCE_WORDS.get(event.source, event.source)}"
    elif isinstance(event, Assigned):
        yield _assigned(who, event.agent)
    elif isinstance(event, Labelled):
        yield f"called it: {event.label}"
    elif isinstance(event, Finished | Closed):
        outcome = event.outcome if isinstance(event, Finished) else event.how
        yield f"came to the end: {END_WORDS.get(outcome, outcome)}"
    elif isinstance(event, Reopened):
        yield "opened the call again"


def _walked(engine: Engine, event: Walked) -> Iterator[str]:
    if isinstance(event.event, WentBack):
        place = event.place
        where = f" to: {step_title(engine, place.flow, place.step)}" if place is not None else ""
        yield f"went back{where}"
        return
    spoken = [taken for taken in event.taken if taken.by != "default"]
    yield from (f"answered “{taken_words(engine, taken)}”" for taken in spoken)
