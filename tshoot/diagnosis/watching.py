"""Faults that come and go: checks one after another → what is worth telling. A pure state machine.

The times are handed in (seconds of any steady clock). One lost packet, one odd check, raises nothing and
clears nothing. What makes a change certain, and where the figure is from (diagnosis-anchors.md, section d.7,
unless another reason stands here):

- An outage is told after 2 checks in a row or 3 of the last 6, a shortfall (or "not clear") after 4 of the
  last 6, the source's figure. Less is asked of an outage because a check is already twenty samples and
  retries, and people wait for the word; 3 of 6, because a service that fails every other time is down.
- In both cases from the first of these checks to the end of the last one 5 s must have passed: the source's
  time until "network down" becomes visible. A spike of a few seconds is none, however often one checks.
- All is well again after 8 checks in a row that work, the source's figure; after an outage after 4, as no
  shortfall hides in the noise there, but 8 again where it had returned within the source's 90 s of grace.
- Another cause is told when 4 checks in a row name it.
- Every change told starts the counting anew, so no input makes two checks in a row tell something.

Checks in which nothing could be measured have no opinion: they neither raise nor clear.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Literal

from tshoot.diagnosis.model import Diagnosis, Verdict
from tshoot.probes.model import ProbeResult

IN_A_ROW = 2
WINDOW, RAISE_OUTAGE, RAISE_SHORTFALL = 6, 3, 4
CERTAIN_SECONDS = 5.0
QUIET_AFTER_OUTAGE, QUIET = 4, 8
FLAP_GRACE = 90.0
"""Seconds after the all-clear in which the return of a fault counts as flapping."""
RENAME = 4
TIMELINE = 200
"""How many states are kept; older ones are only counted."""

Level = Literal["unsettled", "well", "shortfall", "outage"]
Kind = Literal["raised", "changed", "cleared"]
_LEVELS: Mapping[Verdict, Level] = {
    "healthy": "well",
    "degraded": "shortfall",
    "unknown": "shortfall",
    "broken": "outage",
}
_GRAVITY: Mapping[Verdict, int] = {"healthy": 0, "degraded": 1, "unknown": 2, "broken": 3}


@dataclass(frozen=True, slots=True)
class Tick:
    """One check: when it began and ended, what was concluded, on which results."""

    began: float
    ended: float
    diagnosis: Diagnosis
    results: Mapping[str, ProbeResult] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """How bad it was; what is not clear counts as a shortfall until an outage is certain."""
        return _LEVELS[self.diagnosis.verdict]

    @property
    def gravity(self) -> tuple[int, int]:
        """For finding the worst moment: the verdict first, then how many rungs failed."""
        failed = sum(rung.state == "bad" for rung in self.diagnosis.ladder)
        return _GRAVITY[self.diagnosis.verdict], failed


@dataclass(frozen=True, slots=True)
class State:
    """What has been told: since when (seconds) which cause holds; ``none`` when all is well.

    ``unsettled`` is the beginning, before a check was well or a fault is certain.
    """

    level: Level
    cause: str
    since: float
    summary: str = ""

    @property
    def calm(self) -> bool:
        """True where no fault has been told."""
        return self.level in ("unsettled", "well")


@dataclass(frozen=True, slots=True)
class Event:
    """A change worth telling at ``at``: the state before and after. ``flapping``: it was told just before."""

    kind: Kind
    at: float
    before: State
    after: State
    flapping: bool = False


@dataclass(slots=True)
class Tally:
    """Checks by verdict, checks in trouble that were never told, and states that left the timeline."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    untold: int = 0
    forgotten: int = 0

    @property
    def checks(self) -> int:
        """All checks seen."""
        return sum(self.verdicts.values())


class Watch:
    """Takes checks in their order and tells changes. Memory is bounded, however long it watches.

    ``longest_gap``: checks further apart than this (seconds) are not "in a row", as after the computer slept.
    """

    def __init__(self, began: float, longest_gap: float = inf) -> None:
        self.began, self._longest_gap = began, longest_gap
        self.state = State("unsettled", "unknown", began)
        self.timeline: deque[State] = deque([self.state], maxlen=TIMELINE)
        self.worst: Tick | None = None
        self.tally = Tally()
        self._recent: deque[Tick] = deque(maxlen=QUIET)
        self._cleared_at: float | None = None
        self._flapping = False

    def observe(self, tick: Tick) -> Event | None:
        """Take in one check; the change it makes certain, or None."""
        if not self.tally.checks:  # before the first check nothing was watched
            self._enter(replace(self.state, since=tick.began))
        self.tally.verdicts[tick.diagnosis.verdict] += 1
        if not tick.diagnosis.measured:
            return None
        if self._recent and tick.began - self._recent[-1].ended > self._longest_gap:
            self._recent.clear()
        self._recent.append(tick)
        if tick.level != "well":
            self._keep_worst(tick)
            self.tally.untold += self.state.calm
        elif self.state.level == "unsettled":
            self._enter(State("well", "none", tick.began))
        state = self._raised() or self._eased() or self._renamed()
        return None if state is None else self._tell(state, tick)

    def _raised(self) -> State | None:
        """A state worse than the one told, once it is certain."""
        window = list(self._recent)[-WINDOW:]
        outages = [tick for tick in window if tick.level == "outage"]
        row = _last_while(self._recent, lambda tick: tick.level == "outage")
        if self.state.level != "outage":
            for ticks, enough in ((row, IN_A_ROW), (outages, RAISE_OUTAGE)):
                if _certain(ticks, enough):
                    return _state("outage", ticks)
        troubled = [tick for tick in window if tick.level != "well"]
        if self.state.calm and _certain(troubled, RAISE_SHORTFALL):
            return _state("shortfall", troubled)
        return None

    def _eased(self) -> State | None:
        """A better state than the one told, once it has lasted."""
        if self.state.calm:
            return None
        quiet = _last_while(self._recent, lambda tick: tick.level == "well")
        brief = self.state.level == "outage" and not self._flapping
        if len(quiet) >= (QUIET_AFTER_OUTAGE if brief else QUIET):
            return _state("well", quiet)
        return self._only_shortfalls() if self.state.level == "outage" else None

    def _only_shortfalls(self) -> State | None:
        """The outage is over, but not every check is well."""
        row = _last_while(self._recent, lambda tick: tick.diagnosis.verdict in ("healthy", "degraded"))
        if len(row) < QUIET:
            return None
        short = [tick for tick in row[-WINDOW:] if tick.level != "well"]
        return _state("shortfall", short) if len(short) >= RAISE_SHORTFALL else _state("well", row)

    def _renamed(self) -> State | None:
        if self.state.calm:
            return None
        cause = self._recent[-1].diagnosis.cause
        row = _last_while(self._recent, lambda tick: tick.diagnosis.cause == cause)
        another = cause not in ("none", self.state.cause)
        return _state(row[-1].level, row) if another and len(row) >= RENAME else None

    def _tell(self, state: State, tick: Tick) -> Event:
        before = self.state
        kind: Kind = "raised" if before.calm else "cleared" if state.level == "well" else "changed"
        if kind == "raised":
            self.tally.untold -= sum(
                past.level != "well" and past.began >= state.since for past in self._recent
            )
            since_clear = None if self._cleared_at is None else tick.began - self._cleared_at
            self._flapping = since_clear is not None and since_clear <= FLAP_GRACE
        elif kind == "cleared":
            self._cleared_at = tick.ended
        self._recent.clear()
        self._enter(state)
        return Event(kind, tick.ended, before, state, self._flapping and kind == "raised")

    def _enter(self, state: State) -> None:
        self.state = state
        if state.since <= self.timeline[-1].since or not self.tally.checks:  # it was so from the beginning
            self.timeline.pop()
        self.tally.forgotten += len(self.timeline) == TIMELINE
        self.timeline.append(state)

    def _keep_worst(self, tick: Tick) -> None:
        if self.worst is None or tick.gravity > self.worst.gravity:
            self.worst = tick


def _last_while(ticks: Sequence[Tick] | deque[Tick], fits: Callable[[Tick], bool]) -> list[Tick]:
    """The unbroken row of fitting checks at the end."""
    row: list[Tick] = []
    for tick in reversed(ticks):
        if not fits(tick):
            break
        row.append(tick)
    return row[::-1]


def _certain(ticks: Sequence[Tick], enough: int) -> bool:
    return len(ticks) >= enough and ticks[-1].ended - ticks[0].began >= CERTAIN_SECONDS


def _state(level: Level, ticks: Sequence[Tick]) -> State:
    """The state these checks make certain, by the name most of them give, the latest of equals."""
    causes = Counter(tick.diagnosis.cause for tick in reversed(ticks))
    cause = "none" if level == "well" else causes.most_common(1)[0][0]
    named = next((tick for tick in reversed(ticks) if tick.diagnosis.cause == cause), ticks[-1])
    return State(level, cause, ticks[0].began, named.diagnosis.summary)
