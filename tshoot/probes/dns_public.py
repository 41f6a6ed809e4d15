"""Well-known public DNS servers asked for the target by plain DNS: a second opinion, and is port 53 open?"""

from __future__ import annotations

import asyncio

from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import DnsAnswer, RecordType
from tshoot.probes.dns_others import Opinion, Server, describe, gather_enough, opinion, servers_of
from tshoot.probes.dns_query import ask
from tshoot.probes.dns_questions import control_name
from tshoot.probes.model import ProbeSpec, Reading

_OUTCOMES: dict[Opinion, str] = {
    "ok": "ok",
    "name_missing": "name_missing",
    "refused": "refused",
    "partial": "timeout",
    "silent": "unreachable",
}

SPEC = ProbeSpec(
    name="dns_public",
    title="Public DNS",
    summary="Asks well-known public DNS servers for the target's name, unencrypted.",
    outcomes={
        "ok": "A public server gave addresses.",
        "name_missing": "The public servers say that there is no such name, or no address for it.",
        "refused": "The public servers answer, but only to say that they can't or won't.",
        "unreachable": "No public server answered.",
    },
    good=frozenset({"ok", "name_missing"}),
    sends="DNS questions for the target's name and a control name to two public operators, UDP and TCP 53",
    privilege="none",
    deadline=2.0,
)


async def run(context: ProbeContext) -> Reading:
    """Ask two operators side by side, over IPv6 too where this computer has a global address of it."""
    name = context.target.host
    if context.target.is_address:
        return Reading("not_applicable", f"{name} is an address already")
    servers = servers_of(context.anchors.operators, context.host)
    if not servers:
        return Reading("skipped", "no public server is known")
    contacted = tuple(server.address for server in servers)
    data = await gather_enough(_questions(context, servers), name, context.deadline)
    return Reading(
        _OUTCOMES[opinion(data)],
        describe(data) if data.answers else f"no answer from {', '.join(contacted)}",
        data,
        contacted,
    )


def _questions(
    context: ProbeContext, servers: tuple[Server, ...]
) -> list[asyncio.Task[tuple[DnsAnswer, ...]]]:
    name, control = context.target.host, control_name(context.anchors, context.target.host)
    kinds: list[tuple[str, RecordType]] = [(name, "A"), (name, "AAAA")]
    if control is not None:
        kinds.append((control, "A"))
    return [
        asyncio.create_task(_asked(server, asked, kind, context.deadline))
        for server in servers
        for asked, kind in kinds
    ]


async def _asked(server: Server, name: str, kind: RecordType, deadline: Deadline) -> tuple[DnsAnswer, ...]:
    return (await ask(server.address, name, kind, deadline, server.operator.dns_port),)
