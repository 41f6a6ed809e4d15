"""Follows a probe from tick to tick: what state that is, and when it is over. Pure; fed with times.

The states have their names from the person's view of a gateway that restarts: it is still ``here``, it is
``gone``, it is ``back`` but not as wanted, it is ``there`` again. Where it has never gone and isn't as
wanted, it is ``awaited``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.guide.model import Watch

SETTLED_SECONDS = 20.0
"""How long it must be there from the very start before that counts, where it is expected to go away first.
Longer than the ten seconds that a gateway stays unplugged (the guides' own pause), so that somebody who says
"done" a little early is not told "back" before it has gone."""

FollowState = Literal["here", "gone", "awaited", "back", "there"]


@dataclass(frozen=True, slots=True)
class Tick:
    """One measurement of a watch. ``seconds`` is when it was through, counted from the watch's begin; ``ms``
    the delay of the way, None where there was no answer.
    """

    state: FollowState
    outcome: str
    seconds: float
    ms: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A state that began ``seconds`` after the watch did."""

    state: FollowState
    seconds: float


class Following:
    """One watch under way."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.over = False
        """True once one of ``until`` came and counts, or the time is over."""
        self._away = self._gone = False
        self._limit = watch.at_most * 60.0

    def tick(self, outcome: str, seconds: float, ms: float | None = None, detail: str = "") -> Tick:
        """Take in the outcome of a measurement that was through ``seconds`` after the watch began."""
        wanted = outcome in self.watch.until
        # Only what was seen away can come back; before that it may not have gone yet.
        there = wanted and (self._away or not self.watch.gone or seconds >= SETTLED_SECONDS)
        self._away = self._away or not wanted
        self._gone = self._gone or outcome in self.watch.gone
        self.over = there or seconds >= self._limit
        return Tick(self._state(outcome, wanted, there), outcome, seconds, ms, detail)

    def left(self, seconds: float) -> float:
        """Seconds until the time is over."""
        return max(self._limit - seconds, 0.0)

    def _state(self, outcome: str, wanted: bool, there: bool) -> FollowState:
        if wanted:
            return "there" if there else "here"
        if outcome in self.watch.gone:
            return "gone"
        return "back" if self._gone else "awaited"


def changes(ticks: Sequence[Tick]) -> tuple[Change, ...]:
    """The states in their order, each with the moment it began."""
    found: list[Change] = []
    for tick in ticks:
        if not found or found[-1].state != tick.state:
            found.append(Change(tick.state, tick.seconds))
    return tuple(found)
