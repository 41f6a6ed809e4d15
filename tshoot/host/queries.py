"""Pure questions over a snapshot, for probes and rules. Routing and NO_PROXY live next door."""

from __future__ import annotations

from typing import Literal

from tshoot.host.addresses import parse_ip, without_zone
from tshoot.host.model import Adapter, AdapterKind, Address, Family, HostsEntry, HostState
from tshoot.host.no_proxy import proxy_for
from tshoot.host.routing import (
    adapters_with_default,
    default_routes,
    on_link,
    preferred_default,
    route_for,
)

Part = Literal["adapters", "routes", "resolvers", "hosts file", "proxy settings"]

__all__ = [
    "Part",
    "adapter",
    "adapter_addresses",
    "adapters_with_default",
    "default_routes",
    "global_addresses",
    "hosts_addresses",
    "is_tunnel",
    "knows",
    "network_fingerprint",
    "on_link",
    "only_unique_local",
    "preferred_default",
    "proxy_for",
    "route_for",
]


def adapter(state: HostState, name: str) -> Adapter | None:
    """The adapter of that name, or None."""
    return next((found for found in state.adapters if found.name == name), None)


def adapter_addresses(state: HostState, name: str, family: Family) -> tuple[Address, ...]:
    """The addresses of one adapter in one family, link-local ones included; empty where unknown."""
    found = adapter(state, name)
    return () if found is None else tuple(a for a in found.addresses if a.family == family)


def global_addresses(state: HostState, family: Family) -> tuple[Address, ...]:
    """Addresses of adapters that are up, without loopback, link-local, unspecified and multicast.

    Private IPv4 (RFC 1918) counts: it reaches the internet by translation. So does unique-local IPv6
    (RFC 4193) here; ask :func:`only_unique_local` whether there is nothing better.
    """
    return tuple(
        address
        for found in state.adapters
        if found.up and found.kind is not AdapterKind.LOOPBACK
        for address in found.addresses
        if address.family == family and _reaches_beyond_link(address)
    )


def only_unique_local(state: HostState) -> bool:
    """Is every IPv6 address beyond the link unique-local (fc00::/7, RFC 4193), so none for the internet?

    False where there is none at all.
    """
    addresses = global_addresses(state, 6)
    return bool(addresses) and all(_is_unique_local(address) for address in addresses)


def is_tunnel(found: Adapter | None) -> bool:
    """Is this a VPN's or another tunnel's adapter? A point-to-point adapter that is not cellular counts."""
    if found is None:
        return False
    quiet = found.kind in {AdapterKind.CELLULAR, AdapterKind.LOOPBACK}
    return found.kind is AdapterKind.TUNNEL or (found.point_to_point and not quiet)


def hosts_addresses(state: HostState, name: str) -> tuple[HostsEntry, ...]:
    """The hosts file's lines that name ``name`` (any case, trailing dot ignored), in order."""
    wanted = name.lower().removesuffix(".")
    return tuple(entry for entry in state.hosts if wanted in entry.names)


def knows(state: HostState, part: Part) -> bool:
    """Could this part of the snapshot be read? Where not, its emptiness means nothing.

    By the first word of the ``unreadable`` lines, which every backend starts with the part's name.
    """
    return not any(line.startswith(part) for line in state.unreadable)


def network_fingerprint(state: HostState) -> str:
    """Which network this is, as stable text: preferred adapter and gateway per family, resolvers.

    Equal text means the same network; it holds no address of this computer itself.
    """
    ways = (preferred_default(state, 4), preferred_default(state, 6))
    parts = [f"{way.adapter}>{way.gateway or 'on-link'}" if way else "none" for way in ways]
    resolvers = ",".join(sorted({resolver.address for resolver in state.resolvers})) or "none"
    return f"v4={parts[0]} v6={parts[1]} dns={resolvers}"


def _reaches_beyond_link(address: Address) -> bool:
    parsed = parse_ip(without_zone(address.ip))
    if parsed is None:
        return False
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified or parsed.is_multicast)


def _is_unique_local(address: Address) -> bool:
    parsed = parse_ip(without_zone(address.ip))
    return parsed is not None and parsed.version == 6 and parsed.packed[0] & 0xFE == 0xFC
