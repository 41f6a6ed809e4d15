"""TCP to the target at the addresses the system uses, both families side by side."""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.probes.addresses import TargetAddresses, target_addresses
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tcp_connect import (
    CONNECTED,
    TcpAnswer,
    both_families,
    connect_all,
    first_connected,
    most_telling,
)

SECONDS = 2.5
"""For connecting, once the addresses are known."""

SPEC = ProbeSpec(
    name="tcp",
    title="Connection to the service",
    summary="Opens a TCP connection to the target at the addresses this computer uses for it.",
    outcomes={
        "ok": "At least one address accepts the connection.",
        "refused": "The service's computer answers that nobody listens there.",
        "unreachable": "The network says that there is no way there.",
        "reset": "The connection is torn down at once.",
        "blocked_locally": "This computer itself forbids the connection.",
    },
    good=frozenset({"ok"}),
    sends="TCP connections to the target's port, at up to 4 of its addresses",
    privilege="none",
    deadline=5.0,
    uses=("dns_system", "dns_public", "dns_encrypted"),
)


@dataclass(frozen=True, slots=True)
class TcpData:
    """``address`` connected first; ``connects`` is what came of each address tried.

    ``source`` says whose addresses these are: ``system``, ``public`` or ``literal``.
    """

    host: str
    port: int
    source: str
    address: str = ""
    connects: tuple[TcpAnswer, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Connect to all addresses at once; the first that connects settles it."""
    target = context.target
    addresses = await target_addresses(context)
    wanted = both_families(addresses.used)
    if not wanted:
        return Reading("skipped", f"no address for {target.host}")
    connects = await connect_all(wanted, target.port, context.deadline.within(SECONDS))
    return _reading(context, addresses, connects)


def _reading(context: ProbeContext, addresses: TargetAddresses, connects: tuple[TcpAnswer, ...]) -> Reading:
    target = context.target
    contacted = tuple(connect.address for connect in connects)
    first = first_connected(connects)
    data = TcpData(target.host, target.port, addresses.source, first.address if first else "", connects)
    outcome = CONNECTED if first else most_telling(connects).state
    return Reading(outcome, _detail(first, connects, target.port), data, contacted)


def _detail(first: TcpAnswer | None, connects: tuple[TcpAnswer, ...], port: int) -> str:
    if first is not None:
        return f"{first.address} port {port} in {first.ms:.0f} ms"
    return f"port {port}: " + ", ".join(f"{connect.address} {connect.state}" for connect in connects)
