"""What a watch has to tell, in words: one line per change, and the summary at its end. Pure.

Moments are seconds of the watch's own clock; ``Clock`` turns one into this computer's local time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tshoot.diagnosis.explain import Explanation
from tshoot.diagnosis.model import Diagnosis, Verdict
from tshoot.diagnosis.watching import Event, Level, State, Tick, Watch
from tshoot.report.explained import explanation_lines
from tshoot.text import counted

Clock = Callable[[float], str]
_SYMBOLS: dict[Level, str] = {"unsettled": "?", "well": "✓", "shortfall": "!", "outage": "✗"}
_CALM: dict[Level, str] = {"unsettled": "too few checks to tell", "well": "works"}
_VERDICTS: dict[Verdict, str] = {
    "healthy": "worked",
    "degraded": "not well",
    "broken": "failed",
    "unknown": "not clear",
}


def duration(seconds: float) -> str:
    """A length of time in at most two units: ``48 s``, ``3 min 5 s``, ``2 h 10 min``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours} h" + (f" {minutes} min" if minutes else "")


def first_line(tick: Tick, clock: Clock) -> str:
    """The first check: how it is now, before anything can be certain."""
    return f"{clock(tick.ended)}  {_SYMBOLS[tick.level]} First check: {tick.diagnosis.summary}"


def event_line(event: Event, clock: Clock) -> str:
    """One change: when it was certain, since when it holds, what it is."""
    state = event.after
    since = clock(state.since)
    start = f"{clock(event.at)}  {_SYMBOLS[state.level]} "
    if event.kind == "cleared":
        lasted = duration(state.since - event.before.since)
        return f"{start}Works again since {since}. It lasted {lasted} ({event.before.cause})."
    again = "Again, since" if event.flapping else "Since" if event.kind == "raised" else "Changed, since"
    return f"{start}{again} {since}: {state.summary} ({state.cause})"


def event_json(event: Event, stamp: Clock) -> dict[str, Any]:
    """A change as the field ``event`` of a line; ``stamp`` gives RFC 3339."""
    return {
        "kind": event.kind,
        "flapping": event.flapping,
        "before": state_json(event.before, stamp),
        "after": state_json(event.after, stamp),
    }


def state_json(state: State, stamp: Clock) -> dict[str, Any]:
    """A state as the field ``state`` of a line."""
    return {"level": state.level, "cause": state.cause, "since": stamp(state.since)}


def summary_lines(
    watch: Watch, label: str, ended: float, clock: Clock, explanation: Explanation | None = None
) -> Iterator[str]:
    """Everything worth knowing at the end; ``explanation`` is that of the worst moment."""
    tally = watch.tally
    counts = [f"{tally.verdicts[verdict]} {word}" for verdict, word in _VERDICTS.items()]
    yield (
        f"Watched {label} for {duration(ended - watch.began)}: "
        f"{counted(tally.checks, 'check')}, of which {', '.join(counts)}."
    )
    if tally.checks:
        yield from _timeline(watch, ended, clock)
    if tally.untold:
        yield f"{counted(tally.untold, 'check')} in trouble, too few in a row to be called a fault."
    if watch.worst is not None:
        yield from _worst(watch.worst, clock, explanation)


def _timeline(watch: Watch, ended: float, clock: Clock) -> Iterator[str]:
    yield "How it went" + (f" (the last {len(watch.timeline)} states)" if watch.tally.forgotten else "")
    states = list(watch.timeline)
    for state, following in zip(states, [*(later.since for later in states[1:]), ended], strict=True):
        words = _CALM.get(state.level) or f"{state.summary} ({state.cause})"
        length = duration(following - state.since)
        yield f"  {clock(state.since)}  {_SYMBOLS[state.level]} for {length}: {words}"


def _worst(tick: Tick, clock: Clock, explanation: Explanation | None) -> Iterator[str]:
    diagnosis = tick.diagnosis
    yield f"Worst moment: {clock(tick.ended)}, {diagnosis.summary} ({diagnosis.cause})"
    yield from (f"  {line}" for line in _evidence(diagnosis))
    if explanation is not None:
        yield from (f"  {line}" for line in explanation_lines(explanation))


def _evidence(diagnosis: Diagnosis) -> Iterator[str]:
    head = next((finding for finding in diagnosis.findings if finding.cause == diagnosis.cause), None)
    if head is not None:
        yield from head.because
    for rung in diagnosis.ladder:
        if rung.state in ("bad", "warn"):
            yield f"{rung.rung}: {rung.detail}" if rung.detail else rung.rung
