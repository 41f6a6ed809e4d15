"""From a snapshot of this computer to the few facts that are compared. Pure."""

from __future__ import annotations

import ipaddress

from tshoot.diagnosis.changes import Network, Way
from tshoot.host import queries
from tshoot.host.model import Adapter, AdapterKind, Address, Family, HostState


def network_of(state: HostState) -> Network:
    """This computer's side of its network. What could not be read is None, not empty."""
    adapters_known = queries.knows(state, "adapters")
    routes_known = queries.knows(state, "routes")
    return Network(
        fingerprint=queries.network_fingerprint(state),
        v4=_way(state, 4),
        v6=_way(state, 6),
        links=_links(state),
        resolvers=_resolvers(state) if queries.knows(state, "resolvers") else None,
        tunnels=_tunnels(state) if adapters_known else None,
        proxies=_proxies(state) if queries.knows(state, "proxy settings") else None,
        defaults=_defaults(state) if routes_known and adapters_known else None,
        ipv6=_has_ipv6(state) if routes_known and adapters_known else None,
    )


def _way(state: HostState, family: Family) -> Way | None:
    route = queries.preferred_default(state, family)
    return None if route is None else Way(route.adapter, route.gateway or "")


def _links(state: HostState) -> tuple[tuple[str, str], ...]:
    pairs = {(found.name, _range(address)) for found in _used(state) for address in found.addresses}
    return tuple(sorted(pair for pair in pairs if pair[1]))


def _used(state: HostState) -> list[Adapter]:
    return [found for found in state.adapters if found.up and found.kind is not AdapterKind.LOOPBACK]


def _range(address: Address) -> str:
    """The address range; empty for link-local ones, which every network has."""
    try:
        network = ipaddress.ip_network(f"{address.ip.partition('%')[0]}/{address.prefix}", strict=False)
    except ValueError:
        return ""
    return "" if network.is_link_local else str(network)


def _resolvers(state: HostState) -> tuple[str, ...]:
    return tuple(dict.fromkeys(resolver.address for resolver in state.resolvers))


def _tunnels(state: HostState) -> tuple[str, ...]:
    return tuple(sorted(found.name for found in _used(state) if queries.is_tunnel(found)))


def _proxies(state: HostState) -> tuple[str, ...]:
    return tuple(sorted({f"{proxy.scheme} {proxy.url}" for proxy in state.proxies}))


def _defaults(state: HostState) -> tuple[str, ...]:
    return tuple(sorted(found.name for found in queries.adapters_with_default(state)))


def _has_ipv6(state: HostState) -> bool:
    usable = bool(queries.global_addresses(state, 6)) and not queries.only_unique_local(state)
    return usable and queries.preferred_default(state, 6) is not None
