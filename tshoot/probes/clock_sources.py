"""What several independent time sources together say about this computer's clock. Pure.

One packet never accuses the clock: two operators have to agree (diagnosis-anchors.md, section d.6).
Thresholds: above 30 s one-time codes fail, above 5 min certificates do (section e.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

AGREE = 2.0
"""Sources this close agree, in seconds; a Date header alone is a second wide."""
SKEWED, WRONG = 30.0, 300.0


@dataclass(frozen=True, slots=True)
class TimeSource:
    """One source: ``ahead`` is how far the clock is ahead of it, give or take ``margin`` (seconds).

    ``operator`` tells independent sources apart; ``kind`` is ``sntp`` or ``http``.
    """

    operator: str
    kind: str
    ahead: float
    margin: float


@dataclass(frozen=True, slots=True)
class ClockVerdict:
    """``ahead`` is None where the sources tell nothing. ``operators`` is how many agree on it."""

    outcome: str
    ahead: float | None
    operators: int
    reason: str = ""


def verdict(sources: Sequence[TimeSource]) -> ClockVerdict:
    """The outcome of the ``clock`` probe for what the sources say."""
    if not sources:
        return ClockVerdict("unclear", None, 0, "no time source answered")
    groups = sorted((_agreeing(sources, middle) for middle in sources), key=_weight, reverse=True)
    best = groups[0]
    operators = len({source.operator for source in best})
    ahead = _offset(best)
    if any(_weight(group) == _weight(best) and not set(group) & set(best) for group in groups):
        return ClockVerdict("unclear", None, operators, "the time sources disagree")
    if abs(ahead) <= SKEWED:
        return ClockVerdict("ok", ahead, operators)
    if operators < 2:
        return ClockVerdict("unclear", None, operators, "only one time source says so")
    return ClockVerdict("wrong" if abs(ahead) > WRONG else "skewed", ahead, operators)


def settled(found: ClockVerdict) -> bool:
    """True once two operators agree: further sources are not waited for."""
    return found.operators >= 2 and found.ahead is not None


def _agreeing(sources: Sequence[TimeSource], middle: TimeSource) -> tuple[TimeSource, ...]:
    return tuple(
        source
        for source in sources
        if abs(source.ahead - middle.ahead) <= AGREE + (source.margin + middle.margin) / 2
    )


def _weight(group: Sequence[TimeSource]) -> int:
    return len({source.operator for source in group})


def _offset(group: Sequence[TimeSource]) -> float:
    exact = [source.ahead for source in group if source.kind == "sntp"]
    return median(exact or [source.ahead for source in group])
