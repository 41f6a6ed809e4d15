"""With two or more ways out: does the preferred one lead anywhere, and would another?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from tshoot.host.model import Adapter, Family, HostState
from tshoot.host.queries import adapters_with_default, default_routes
from tshoot.probes.anchors import Operator
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tasks import cancel_all
from tshoot.probes.way_tries import (
    HOLD,
    Knocks,
    Way,
    describe,
    passed,
    sources,
    try_way,
    undecided,
    way_of,
)

SPEC = ProbeSpec(
    name="paths",
    title="Ways out",
    summary="Tries every adapter with a default route by itself, to see which of them reach the internet.",
    outcomes={
        "ok": "The preferred way reaches the internet.",
        "preferred_dead": "The preferred way leads nowhere, another one works.",
        "all_dead": "None of the ways reaches the internet.",
    },
    good=frozenset({"ok"}),
    sends="TCP connects to ports 443 and 80 of two operators through each adapter with a default route",
    privilege="none",
    deadline=3.0,
)

FAREWELL = 0.4
"""Seconds the other ways get for their figures once the preferred one is known to work."""


@dataclass(frozen=True, slots=True)
class PathsData:
    """Every way out, the preferred one first."""

    ways: tuple[Way, ...] = ()


_Tries = Mapping[str, Knocks]


async def run(context: ProbeContext) -> Reading:
    """Try every way side by side."""
    adapters = adapters_with_default(context.host)
    operators = context.anchors.operators[:2]
    if len(adapters) < 2:
        return Reading("not_applicable", f"{len(adapters)} adapter with a default route")
    if not operators:
        return Reading("not_applicable", "no address to contact")
    hold, contacted = context.deadline.within(HOLD), list[str]()
    held = hold.remaining() > HOLD - 0.5
    tries = {each.name: _try(context.host, each, operators, hold, contacted) for each in adapters}
    try:
        await _wait(tries, adapters[0].name, hold)
        ways = tuple(way_of(each, tries[each.name], each is adapters[0], hold.over) for each in adapters)
    finally:
        await cancel_all([task for tasks in tries.values() for task in tasks])
    return Reading(judge(ways, held), describe(ways), PathsData(ways), tuple(dict.fromkeys(contacted)))


def judge(ways: tuple[Way, ...], held: bool) -> str:
    """The outcome for the ways, the preferred one first; ``held``: was silence given its time?"""
    if ways[0].passes:
        return "ok"
    if not held:
        return "timeout"
    return "preferred_dead" if any(way.passes for way in ways) else "all_dead"


def _try(
    host: HostState, found: Adapter, operators: tuple[Operator, ...], hold: Deadline, contacted: list[str]
) -> Knocks:
    """Every family in which the adapter has a default route."""
    both: tuple[Family, ...] = (4, 6)
    families = [
        family for family in both if any(each.adapter == found.name for each in default_routes(host, family))
    ]
    return try_way(sources(host, found.name, families), operators, hold, contacted)


async def _wait(tries: _Tries, preferred: str, hold: Deadline) -> None:
    """Wait until every way has passed something or ended, less long once the preferred one has passed."""
    farewell: Deadline | None = None
    while pending := _undecided(tries):
        if farewell is None and passed(tries[preferred]):
            farewell = hold.within(FAREWELL)
        until = farewell or hold
        if until.over:
            return
        await asyncio.wait(pending, timeout=until.remaining(), return_when=asyncio.FIRST_COMPLETED)


def _undecided(tries: _Tries) -> Knocks:
    return [task for tasks in tries.values() for task in undecided(tasks)]
