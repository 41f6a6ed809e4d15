"""Which way a packet leaves: pure questions over the routes of a snapshot.

The order is that of every IP stack: longest prefix, then metric, then the order of the table
(RFC 1812, 5.2.4.3).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from tshoot.host.addresses import (
    IPAddress,
    IPNetwork,
    network_of,
    parse_ip,
    parse_network,
    without_zone,
    zone_of,
)
from tshoot.host.model import Adapter, Family, HostState, Route

HOST_LENGTH: dict[Family, int] = {4: 32, 6: 128}
"""Length in bits of a prefix that holds one address."""
_LONGEST_SPLIT = 16
"""Longer prefixes are no part of a divided default route."""
_SPLIT_SHARE = 0.9
"""Part of the public space that an adapter's longer prefixes must cover to be its default route.

VPN clients divide the default: 0/1 and 128/1, or everything but the private ranges; OpenVPN covers
2000::/3 where it means all of IPv6. 0.9 lets private ranges be left out and nothing else of weight.
"""
_PUBLIC: dict[Family, IPNetwork] = {
    4: ipaddress.ip_network("0.0.0.0/0"),
    6: ipaddress.ip_network("2000::/3"),
}
_PUBLIC_SIZE: dict[Family, int] = {4: 224 << 24, 6: 1 << 125}


def default_routes(state: HostState, family: Family) -> tuple[Route, ...]:
    """The default routes of a family, the preferred one first.

    A default divided into longer prefixes (0/1 and 128/1) counts once, ahead of every /0, and is
    represented by its widest, lowest part (``0.0.0.0/1``).
    """
    routes = [route for route in state.routes if route.family == family]
    whole = [route for route in routes if _prefix_length(route) == 0]
    return (*_split_defaults(routes, family), *sorted(whole, key=lambda route: route.metric))


def preferred_default(state: HostState, family: Family) -> Route | None:
    """The default route the system uses, or None without one."""
    return next(iter(default_routes(state, family)), None)


def adapters_with_default(state: HostState) -> tuple[Adapter, ...]:
    """Adapters that have a default route of either family, each once, preferred IPv4 first."""
    names = dict.fromkeys(r.adapter for family in _PUBLIC for r in default_routes(state, family))
    known = {adapter.name: adapter for adapter in state.adapters}
    return tuple(known[name] for name in names if name in known)


def route_for(state: HostState, ip: str) -> Route | None:
    """The route a packet to ``ip`` takes; a zone pins the adapter. None: unreachable, or no address.

    Prefixes of adapters that are up count as on-link routes behind the table's own of equal length.
    """
    address = parse_ip(without_zone(ip))
    if address is None:
        return None
    candidates = [*state.routes, *_connected(state.adapters)]
    matching = [route for route in candidates if _leads_to(route, address, _zone(state, ip))]
    return min(matching, key=lambda route: (-_prefix_length(route), route.metric), default=None)


def on_link(state: HostState, ip: str, adapter: str | None = None) -> bool:
    """Is ``ip`` a neighbour, reached without a gateway (from ``adapter``, where one is named)?

    True inside a prefix of an adapter that is up, or where an on-link route of the table leads there.
    Defaults do not count, nor do routes to the one address from an adapter that has a prefix of its own:
    NetworkManager adds such a route for a gateway that was simply set wrong. From an adapter whose only
    address is a /32 they are the provider's set-up, and count.
    """
    address = parse_ip(without_zone(ip))
    zone = _zone(state, ip) or adapter
    if address is None or (adapter is not None and zone != adapter):
        return False
    ways = (*_connected(state.adapters), *(r for r in state.routes if _names_neighbours(state, r)))
    return any(_leads_to(route, address, zone) for route in ways)


def _names_neighbours(state: HostState, route: Route) -> bool:
    length = _prefix_length(route)
    if route.gateway is not None or length <= 0:
        return False
    if length < HOST_LENGTH[route.family]:
        return True
    own = (a for adapter in state.adapters if adapter.name == route.adapter for a in adapter.addresses)
    return all(a.prefix == HOST_LENGTH[a.family] for a in own if a.family == route.family)


def _zone(state: HostState, ip: str) -> str | None:
    """The adapter a zone names; Windows' zones are numbers and name none."""
    zone = zone_of(ip)
    return zone if any(adapter.name == zone for adapter in state.adapters) else None


def _connected(adapters: Iterable[Adapter]) -> list[Route]:
    """The on-link prefixes of adapters that are up, as routes."""
    return [
        Route(address.family, str(network), None, adapter.name)
        for adapter in adapters
        if adapter.up
        for address in adapter.addresses
        if (network := network_of(address.ip, address.prefix)) is not None
    ]


def _leads_to(route: Route, address: IPAddress, zone: str | None) -> bool:
    if route.family != address.version or (zone is not None and zone != route.adapter):
        return False
    network = parse_network(route.destination)
    return network is not None and address in network


def _prefix_length(route: Route) -> int:
    network = parse_network(route.destination)
    return -1 if network is None else network.prefixlen


def _split_defaults(routes: list[Route], family: Family) -> list[Route]:
    parts: dict[str, list[Route]] = {}
    for route in routes:
        if 0 < _prefix_length(route) <= _LONGEST_SPLIT:
            parts.setdefault(route.adapter, []).append(route)
    defaults = [_widest(group) for group in parts.values() if _covers_public(group, family)]
    return sorted(defaults, key=lambda route: (-_prefix_length(route), route.metric))


def _widest(routes: list[Route]) -> Route:
    return min(routes, key=lambda route: (_prefix_length(route), _first_address(route), route.metric))


def _first_address(route: Route) -> int:
    network = parse_network(route.destination)
    return 0 if network is None else int(network.network_address)


def _covers_public(routes: list[Route], family: Family) -> bool:
    networks = {parse_network(route.destination) for route in routes}
    if family == 4:
        v4 = [net for net in networks if isinstance(net, ipaddress.IPv4Network) and not net.is_multicast]
        size = sum(net.num_addresses for net in ipaddress.collapse_addresses(v4))
    else:
        v6 = [net for net in networks if isinstance(net, ipaddress.IPv6Network)]
        size = sum(_public_part(net) for net in ipaddress.collapse_addresses(v6))
    return size >= _SPLIT_SHARE * _PUBLIC_SIZE[family]


def _public_part(network: ipaddress.IPv6Network) -> int:
    public = _PUBLIC[6]
    if network.overlaps(public):
        return min(network.num_addresses, public.num_addresses)
    return 0
