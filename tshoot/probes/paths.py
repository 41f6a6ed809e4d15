"""With two or more ways out: does the preferred one lead anywhere, and would another?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tshoot.host.model import Adapter, Family, HostState
from tshoot.host.queries import adapter_addresses, adapters_with_default, default_routes
from tshoot.probes.anchors import Operator
from tshoot.probes.bind import Source
from tshoot.probes.connect import Connect, ConnectState, knock
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tasks import cancel_all
from tshoot.text import display_text

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
    sends="TCP connects to port 443 of two operators through each adapter with a default route",
    privilege="none",
    deadline=3.0,
)

HOLD = 2.5
"""Seconds of tries before a way is called dead: as for the internet probes, silence has to last."""
FAREWELL = 0.4
"""Seconds the other ways get for their figures once the preferred one is known to work."""


@dataclass(frozen=True, slots=True)
class Way:
    """One adapter with a default route: does it pass anything, and the best of what it passed.

    ``passes`` is None where this was not waited for.
    """

    adapter: str
    kind: str
    preferred: bool
    passes: bool | None
    address: str | None = None
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class PathsData:
    """Every way out, the preferred one first."""

    ways: tuple[Way, ...] = ()


_Knocks = list["asyncio.Task[tuple[Connect, ...]]"]
_Tries = Mapping[str, _Knocks]


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
        ways = tuple(_way(each, tries[each.name], each is adapters[0], hold.over) for each in adapters)
    finally:
        await cancel_all([task for tasks in tries.values() for task in tasks])
    return Reading(judge(ways, held), _detail(ways), PathsData(ways), tuple(dict.fromkeys(contacted)))


def judge(ways: tuple[Way, ...], held: bool) -> str:
    """The outcome for the ways, the preferred one first; ``held``: was silence given its time?"""
    if ways[0].passes:
        return "ok"
    if not held:
        return "timeout"
    return "preferred_dead" if any(way.passes for way in ways) else "all_dead"


def _try(
    host: HostState, found: Adapter, operators: tuple[Operator, ...], hold: Deadline, contacted: list[str]
) -> _Knocks:
    return [
        asyncio.create_task(knock(addresses, 443, hold, source, contacted))
        for source, family in _sources(host, found)
        for operator in operators
        if (addresses := operator.v4 if family == 4 else operator.v6)
    ]


def _sources(host: HostState, found: Adapter) -> Iterator[tuple[Source, Family]]:
    """The adapter with one of its own addresses, for each family it has a default route in."""
    families: tuple[Family, ...] = (4, 6)
    for family in families:
        own = [each.ip for each in adapter_addresses(host, found.name, family) if not _is_link_local(each.ip)]
        if own and any(route.adapter == found.name for route in default_routes(host, family)):
            yield Source(found.name, own[0]), family


async def _wait(tries: _Tries, preferred: str, hold: Deadline) -> None:
    """Wait until every way has passed something or ended, less long once the preferred one has passed."""
    farewell: Deadline | None = None
    while pending := _undecided(tries):
        if farewell is None and _passed(tries[preferred]):
            farewell = hold.within(FAREWELL)
        until = farewell or hold
        if until.over:
            return
        await asyncio.wait(pending, timeout=until.remaining(), return_when=asyncio.FIRST_COMPLETED)


def _undecided(tries: _Tries) -> _Knocks:
    open_ways = [tasks for tasks in tries.values() if not _passed(tasks)]
    return [task for tasks in open_ways for task in tasks if not task.done()]


def _passed(tasks: _Knocks) -> list[Connect]:
    ended = [each for task in tasks if task.done() for each in task.result()]
    return [each for each in ended if each.state is ConnectState.OPEN]


def _way(found: Adapter, tasks: _Knocks, preferred: bool, over: bool) -> Way:
    quickest = min(_passed(tasks), key=lambda each: each.ms, default=None)
    name, kind = display_text(found.name), found.kind.value
    if quickest is not None:
        return Way(name, kind, preferred, True, quickest.address, round(quickest.ms, 1))
    ended = over or all(task.done() for task in tasks)
    return Way(name, kind, preferred, False if ended else None)


def _detail(ways: tuple[Way, ...]) -> str:
    return ", ".join(f"{way.adapter} {_word(way)}" for way in ways)


def _word(way: Way) -> str:
    if way.passes is None:
        return "not answered yet"
    return f"passes ({way.address} in {way.ms:.0f} ms)" if way.passes else "passes nothing"


def _is_link_local(ip: str) -> bool:
    return ip.lower().startswith(("fe80:", "169.254."))
