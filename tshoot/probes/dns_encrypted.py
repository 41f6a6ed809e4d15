"""The same second opinion by DNS over HTTPS (RFC 8484), which a filter on port 53 does not touch.

The operators are contacted by address, so nothing has to be resolved first; certificates are verified
for the name in the operator's URL. Being blocked is no fault by itself.
"""

from __future__ import annotations

import asyncio
from functools import partial

from tshoot.probes.again import first_answer
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import ProbeContext
from tshoot.probes.dns_answer import DnsAnswer
from tshoot.probes.dns_library import dns_ready
from tshoot.probes.dns_others import Opinion, Server, describe, gather_enough, opinion, servers_of
from tshoot.probes.dns_questions import control_name
from tshoot.probes.doh import HttpsResolver, load_httpx
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.trust import verifying

_OUTCOMES: dict[Opinion, str] = {
    "ok": "ok",
    "name_missing": "name_missing",
    "refused": "blocked",
    "partial": "blocked",
    "silent": "blocked",
}

SPEC = ProbeSpec(
    name="dns_encrypted",
    title="Encrypted DNS",
    summary="Asks well-known public servers for the target's name by DNS over HTTPS.",
    outcomes={
        "ok": "A server gave addresses.",
        "name_missing": "The servers say that there is no such name, or no address for it.",
        "blocked": "No server gave a usable answer over HTTPS.",
    },
    good=frozenset({"ok", "name_missing"}),
    sends="DNS questions for the target's name to two public operators over HTTPS",
    privilege="none",
    deadline=2.5,
)


async def run(context: ProbeContext) -> Reading:
    """Ask two operators side by side over HTTPS."""
    name = context.target.host
    if context.target.is_address:
        return Reading("not_applicable", f"{name} is an address already")
    servers = tuple(s for s in servers_of(context.anchors.operators, context.host) if s.operator.doh)
    if not servers:
        return Reading("skipped", "no public server is known")
    await asyncio.gather(in_daemon_thread(load_httpx), dns_ready(), verifying(context.shared))
    contacted = tuple(server.address for server in servers)
    data = await gather_enough(
        [asyncio.create_task(_asked(context, server)) for server in servers], name, context.deadline
    )
    return Reading(
        _OUTCOMES[opinion(data)],
        describe(data) if data.answers else f"no answer from {', '.join(contacted)}",
        data,
        contacted,
    )


async def _asked(context: ProbeContext, server: Server) -> tuple[DnsAnswer, ...]:
    resolver = HttpsResolver(server.operator.doh, server.address, await verifying(context.shared))
    control = control_name(context.anchors, context.target.host)
    attempt = partial(resolver.ask, context.target.host, control, context.deadline)
    return await first_answer(attempt, context.deadline) or ()
