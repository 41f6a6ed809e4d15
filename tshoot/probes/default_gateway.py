"""Which gateway a probe shall ask, and what the neighbour table says of it."""

from __future__ import annotations

from tshoot.host.addresses import canonical_ip, with_zone
from tshoot.host.model import HostBackend, HostState, NeighbourState
from tshoot.host.queries import adapter
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.own_adapters import first_default, first_default_outside_tunnels


def default_gateway(host: HostState) -> tuple[str, str] | str:
    """The gateway's address (with its zone where link-local) and adapter, or why there is none to ask.

    Where a tunnel holds the preferred route, the gateway the tunnel itself rides on is meant.
    """
    way = first_default_outside_tunnels(host)
    if way is None:
        return (
            "no default route" if first_default(host) is None else "every default route leads into a tunnel"
        )
    found = adapter(host, way.adapter)
    if way.gateway is None or (found is not None and found.point_to_point):
        return f"{way.adapter}: point-to-point, no gateway"
    address = canonical_ip(way.gateway)
    return (with_zone(address, way.adapter), way.adapter) if address else "the gateway's address is unusable"


async def neighbour_state(backend: HostBackend, address: str) -> NeighbourState | None:
    """The state of the address' neighbour entry as it is now, None where there is no entry.

    Reads the table in a thread of its own; sends nothing.
    """
    table = await in_daemon_thread(backend.neighbours)
    return next((each.state for each in table if canonical_ip(each.ip) == address), None)
