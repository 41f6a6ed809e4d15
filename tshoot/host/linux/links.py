"""Adapters and their addresses from rtnetlink's link and address dumps (rtnetlink(7))."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tshoot.host.linux.netlink import number, parse_attributes, text
from tshoot.host.model import Address, Family
from tshoot.text import display_text

IFF_UP, IFF_LOOPBACK, IFF_POINTOPOINT, IFF_RUNNING = 0x1, 0x8, 0x10, 0x40
IFF_LOWER_UP = 0x10000
_IFLA_IFNAME, _IFLA_MTU, _IFLA_MASTER, _IFLA_LINKINFO = 3, 4, 10, 18
_IFLA_INFO_KIND = 1
_IFA_ADDRESS, _IFA_LOCAL, _IFA_FLAGS = 1, 2, 8
_IFA_F_DADFAILED = 0x08
_LINK = struct.Struct("=BxHiII")
_ADDRESS = struct.Struct("=BBBBI")
_LENGTH = {2: 4, 10: 16}


@dataclass(frozen=True, slots=True)
class Link:
    """One network device: flags as in netdevice(7), hardware type (ARPHRD), the driver's kind."""

    index: int
    name: str
    flags: int
    hardware: int
    driver: str
    mtu: int | None
    has_master: bool


def parse_link(payload: bytes) -> Link | None:
    """One device of a link dump, or None for a message too short or without a name."""
    if len(payload) < _LINK.size:
        return None
    _family, hardware, index, flags, _change = _LINK.unpack_from(payload)
    attributes = parse_attributes(payload, _LINK.size)
    name = display_text(text(attributes.get(_IFLA_IFNAME)))
    if not name:
        return None
    driver = text(parse_attributes(attributes.get(_IFLA_LINKINFO, b"")).get(_IFLA_INFO_KIND))
    mtu = number(attributes.get(_IFLA_MTU)) or None
    return Link(index, name, flags, hardware, driver, mtu, bool(number(attributes.get(_IFLA_MASTER))))


def parse_addresses(payloads: Iterable[bytes], names: dict[int, str]) -> dict[int, tuple[Address, ...]]:
    """Addresses by device index; ``names`` gives the zone of link-local ones.

    An address that duplicate detection found in use elsewhere (RFC 4862, 5.4) can't be used: left out.
    """
    found: defaultdict[int, list[Address]] = defaultdict(list)
    for payload in payloads:
        if len(payload) < _ADDRESS.size:
            continue
        family, prefix, flags, _scope, index = _ADDRESS.unpack_from(payload)
        attributes = parse_attributes(payload, _ADDRESS.size)
        raw = attributes.get(_IFA_LOCAL, attributes.get(_IFA_ADDRESS, b""))
        if number(attributes.get(_IFA_FLAGS), flags) & _IFA_F_DADFAILED or len(raw) != _LENGTH.get(
            family, -1
        ):
            continue
        found[index].append(Address(ip_text(raw, names.get(index)), prefix, family_of(family)))
    return {index: tuple(addresses) for index, addresses in found.items()}


def ip_text(raw: bytes, adapter: str | None) -> str:
    """Raw address bytes as canonical text; link-local IPv6 gets the adapter as its zone."""
    import ipaddress

    address = ipaddress.ip_address(raw)
    zoned = adapter is not None and address.version == 6 and address.is_link_local
    return f"{address}%{adapter}" if zoned else str(address)


def family_of(number_of_family: int) -> Family:
    """4 or 6 for AF_INET or AF_INET6."""
    return 4 if number_of_family == 2 else 6
