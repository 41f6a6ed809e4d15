"""Figures of many sessions: what was wrong, how long it took, where people stop, which fixes help.

They come from the tables that are kept with each event, never from the events themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tshoot.session.rows import date_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

SOLVED = "resolved"
SET_ASIDE = "set_aside"
STOPPED = ("open", SET_ASIDE)
"""The states in which a session was left where it stood."""
QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class CauseFigure:
    """How many sessions had this cause, and how many of them were solved. An empty cause: none was found."""

    cause: str
    sessions: int
    solved: int


@dataclass(frozen=True, slots=True)
class StopFigure:
    """A step where sessions stand that were not brought to an end."""

    flow: str
    step: str
    title: str
    sessions: int


@dataclass(frozen=True, slots=True)
class FixFigure:
    """How often a fix was tried, and what the check after it said."""

    flow: str
    step: str
    fixed: int
    not_fixed: int
    cannot_tell: int

    @property
    def share(self) -> float | None:
        """How many of those whose check told something were helped, 0 to 1; None where none told."""
        told = self.fixed + self.not_fixed
        return self.fixed / told if told else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures. ``minutes`` are the quartiles of the time until solved; empty without any.

    Of a call at the desk that is the time from its beginning to its end, of others that spent on steps. Calls
    that were set aside (a mistake, or a test) count nowhere.

    ``days`` counts sessions by the day (UTC) they began on; ``states`` by how they stand.
    """

    sessions: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    causes: tuple[CauseFigure, ...] = ()
    minutes: tuple[float, ...] = ()
    stops: tuple[StopFigure, ...] = ()
    fixes: tuple[FixFigure, ...] = ()
    days: tuple[tuple[date, int], ...] = ()


def figures(connection: Connection, since: int | None, most: int) -> Figures:
    """The figures of the sessions begun on the stored day ``since`` or later; lists hold ``most`` entries."""
    by_cause = _counted(connection, "sessions", ("cause", "state"), since)
    states: dict[str, int] = {}
    for (_, state), count in by_cause.items():
        states[state] = states.get(state, 0) + count
    days = _counted(connection, "sessions", ("day",), since)
    return Figures(
        sessions=sum(states.values()),
        states=dict(sorted(states.items(), key=lambda item: -item[1])),
        causes=_causes(by_cause)[:most],
        minutes=_minutes(connection, since, states.get(SOLVED, 0)),
        stops=_stops(connection, since, most),
        fixes=_fixes(connection, since)[:most],
        days=tuple((date_of(day), count) for (day,), count in sorted(days.items())),
    )


def fix_figures(connection: Connection, since: int | None) -> tuple[FixFigure, ...]:
    """Every fix that was ever tried, the most tried first."""
    return _fixes(connection, since)


def _counted(
    connection: Connection, name: str, columns: tuple[str, ...], since: int | None
) -> dict[tuple[Any, ...], int]:
    from sqlalchemy import func, select

    from tshoot.session.tables import metadata

    table = metadata.tables[name]
    by = [table.c[column] for column in columns]
    begun = _begun(table, since)
    every = select(*by, func.count()).where(*begun).group_by(*by)
    counts = Counter({tuple(row[:-1]): row[-1] for row in connection.execute(every)})
    # Taken off afterwards: all are counted from an index alone, and few are set aside.
    counts.subtract(tuple(row) for row in connection.execute(select(*by).where(_set_aside(table), *begun)))
    return +counts


def _set_aside(table: Table) -> ColumnElement[bool]:
    """Rows of calls that were a mistake, or a test."""
    from sqlalchemy import select

    from tshoot.session.tables import sessions

    calls = (sessions.c.kind == "desk") & (sessions.c.state == SET_ASIDE)
    if table is sessions:
        return calls
    return table.c.session.in_(select(sessions.c.id).where(calls))


def _begun(table: Table, since: int | None) -> list[ColumnElement[bool]]:
    return [] if since is None else [table.c.day >= since]


def _causes(counted: Mapping[tuple[Any, ...], int]) -> tuple[CauseFigure, ...]:
    found: dict[str, CauseFigure] = {}
    for (cause, state), count in counted.items():
        known = found.get(cause, CauseFigure(cause, 0, 0))
        solved = known.solved + (count if state == SOLVED else 0)
        found[cause] = CauseFigure(cause, known.sessions + count, solved)
    return tuple(sorted(found.values(), key=lambda figure: (-figure.sessions, figure.cause)))


def _minutes(connection: Connection, since: int | None, count: int) -> tuple[float, ...]:
    """The quartiles, each the time of a session: the nearest one by rank."""
    from sqlalchemy import select

    from tshoot.session.tables import sessions

    if not count:
        return ()
    ordered = (
        select(sessions.c.took)
        .where(sessions.c.state == SOLVED, *_begun(sessions, since))
        .order_by(sessions.c.took)
        .limit(1)
    )
    places = (round(quartile * (count - 1)) for quartile in QUARTILES)
    return tuple(connection.execute(ordered.offset(place)).scalar_one() / 60 for place in places)


def _stops(connection: Connection, since: int | None, most: int) -> tuple[StopFigure, ...]:
    from sqlalchemy import func, select

    from tshoot.session.tables import sessions

    count = func.count()
    by = (sessions.c.at_flow, sessions.c.step)
    wanted = (
        select(*by, func.max(sessions.c.title), count)
        .where(sessions.c.state.in_(STOPPED), ~_set_aside(sessions), *_begun(sessions, since))
        .group_by(*by)
        .order_by(count.desc(), *by)
        .limit(most)
    )
    return tuple(StopFigure(*row) for row in connection.execute(wanted))


def _fixes(connection: Connection, since: int | None) -> tuple[FixFigure, ...]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for (flow, step, result), count in _counted(
        connection, "fixes", ("flow", "step", "result"), since
    ).items():
        found.setdefault((flow, step), {})[result] = count
    tried = (
        FixFigure(flow, step, *(results.get(name, 0) for name in ("fixed", "not_fixed", "cannot_tell")))
        for (flow, step), results in found.items()
    )
    return tuple(sorted(tried, key=lambda figure: (-sum((figure.fixed, figure.not_fixed)), figure.step)))
