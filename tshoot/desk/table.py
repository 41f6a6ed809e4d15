"""The table of calls: its columns, a row in words, and what it is narrowed down to. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tshoot.session.listing import Filters
from tshoot.session.row import SessionRow

Column = Literal["caller", "service", "trouble", "step", "state", "agent", "age"]
TITLES: Mapping[Column, str] = {
    "caller": "Caller",
    "service": "Service",
    "trouble": "Trouble",
    "step": "Step",
    "state": "State",
    "agent": "Agent",
    "age": "Age",
}
STATE_WORDS = {
    "open": "open",
    "resolved": "✓ solved",
    "unresolved": "✗ not solved",
    "handed_over": "→ handed over",
    "not_applicable": "– no fault",
    "stopped_for_safety": "! for safety",
    "set_aside": "– set aside",
}
NOBODY = "nobody"
_WIDTHS: tuple[tuple[int, tuple[Column, ...]], ...] = (
    (100, ("caller", "service", "trouble", "step", "state", "agent", "age")),
    (72, ("caller", "trouble", "step", "state", "agent", "age")),
    (56, ("caller", "step", "state", "agent", "age")),
    (0, ("caller", "state", "age")),
)
"""The columns that a screen of so many cells has room for."""


def columns(width: int) -> tuple[Column, ...]:
    """The columns for a screen this wide."""
    return next(names for narrowest, names in _WIDTHS if width >= narrowest)


_FIXED: Mapping[Column, int] = {"state": 13, "agent": 10, "age": 6}
_SHARES: Mapping[Column, int] = {"caller": 4, "service": 3, "trouble": 5, "step": 5}
_NARROWEST_CELL = 6
PADDING = 2
"""Cells beside the words of a column."""


def widths(names: Sequence[Column], width: int) -> tuple[int, ...]:
    """How many cells the words of each column get on a screen this wide, so that all of them are in sight."""
    fixed = sum(_FIXED.get(name, 0) + PADDING for name in names)
    shares = sum(_SHARES.get(name, 0) for name in names)
    room = max(width - fixed, 0)
    return tuple(_FIXED.get(name) or max(room * _SHARES[name] // shares, _NARROWEST_CELL) for name in names)


def cell(row: SessionRow, column: Column, services: Mapping[str, str], now: datetime) -> str:
    """One cell. ``services`` are the services' titles by id."""
    if column == "caller":
        return row.label or row.session
    if column == "service":
        return services.get(row.service, row.service or row.host)
    if column == "trouble":
        return row.topic
    if column == "step":
        return row.title or row.step
    if column == "state":
        return STATE_WORDS.get(row.state, row.state)
    if column == "agent":
        return row.agent or NOBODY
    return age_words((now - row.opened).total_seconds())


def age_words(seconds: float) -> str:
    """How long ago, in one unit."""
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return "now"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the table shows. ``whose``: everybody's calls, mine, or nobody's."""

    whose: Literal["everybody", "mine", "nobody"] = "everybody"
    state: str = "open"
    service: str = ""
    words: str = ""
    kind: str = "desk"

    def filters(self, agent: str) -> Filters:
        """As the store takes it, for this agent."""
        owner = {"everybody": None, "mine": agent, "nobody": ""}[self.whose]
        return Filters(state=self.state, kind=self.kind, service=self.service, agent=owner, words=self.words)

    def described(self, services: Mapping[str, str]) -> str:
        """One line that tells what is shown."""
        return " · ".join(self._parts(services))

    def _parts(self, services: Mapping[str, str]) -> Iterator[str]:
        whose = {"everybody": "everybody's", "mine": "my", "nobody": "nobody's"}[self.whose]
        state = {"": "", "ended": "ended "}.get(self.state, f"{plain_state(self.state)} ")
        yield f"{whose} {state}calls".capitalize()
        if self.service:
            yield services.get(self.service, self.service)
        if not self.kind:
            yield "and sessions of callers on their own"
        if self.words:
            yield f"with “{self.words}”"


Choice = tuple[str, str, str]
"""A field of :class:`Shown`, a value for it, and its words."""


def choices(services: Mapping[str, str]) -> tuple[Choice, ...]:
    """Everything the table can be narrowed down to."""
    states = [("open", "Open"), ("ended", "Ended"), ("", "Open and ended")]
    states += [(name, f"Only: {plain_state(name)}") for name in STATE_WORDS if name != "open"]
    return (
        ("whose", "everybody", "Everybody's"),
        ("whose", "mine", "Mine"),
        ("whose", "nobody", "Nobody's: waiting for somebody"),
        *(("state", value, words) for value, words in states),
        ("service", "", "Every service"),
        *(("service", name, title) for name, title in services.items()),
        ("kind", "desk", "Calls of this desk"),
        ("kind", "", "Also sessions of callers on their own"),
    )


def with_choice(shown: Shown, choice: Choice) -> Shown:
    """What is shown after choosing one line of :func:`choices`."""
    return replace(shown, **{choice[0]: choice[1]})  # type: ignore[arg-type]


def is_chosen(shown: Shown, choice: Choice) -> bool:
    """True where the line is what is shown now."""
    return bool(getattr(shown, choice[0]) == choice[1])


def plain_state(state: str) -> str:
    """A state in words alone."""
    return STATE_WORDS.get(state, state).lstrip("✓✗→–! ")
