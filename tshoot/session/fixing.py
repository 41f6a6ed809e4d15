"""Which fixes were tried in a session, and what the checks after each came to. Pure.

A fix counts once each time it was done. The first check after it decides; a later one corrects it as long as
no other fix was done in between, unless it can't tell. What going back undid counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tshoot.guide.effects import DONE
from tshoot.guide.model import Taken, WentBack
from tshoot.session.model import Recorded, Tried, Walked

TELLS_NOTHING = "cannot_tell"
"""A check that came to this corrects no other."""


def fixes_of(events: Iterable[Recorded]) -> tuple[Tried, ...]:
    """Every fix of a session that was tried, in order. ``events`` are all of them, or those of its walk."""
    transcript: tuple[Taken, ...] = ()
    checks: list[tuple[int, Tried]] = []
    for recorded in events:
        event = recorded.event
        if not isinstance(event, Walked):
            continue
        if isinstance(event.event, WentBack):
            checks = [(place, tried) for place, tried in checks if place < event.keep]
        if event.tried is not None:
            checks.append((event.keep, _at_its_line(event.tried, transcript[: event.keep])))
        transcript = (*transcript[: event.keep], *event.taken)
    found: dict[int, Tried] = {}
    for _, tried in checks:
        if tried.line not in found or tried.result != TELLS_NOTHING:
            found[tried.line] = tried
    return tuple(found.values())


def last_done(transcript: Sequence[Taken]) -> int | None:
    """The line of the last action that was done; None where nothing was."""
    done = (place for place, taken in reversed(list(enumerate(transcript))) if _is_done(taken))
    return next(done, None)


def _is_done(taken: Taken) -> bool:
    return taken.kind == "do" and taken.value == DONE


def _at_its_line(tried: Tried, before: Sequence[Taken]) -> Tried:
    """Where the action was done: earlier versions wrote the line of the check."""
    place = last_done(before)
    if place is None or (before[place].flow, before[place].step) != (tried.flow, tried.step):
        return tried
    return replace(tried, line=place)


def fix_values(number: int, day: int, tried: Tried) -> dict[str, Any]:
    """The columns of ``fixes`` for a fix of the session stored under ``number``, begun on ``day``."""
    names = {"line": tried.line, "flow": tried.flow, "step": tried.step, "result": tried.result}
    return {"session": number, **names, "day": day}
