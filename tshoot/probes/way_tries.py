"""Trying one adapter by itself: TCP 443 and 80 of several operators, bound to the adapter.

Shared by the probes ``paths`` (every adapter with a default route) and ``vpn`` (tunnel and physical adapter).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from tshoot.host.model import Adapter, Family, HostState
from tshoot.host.queries import adapter_addresses
from tshoot.probes.anchors import Operator
from tshoot.probes.bind import Source
from tshoot.probes.connect import Connect, ConnectState, knock
from tshoot.probes.deadline import Deadline
from tshoot.text import display_text

HOLD = 2.5
"""Seconds of tries before a way is called dead: as for the internet probes, silence has to last."""

PORTS = (443, 80)
"""A network may close the operators' port 443 against encrypted DNS; such a way still leads out."""

Knocks = list["asyncio.Task[tuple[Connect, ...]]"]


@dataclass(frozen=True, slots=True)
class Way:
    """One adapter tried by itself: does it pass anything, and the best of what it passed.

    ``passes`` is None where this was not waited for.
    """

    adapter: str
    kind: str
    preferred: bool
    passes: bool | None
    address: str | None = None
    ms: float | None = None


def sources(host: HostState, adapter: str, families: Iterable[Family]) -> tuple[tuple[Source, Family], ...]:
    """The adapter with one of its own addresses beyond the link, for each of ``families`` that has one."""
    found = []
    for family in families:
        own = [each.ip for each in adapter_addresses(host, adapter, family) if not _is_link_local(each.ip)]
        if own:
            found.append((Source(adapter, own[0]), family))
    return tuple(found)


def try_way(
    ways: Iterable[tuple[Source, Family]], operators: Iterable[Operator], hold: Deadline, contacted: list[str]
) -> Knocks:
    """Start to knock at every operator from every source. The caller cancels what is still open."""
    wanted = tuple(operators)
    return [
        asyncio.create_task(knock(addresses, port, hold, source, contacted))
        for source, family in ways
        for operator in wanted
        for port in PORTS
        if (addresses := operator.v4 if family == 4 else operator.v6)
    ]


def passed(tasks: Knocks) -> list[Connect]:
    """The connects so far that were accepted."""
    ended = [each for task in tasks if task.done() for each in task.result()]
    return [each for each in ended if each.state is ConnectState.OPEN]


def undecided(tasks: Knocks) -> Knocks:
    """The tasks still open of a way that has passed nothing yet."""
    return [] if passed(tasks) else [task for task in tasks if not task.done()]


def way_of(found: Adapter, tasks: Knocks, preferred: bool, over: bool) -> Way:
    """What came of trying ``found``; ``over``: the time for tries has passed."""
    quickest = min(passed(tasks), key=lambda each: each.ms, default=None)
    name, kind = display_text(found.name), found.kind.value
    if quickest is not None:
        return Way(name, kind, preferred, True, quickest.address, round(quickest.ms, 1))
    ended = over or all(task.done() for task in tasks)
    return Way(name, kind, preferred, False if ended else None)


def describe(ways: Iterable[Way]) -> str:
    """One line of figures for the report."""
    return ", ".join(f"{way.adapter} {_word(way)}" for way in ways)


def _word(way: Way) -> str:
    if way.passes is None:
        return "not answered yet"
    return f"passes ({way.address} in {way.ms:.0f} ms)" if way.passes else "passes nothing"


def _is_link_local(ip: str) -> bool:
    return ip.lower().startswith(("fe80:", "169.254."))
