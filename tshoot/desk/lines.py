"""The transcript of a call with who took each line and when, and what was done and then gone back past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tshoot.guide.effects import DONE, GO_ON
from tshoot.guide.model import Taken
from tshoot.session.model import Recorded, Walked


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript. ``number`` is that of the event it came with."""

    taken: Taken
    number: int
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Lines:
    """``here`` stand beside the transcript; ``undone`` are actions done that the agent went back past.

    ``acted`` is the number of the last event in which something was done, 0 where nothing was, and
    ``acted_at`` its moment.
    """

    here: tuple[Line, ...] = ()
    undone: tuple[Line, ...] = ()
    acted: int = 0
    acted_at: datetime | None = None
    walked: int = 0
    """The number of the event by which the walk came to where it stands."""


def lines_of(events: Iterable[Recorded]) -> Lines:
    """The lines that the events add up to."""
    lines = Lines()
    for recorded in events:
        if isinstance(recorded.event, Walked):
            lines = lines_after(lines, recorded, recorded.event)
    return lines


def lines_after(lines: Lines, recorded: Recorded, event: Walked) -> Lines:
    """The lines after one more event."""
    new = tuple(Line(taken, recorded.number, recorded.at, recorded.who) for taken in event.taken)
    left = [line for line in lines.here[event.keep :] if is_done(line.taken)]
    answered = {(line.taken.flow, line.taken.step) for line in new if line.taken.kind in _KINDS}
    # Answered anew, the earlier answer was a slip of the finger or is told by the new one.
    undone = [line for line in (*lines.undone, *left) if (line.taken.flow, line.taken.step) not in answered]
    acts = any(is_done(line.taken) for line in new)
    return Lines(
        (*lines.here[: event.keep], *new),
        tuple(undone),
        recorded.number if acts else lines.acted,
        recorded.at if acts else lines.acted_at,
        recorded.number,
    )


def is_done(taken: Taken) -> bool:
    """True where something was done, or waited for: what was measured before says nothing any more."""
    return (taken.kind, taken.value) in {("do", DONE), ("wait", GO_ON)}


_KINDS = frozenset({"do", "wait"})
