"""What kind of address a DNS answer is: one of the internet, a reserved one, or a sinkhole."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from tshoot.host.model import Family

_SINKHOLES = tuple(map(ip_network, ("0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128")))
_RESERVED = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "100.64.0.0/10",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8",
            "2001:db8::/32",
        ),
    )
)
_SITE_LOCAL = ip_network("fec0::/10")


class AddressKind(IntEnum):
    """Ordered: the best address of an answer says what kind of answer it is."""

    SINKHOLE = 0
    RESERVED = 1
    PUBLIC = 2


def kind_of(address: str) -> AddressKind:
    """The kind of one address: IANA special-purpose registries (RFC 6890), multicast, this computer."""
    ip = _plain(address)
    if any(ip in net for net in _SINKHOLES if net.version == ip.version):
        return AddressKind.SINKHOLE
    if any(ip in net for net in _RESERVED if net.version == ip.version):
        return AddressKind.RESERVED
    return AddressKind.PUBLIC


def kind_of_all(addresses: Iterable[str]) -> AddressKind | None:
    """The best kind among ``addresses``; None for none."""
    return max(map(kind_of, addresses), default=None)


def can_be_server(address: str) -> bool:
    """False for what no DNS server can have: unspecified, multicast, broadcast, reserved, no address.

    Also for the site-local range (RFC 3879, deprecated), which Windows puts on adapters by default.
    """
    try:
        ip = _plain(address)
    except ValueError:
        return False
    if ip.version == 4:
        return not (ip.is_multicast or ip.is_reserved or int(ip) >> 24 == 0)
    return not (ip.is_multicast or ip.is_unspecified or ip in _SITE_LOCAL)


def family_of(address: str) -> Family:
    """4 or 6."""
    return 4 if _plain(address).version == 4 else 6


def _plain(address: str) -> IPv4Address | IPv6Address:
    """The address without zone; an IPv4-mapped one (RFC 4291, section 2.5.5.2) as the IPv4 it means."""
    ip = ip_address(address.partition("%")[0])
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
