"""Every configured DNS server asked directly: does it answer, how fast, and does it tell the truth?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from tshoot.host.model import Family, HostState, Neighbour, NeighbourState, Resolver
from tshoot.host.queries import default_routes, on_link
from tshoot.probes.address_kind import can_be_server
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import DnsAnswer, RecordType, median_ms
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_query import ask
from tshoot.probes.dns_questions import control_name, random_names
from tshoot.probes.dns_server_record import (
    ServerRecord,
    ServersData,
    describe,
    first_working,
    judge,
    passed_over,
    record_of,
)
from tshoot.probes.model import ProbeSpec, Reading

MOST_SERVERS = 6
FAMILIES: tuple[Family, ...] = (4, 6)
_SECONDS = 2.4
QUICKER = 2.0
"""How many times as long as public servers the own one takes before it is called slow (causes.md: "own
resolver slow, a public one quick")."""

SPEC = ProbeSpec(
    name="dns_servers",
    title="DNS servers",
    summary="Asks every configured DNS server itself for the target, a control name and names nobody has.",
    outcomes={
        "ok": "Every server answers.",
        "some_dead": "A server answers, another is silent or refuses everything.",
        "slow": "The server in use answers, but slowly, and a public one is quicker by far.",
        "unreachable": "No server answers.",
        "refusing": "The servers answer, but only to say that they can't or won't.",
        "invalid": "No configured address can be a DNS server.",
        "none_configured": "No DNS server is configured.",
    },
    good=frozenset({"ok"}),
    sends="six DNS questions to each configured server, UDP and TCP 53",
    privilege="none",
    deadline=_SECONDS + 0.3,
    uses=("dns_public",),
)


async def run(context: ProbeContext) -> Reading:
    """Ask all servers side by side; what is silent is asked again until the deadline."""
    resolvers = context.host.resolvers[:MOST_SERVERS]
    deadline = context.deadline.within(_SECONDS)
    servers = tuple(await asyncio.gather(*(_measured(context, each, deadline) for each in resolvers)))
    data = ServersData(
        servers=servers,
        control=any(answer.addresses for server in servers for answer in server.control),
        rewritten=any(server.rewritten for server in servers),
    )
    contacted = tuple(server.address for server in servers if server.asked)
    outcome = judge(servers)
    if outcome == "slow" and await _no_slower_than_others(context, first_working(servers)):
        outcome = "ok"
    return Reading(outcome, describe(servers), data, contacted)


async def _no_slower_than_others(context: ProbeContext, server: ServerRecord) -> bool:
    """Do public servers take about as long? Then the line is slow, or this computer is busy."""
    public = context.future("dns_public")
    await asyncio.wait({public}, timeout=context.deadline.remaining())
    others = public.result().data if public.done() else None
    theirs = median_ms(others.answers) if isinstance(others, OthersData) else None
    if server.ignores_ipv6 or server.uncached_ms is None or theirs is None:
        return False
    return server.uncached_ms < QUICKER * theirs


async def _measured(context: ProbeContext, resolver: Resolver, deadline: Deadline) -> ServerRecord:
    if not (resolver.valid and can_be_server(resolver.address)):
        return passed_over(resolver)
    target, control, random = await asyncio.gather(
        _answers(resolver, _target_questions(context), deadline),
        _answers(resolver, _control_questions(context), deadline),
        _answers(
            resolver,
            [(name, "A") for name in random_names(context.anchors, context.target.host)],
            deadline,
        ),
    )
    unowned = await _owner_missing(context, resolver, (*target, *control, *random))
    return record_of(resolver, target, control, random, unowned)


def _target_questions(context: ProbeContext) -> list[tuple[str, RecordType]]:
    host = context.target.host
    return [] if context.target.is_address else [(host, "A"), (host, "AAAA")]


def _control_questions(context: ProbeContext) -> list[tuple[str, RecordType]]:
    control = control_name(context.anchors, context.target.host)
    return [] if control is None else [(control, "A")]


async def _answers(
    resolver: Resolver, questions: list[tuple[str, RecordType]], deadline: Deadline
) -> tuple[DnsAnswer, ...]:
    asked = (ask(resolver.address, name, kind, deadline, resolver.port) for name, kind in questions)
    return tuple(await asyncio.gather(*asked))


async def _owner_missing(context: ProbeContext, resolver: Resolver, answers: Sequence[DnsAnswer]) -> bool:
    """Look for the server's neighbour entry where it did not answer; reading the table may take a while."""
    if any(answer.state not in {"silent", "unreachable"} for answer in answers):
        return False
    try:
        async with asyncio.timeout(context.deadline.remaining()):
            table = await in_daemon_thread(context.world.backend.neighbours)
    except TimeoutError:
        return False
    return nobody_there(context.host, table, resolver.address)


def nobody_there(host: HostState, table: Iterable[Neighbour], address: str) -> bool:
    """True when ``address`` lies in the own subnet and asking for its owner brought no reply.

    A gateway is exempt: when it is dead, the setting is right all the same. The system gives up after
    three requests a second apart, so an entry still resolving after our deadline counts as well.
    """
    gateways = {route.gateway for family in FAMILIES for route in default_routes(host, family)}
    if address in gateways or not on_link(host, address):
        return False
    unowned = {NeighbourState.FAILED, NeighbourState.RESOLVING}
    return any(entry.ip == address and entry.state in unowned for entry in table)
