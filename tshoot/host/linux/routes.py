"""Routes of every table from rtnetlink's route dump (rtnetlink(7))."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass

from tshoot.host.addresses import IPNetwork
from tshoot.host.linux.links import family_of, ip_text
from tshoot.host.linux.netlink import number, parse_attributes
from tshoot.host.model import Family

UNICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW = 1, 6, 7, 8, 9
_KNOWN = frozenset({UNICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW})
_RTA_DST, _RTA_OIF, _RTA_GATEWAY, _RTA_PRIORITY, _RTA_MULTIPATH, _RTA_TABLE, _RTA_VIA = 1, 4, 5, 6, 9, 15, 18
_RTM_F_CLONED, _RTNH_F_DEAD = 0x200, 0x1
_ROUTE = struct.Struct("=BBBBBBBBI")
_NEXT_HOP = struct.Struct("=HBBi")
_LENGTH = {2: 4, 10: 16}


@dataclass(frozen=True, slots=True)
class Hop:
    """A way out: the gateway (None where on-link) and the adapter's name."""

    gateway: str | None
    adapter: str


@dataclass(frozen=True, slots=True)
class TableRoute:
    """One entry of one routing table, refusals (blackhole, throw, …) included."""

    family: Family
    network: IPNetwork
    table: int
    kind: int
    metric: int
    hops: tuple[Hop, ...]


def parse_route(payload: bytes, names: dict[int, str]) -> TableRoute | None:
    """One entry of a route dump; None for local, broadcast, multicast, cached and malformed ones.

    ``names`` maps device indexes to names. A route none of whose devices is alive is no way out: None.
    """
    if len(payload) < _ROUTE.size:
        return None
    family, length, _src, _tos, table, _proto, _scope, kind, flags = _ROUTE.unpack_from(payload)
    if family not in _LENGTH or kind not in _KNOWN or flags & _RTM_F_CLONED:
        return None
    attributes = parse_attributes(payload, _ROUTE.size)
    network = _network(family, attributes.get(_RTA_DST), length)
    hops = _hops(attributes, flags, names)
    if network is None or (kind == UNICAST and not hops):
        return None
    table = number(attributes.get(_RTA_TABLE), table)
    return TableRoute(family_of(family), network, table, kind, number(attributes.get(_RTA_PRIORITY)), hops)


def _network(family: int, raw: bytes | None, length: int) -> IPNetwork | None:
    try:
        return ipaddress.ip_network((raw or bytes(_LENGTH[family]), length), strict=False)
    except ValueError:
        return None


def _hops(attributes: dict[int, bytes], flags: int, names: dict[int, str]) -> tuple[Hop, ...]:
    if _RTA_MULTIPATH in attributes:
        return _many_hops(attributes[_RTA_MULTIPATH], names)
    hop = _hop(attributes, number(attributes.get(_RTA_OIF)), flags, names)
    return () if hop is None else (hop,)


def _many_hops(raw: bytes, names: dict[int, str]) -> tuple[Hop, ...]:
    found: list[Hop | None] = []
    at = 0
    while at + _NEXT_HOP.size <= len(raw):
        length, flags, _weight, index = _NEXT_HOP.unpack_from(raw, at)
        if length < _NEXT_HOP.size or at + length > len(raw):
            break
        found.append(_hop(parse_attributes(raw[at : at + length], _NEXT_HOP.size), index, flags, names))
        at += (length + 3) & ~3
    return tuple(hop for hop in found if hop is not None)


def _hop(attributes: dict[int, bytes], index: int, flags: int, names: dict[int, str]) -> Hop | None:
    adapter = names.get(index)
    if adapter is None or flags & _RTNH_F_DEAD:
        return None
    raw = attributes.get(_RTA_GATEWAY) or attributes.get(_RTA_VIA, b"")[2:]
    return Hop(ip_text(raw, adapter) if len(raw) in {4, 16} else None, adapter)
