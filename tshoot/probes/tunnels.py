"""Which VPN tunnels this computer has, and whether its DNS servers lie behind one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tshoot.host.addresses import parse_ip, parse_network, without_zone
from tshoot.host.model import Adapter, AdapterKind, HostState, Resolver
from tshoot.host.queries import adapter, adapters_with_default, is_tunnel, knows, on_link, route_for
from tshoot.probes.own_adapters import first_default, is_live
from tshoot.text import display_text

Place = Literal["tunnel", "own", "beyond", "no_route", "unknown"]
_LONGEST_DEFAULT = 16
"""Longer prefixes are routes of their own, shorter ones may be parts of a divided default (host/routing)."""


@dataclass(frozen=True, slots=True)
class ResolverPlace:
    """Where a configured DNS server is.

    ``tunnel``: it belongs to a VPN (its adapter, a prefix routed into it, or a private address that only
    the tunnel leads to); ``own``: a neighbour or this computer; ``no_route``: no way leads there.
    """

    address: str
    place: Place


def vpn_tunnels(host: HostState) -> tuple[Adapter, ...]:
    """Tunnel adapters that are up and have an address of their own beyond the link; a carrier they may lack.

    macOS keeps several tunnel adapters with link-local addresses only: they carry nothing. A tunnel rides
    on something: where no other adapter has an address it is this computer's own way out (PPPoE, the only
    adapter of a container), and no VPN.
    """
    addressed = [each for each in host.adapters if each.up and _has_address(each)]
    below = [each for each in addressed if not is_tunnel(each) and each.kind is not AdapterKind.LOOPBACK]
    return tuple(each for each in addressed if is_tunnel(each)) if below else ()


def carrying_tunnel(host: HostState) -> Adapter | None:
    """The VPN tunnel into which the preferred default route leads: that of IPv4, else that of IPv6."""
    way = first_default(host)
    return next((each for each in vpn_tunnels(host) if way is not None and each.name == way.adapter), None)


def physical_ways(host: HostState) -> tuple[Adapter, ...]:
    """Adapters beside tunnels that have a default route, so that something can be sent through them alone."""
    return tuple(each for each in adapters_with_default(host) if is_live(each) and not is_tunnel(each))


def resolver_places(host: HostState) -> tuple[ResolverPlace, ...]:
    """Where every configured DNS server is, in order, each address once."""
    places = {display_text(each.address): _place(host, each) for each in host.resolvers}
    return tuple(ResolverPlace(address, place) for address, place in places.items())


def _place(host: HostState, resolver: Resolver) -> Place:
    ip = parse_ip(without_zone(resolver.address))
    if ip is None or not resolver.valid or not knows(host, "routes"):
        return "unknown"
    if ip.is_loopback:
        return "own"
    if resolver.adapter is not None and is_tunnel(adapter(host, resolver.adapter)):
        return "tunnel"
    way = route_for(host, resolver.address)
    if way is None:
        return "no_route"
    if is_tunnel(adapter(host, way.adapter)):
        network = parse_network(way.destination)
        own_route = network is not None and network.prefixlen > _LONGEST_DEFAULT
        return "tunnel" if own_route or not ip.is_global else "beyond"
    return "own" if on_link(host, resolver.address) else "beyond"


def _has_address(found: Adapter) -> bool:
    parsed = (parse_ip(without_zone(each.ip)) for each in found.addresses)
    return any(ip is not None and not (ip.is_link_local or ip.is_loopback) for ip in parsed)
