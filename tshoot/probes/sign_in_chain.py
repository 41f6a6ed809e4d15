"""Every further host of the service's sign-in chain: its name, TCP 443 and TLS."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.probes.addresses import PATIENCE, resolve
from tshoot.probes.again import side_by_side
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.system_names import SystemLookup, system_lookup
from tshoot.probes.tcp_connect import both_families
from tshoot.probes.tls_exchange import TLS_SECONDS, reach
from tshoot.target import Target

SECONDS = 3.2
PORT = 443

SPEC = ProbeSpec(
    name="sign_in_chain",
    title="Other parts of the sign-in",
    summary="Checks every further host that signing in to the service needs.",
    outcomes={
        "ok": "Every host of the chain can be reached safely.",
        "part_down": "At least one host of the chain can't be reached safely, at least one can.",
        "all_down": "No host of the chain can be reached safely.",
    },
    good=frozenset({"ok"}),
    sends="a TCP connection and a TLS handshake to each further host of the service's sign-in chain",
    privilege="none",
    deadline=SECONDS + 0.1,
    uses=("dns_system", "dns_public", "dns_encrypted"),
)


@dataclass(frozen=True, slots=True)
class ChainHost:
    """How far one host got: ``stage`` is the last one tried, ``state`` is ``ok`` or what went wrong there."""

    host: str
    stage: Literal["name", "tcp", "tls"]
    state: str
    address: str = ""
    ms: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChainData:
    """All further hosts, in the order of the catalogue."""

    hosts: tuple[ChainHost, ...] = ()


async def run(context: ProbeContext, port: int = PORT) -> Reading:
    """Check all hosts side by side; each is asked again only on silence."""
    names = further_hosts(context.target)
    if not names:
        return Reading("not_applicable", "the target has no further hosts")
    contacted: list[str] = []
    deadline = context.deadline.within(SECONDS)
    found = await side_by_side(
        [_check(context, name, port, deadline, contacted) for name in names],
        lambda so_far: False,
        deadline,
        stragglers=0.0,
    )
    hosts = tuple(
        result or ChainHost(name, "name", "timeout") for name, result in zip(names, found, strict=True)
    )
    return Reading(judge(hosts), _detail(hosts), ChainData(hosts), tuple(contacted))


def further_hosts(target: Target) -> tuple[str, ...]:
    """The hosts of the chain without the main one."""
    return target.hosts[1:]


def judge(hosts: Sequence[ChainHost]) -> str:
    """The outcome for all hosts together."""
    down = sum(host.state != "ok" for host in hosts)
    return "ok" if not down else "all_down" if down == len(hosts) else "part_down"


async def _check(
    context: ProbeContext, name: str, port: int, deadline: Deadline, contacted: list[str]
) -> ChainHost:
    own = await _own_lookup(name)
    if own is not None and own.state == "name_missing":
        # Others may know it, but a browser on this computer does not get there.
        return ChainHost(name, "name", "name_missing", reason=own.error)
    found = own.addresses if own is not None else ()
    addresses = both_families(found or await resolve(context, name))
    if not addresses:
        return ChainHost(name, "name", "unresolved")
    contacted += addresses
    answer = await reach(context.shared, addresses, port, name, deadline.within(TLS_SECONDS))
    stage: Literal["tcp", "tls"] = "tls" if answer.stage == "tls" else "tcp"
    return ChainHost(name, stage, answer.outcome, answer.address, answer.tls_ms, answer.reason)


async def _own_lookup(name: str) -> SystemLookup | None:
    """What the system says of a name; None where it is silent for longer than :data:`PATIENCE`."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await system_lookup(name)
    except TimeoutError:
        return None


def _detail(hosts: Sequence[ChainHost]) -> str:
    down = [f"{host.host}: {host.stage} {host.state}" for host in hosts if host.state != "ok"]
    return ", ".join(down) if down else f"{len(hosts)} of {len(hosts)} hosts answer"
