"""Which way out of a step an answer or an outcome takes. Pure look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tshoot.flow.headlines import matches
from tshoot.flow.model import DecideStep, VerifyStep, WatchStep
from tshoot.guide.errors import Unrouted

UNSETTLED = frozenset({"timeout", "error", "skipped", "not_applicable", "unknown"})
"""Outcomes that say nothing about whether a fix worked, unless the flow lists them as fixed."""


def probe_way(outcome: str, on: Mapping[str, str], step: str) -> str:
    """Where a probe's outcome leads: its own way, else ``*``. Raises :class:`Unrouted`."""
    way = on.get(outcome) or on.get("*")
    if way is None:
        raise Unrouted(f"The step '{step}' has no way out for '{outcome}'.")
    return way


def verify_result(outcome: str, fixed: Iterable[str]) -> str:
    """``fixed``, ``not_fixed`` or ``cannot_tell``, by the outcome of the check after a fix."""
    if any(matches(outcome, pattern) for pattern in fixed):
        return "fixed"
    return "cannot_tell" if outcome in UNSETTLED else "not_fixed"


def verify_way(outcome: str, step: VerifyStep) -> str:
    """Where the check after a fix leads."""
    ways = {
        "fixed": step.then.fixed,
        "not_fixed": step.then.not_fixed,
        "cannot_tell": step.then.cannot_tell,
    }
    return ways[verify_result(outcome, step.verify.fixed)]


def watch_result(outcome: str, step: WatchStep) -> str:
    """``seen``, ``not_seen`` or ``cannot_tell``, by the last outcome of what was followed.

    An outcome that the flow calls ``gone`` is an answer, also where it would say nothing elsewhere.
    """
    if outcome in step.watch.gone:
        return "not_seen"
    result = verify_result(outcome, step.watch.until)
    return {"fixed": "seen", "not_fixed": "not_seen"}.get(result, result)


def watch_way(result: str, step: WatchStep) -> str:
    """Where a watch leads that ended as ``seen``, ``not_seen`` or ``cannot_tell``."""
    ways = {"seen": step.then.seen, "not_seen": step.then.not_seen, "cannot_tell": step.then.cannot_tell}
    return ways[result]


def decided(step: DecideStep, known: Mapping[str, str]) -> tuple[str, str]:
    """The first case that holds, as its number from 1 (or ``else``), and where it leads."""
    for number, case in enumerate(step.decide, 1):
        if all(_holds(known.get(fact), values) for fact, values in case.when.items()):
            return str(number), case.then
    return "else", step.else_


def _holds(value: str | None, wanted: Iterable[str]) -> bool:
    return value is not None and any(matches(value, pattern) for pattern in wanted)
