"""The target's name as the operating system resolves it, so as a browser on this computer would."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.system_names import SystemLookup, system_lookup

SPEC = ProbeSpec(
    name="dns_system",
    title="Name look-up",
    summary="Looks the target's name up as a browser on this computer would.",
    outcomes={
        "ok": "The name has addresses.",
        "name_missing": "The system says that there is no such name, or no address for it.",
        "failed": "The system says that it could not get an answer.",
    },
    good=frozenset({"ok"}),
    sends="the system's own DNS questions for the target's name",
    privilege="none",
    deadline=3.0,
)


@dataclass(frozen=True, slots=True)
class SystemData:
    """What the system said of ``name`` after ``ms`` milliseconds; ``error`` is its code."""

    name: str
    addresses: tuple[str, ...] = ()
    ms: float | None = None
    error: str = ""


async def run(context: ProbeContext) -> Reading:
    """Ask getaddrinfo; its silence until the deadline is ``timeout``."""
    name = context.target.host
    if context.target.is_address:
        return Reading("not_applicable", f"{name} is an address already")
    servers = tuple(server.address for server in context.host.resolvers if server.valid)
    began = time.perf_counter()
    try:
        async with asyncio.timeout(context.deadline.remaining()):
            found = await system_lookup(name)
    except TimeoutError:
        return Reading("timeout", _silence(servers), SystemData(name), servers)
    ms = round((time.perf_counter() - began) * 1000, 1)
    data = SystemData(name, found.addresses, ms, found.error)
    return Reading(found.state, _detail(found, ms), data, servers)


def _silence(servers: tuple[str, ...]) -> str:
    return f"no answer ({', '.join(servers)})" if servers else "no answer"


def _detail(found: SystemLookup, ms: float) -> str:
    if found.state == "ok":
        return f"{', '.join(found.addresses[:4])} in {ms:.0f} ms"
    return f"{found.error} after {ms:.0f} ms"
