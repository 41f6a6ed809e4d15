"""IP addresses as text in canonical form, and the few questions about them that several modules ask."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


def parse_ip(text: str) -> IPAddress | None:
    """The address written in ``text`` (a zone such as ``%eth0`` is kept), or None where it is none."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def canonical_ip(text: str) -> str | None:
    """The address in canonical form (RFC 5952 for IPv6), zone kept, or None where it is none."""
    address = parse_ip(text)
    return None if address is None else str(address)


@lru_cache(maxsize=1024)
def parse_network(text: str) -> IPNetwork | None:
    """The CIDR prefix written in ``text`` (host bits and a zone are dropped), or None where it is none."""
    base, _, length = text.partition("/")
    try:
        return ipaddress.ip_network(
            f"{without_zone(base)}/{length}" if length else without_zone(base), strict=False
        )
    except ValueError:
        return None


def without_zone(text: str) -> str:
    """``fe80::1`` for ``fe80::1%eth0``; other text unchanged."""
    return text.partition("%")[0]


def zone_of(text: str) -> str | None:
    """``eth0`` for ``fe80::1%eth0``, None without a zone."""
    return text.partition("%")[2] or None


def with_zone(address: str, adapter: str) -> str:
    """``address`` with the adapter's zone added where it is link-local IPv6 and carries none (RFC 4007)."""
    parsed = parse_ip(address)
    if parsed is None or parsed.version == 4 or not parsed.is_link_local or zone_of(address):
        return address
    return f"{address}%{adapter}"


def network_of(address: str, prefix: int) -> IPNetwork | None:
    """The prefix an adapter's address lies in, or None for nonsense."""
    return parse_network(f"{without_zone(address)}/{prefix}")
