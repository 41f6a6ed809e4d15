"""Is a VPN on, does it pass anything, and does one that is off keep this computer shut?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tshoot.host.model import Adapter, Family, HostState
from tshoot.host.queries import default_routes, global_addresses
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.refusal import refused_datagram, shared_refusal
from tshoot.probes.tasks import cancel_all
from tshoot.probes.tunnels import (
    ResolverPlace,
    carrying_tunnel,
    physical_ways,
    resolver_places,
    vpn_tunnels,
)
from tshoot.probes.way_tries import HOLD, Knocks, Way, describe, passed, sources, try_way, undecided, way_of
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="vpn",
    title="VPN",
    summary="Looks for tunnels, and where one carries the traffic, whether anything gets through it.",
    outcomes={
        "none": "There is no tunnel.",
        "active": "Traffic to the internet goes into a tunnel, and gets through.",
        "split": "A tunnel is up, and traffic to the internet goes past it.",
        "dead": "The tunnel that carries the traffic to the internet passes nothing; the way past it does.",
        "kill_switch": "No tunnel works, and this computer itself refuses to send anything.",
        "unclear": "The tunnel that carries the traffic to the internet passes nothing; no way past it does.",
    },
    good=frozenset({"none", "active", "split"}),
    sends="one empty datagram to two operators; where a tunnel carries the traffic, TCP connects to ports "
    "443 and 80 of two operators through it and past it",
    privilege="none",
    deadline=3.0,
    uses=("internet_v4", "internet_v6"),
)

FAMILIES: tuple[Family, ...] = (4, 6)


@dataclass(frozen=True, slots=True)
class VpnData:
    """``carries`` is the tunnel the default route leads into; ``ways`` what was tried, that one first.

    ``resolvers`` says where each configured DNS server is, ``refused`` that this computer lets nothing out.
    """

    tunnels: tuple[str, ...] = ()
    carries: str = ""
    ways: tuple[Way, ...] = ()
    resolvers: tuple[ResolverPlace, ...] = ()
    refused: bool = False


async def run(context: ProbeContext) -> Reading:
    """Without a tunnel this sends one datagram to each operator and ends at once."""
    host = context.host
    names = tuple(display_text(each.name) for each in vpn_tunnels(host))
    data = VpnData(names, resolvers=resolver_places(host))
    tunnel = carrying_tunnel(host)
    if tunnel is not None:
        return await _through(context, tunnel, replace(data, carries=display_text(tunnel.name)))
    families = _families_in_use(host)
    firsts = tuple(address for family in families for address in _first_addresses(context, family))
    if await _kept_shut(context, families, firsts):
        refused = replace(data, refused=True)
        return Reading("kill_switch", "this computer refuses to send, and no tunnel is up", refused)
    if names:
        return Reading("split", f"{', '.join(names)} up, the default route goes past it", data, firsts)
    return Reading("none", "no tunnel", data, firsts)


def _families_in_use(host: HostState) -> tuple[Family, ...]:
    return tuple(
        family for family in FAMILIES if default_routes(host, family) and global_addresses(host, family)
    )


async def _kept_shut(context: ProbeContext, families: tuple[Family, ...], firsts: tuple[str, ...]) -> bool:
    """Does this computer refuse datagrams to every operator, and the internet probes' pings and connects?

    A datagram alone may fall to a rule against QUIC, so the internet probes have to agree.
    """
    if shared_refusal([refused_datagram(address) for address in firsts]) != "not_permitted":
        return False
    readings = [await context.need(f"internet_v{family}") for family in families]
    return all(reading.outcome == "blocked_locally" for reading in readings)


def _first_addresses(context: ProbeContext, family: Family) -> list[str]:
    operators = context.anchors.operators[:2]
    return [
        addresses[0] for operator in operators if (addresses := operator.v4 if family == 4 else operator.v6)
    ]


async def _through(context: ProbeContext, tunnel: Adapter, data: VpnData) -> Reading:
    """Try the tunnel and every way past it side by side; the tunnel's first answer settles it."""
    if not context.anchors.operators:
        return Reading("unclear", f"{data.carries}: no address to contact", data)
    hold, contacted = context.deadline.within(HOLD), list[str]()
    held = hold.remaining() > HOLD - 0.5
    adapters = (tunnel, *physical_ways(context.host))
    tries = {each.name: _try(context, each, tunnel, hold, contacted) for each in adapters}
    try:
        await _wait(tries, tunnel.name, hold)
        ways = tuple(way_of(each, tries[each.name], each is tunnel, hold.over) for each in adapters)
    finally:
        await cancel_all([task for tasks in tries.values() for task in tasks])
    shut = not any(way.passes for way in ways) and _physical_refused(context, adapters[1:])
    data = replace(data, ways=ways, refused=shut)
    return Reading(judge(ways, held, shut), describe(ways), data, tuple(dict.fromkeys(contacted)))


def judge(ways: tuple[Way, ...], held: bool, shut: bool) -> str:
    """The outcome for the tunnel (first) and the ways past it.

    ``held``: was silence given its time? ``shut``: does this computer refuse to send past the tunnel?
    """
    if ways[0].passes:
        return "active"
    if not held:
        return "timeout"
    if any(way.passes for way in ways):
        return "dead"
    return "kill_switch" if shut else "unclear"


def _try(
    context: ProbeContext, found: Adapter, tunnel: Adapter, hold: Deadline, contacted: list[str]
) -> Knocks:
    host = context.host
    families = _default_families(host, found) if found is tunnel else FAMILIES
    return try_way(sources(host, found.name, families), context.anchors.operators[:2], hold, contacted)


def _default_families(host: HostState, found: Adapter) -> tuple[Family, ...]:
    return tuple(
        family
        for family in FAMILIES
        if any(route.adapter == found.name for route in default_routes(host, family))
    )


async def _wait(tries: Mapping[str, Knocks], tunnel: str, hold: Deadline) -> None:
    """Wait until the tunnel has passed something, or everything has ended."""
    while not passed(tries[tunnel]) and not hold.over:
        pending = [task for tasks in tries.values() for task in undecided(tasks)]
        if not pending:
            return
        await asyncio.wait(pending, timeout=hold.remaining(), return_when=asyncio.FIRST_COMPLETED)


def _physical_refused(context: ProbeContext, adapters: tuple[Adapter, ...]) -> bool:
    """Does this computer refuse datagrams past the tunnel, to every operator?"""
    refusals = [
        refused_datagram(address, source)
        for each in adapters
        for source, family in sources(context.host, each.name, FAMILIES)
        for address in _first_addresses(context, family)
    ]
    return shared_refusal(refusals) == "not_permitted"
