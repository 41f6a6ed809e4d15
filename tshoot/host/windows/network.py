"""Adapters, routes, resolvers and neighbours from the scripts' answers.

Tested from recorded-style text only.

Numbers as documented for MSFT_NetAdapter, MSFT_NetIPInterface, MSFT_NetIPAddress and MSFT_NetNeighbor.
"""

from __future__ import annotations

from tshoot.host.addresses import canonical_ip, parse_ip, parse_network, without_zone
from tshoot.host.model import (
    Adapter,
    AdapterKind,
    Address,
    Family,
    Neighbour,
    NeighbourState,
    Resolver,
    Route,
)
from tshoot.host.resolv_conf import read_resolver
from tshoot.host.windows.answers import Answer, Row
from tshoot.text import display_text

_UP, _CONNECTED, _DISCONNECTED = 1, 1, 2
_TYPE_KINDS = {
    24: AdapterKind.LOOPBACK,
    71: AdapterKind.WIFI,
    243: AdapterKind.CELLULAR,
    244: AdapterKind.CELLULAR,
    23: AdapterKind.TUNNEL,
    53: AdapterKind.TUNNEL,
    131: AdapterKind.TUNNEL,
}
"""IF_TYPE numbers (IANA ifType): 23 PPP, 53 proprietary virtual (Wintun, WireGuard), 131 tunnel."""
_MEDIUM_KINDS = {1: AdapterKind.WIFI, 8: AdapterKind.CELLULAR, 9: AdapterKind.WIFI}
"""NdisPhysicalMedium: wireless LAN, wireless WAN, native 802.11."""
_TUNNEL_WORDS = ("tap-", "tap ", "wintun", "wireguard", "openvpn", "vpn", "tunnel", "anyconnect", "fortinet")
_NO_SERVERS = frozenset({"fec0:0:0:ffff::1", "fec0:0:0:ffff::2", "fec0:0:0:ffff::3"})
"""Windows lists these site-local addresses where no IPv6 server is configured at all."""
_DUPLICATE = 2
_NEIGHBOUR_STATES = {
    0: NeighbourState.FAILED,
    1: NeighbourState.RESOLVING,
    2: NeighbourState.STALE,
    3: NeighbourState.STALE,
    4: NeighbourState.STALE,
    5: NeighbourState.REACHABLE,
}
"""Unreachable, incomplete, probe, delay, stale, reachable; permanent entries (6) say nothing."""


def adapters(answer: Answer) -> tuple[Adapter, ...]:
    """All adapters, those of the IP stack alone (loopback, dial-up VPN) included."""
    listed = {row.number("index"): row for row in answer.rows("adapters")}
    only_ip = {r.number("index"): r for r in answer.rows("interfaces") if r.number("index") not in listed}
    found = [_listed(row, _addresses(answer, index)) for index, row in listed.items()]
    return (*found, *(_ip_only(row, _addresses(answer, index)) for index, row in only_ip.items()))


def routes(answer: Answer) -> tuple[Route, ...]:
    """Unicast routes of connected interfaces; the metric is the route's plus the interface's."""
    interfaces = {(r.number("index"), _family_of(r)): r for r in answer.rows("interfaces")}
    found = (_route(row, interfaces) for row in answer.rows("routes"))
    return tuple(route for route in found if route is not None)


def resolvers(answer: Answer, found: tuple[Adapter, ...]) -> tuple[Resolver, ...]:
    """The servers of adapters that are up, by interface metric, each address once."""
    names = _names(answer)
    up = {adapter.name for adapter in found if adapter.up and adapter.carrier is not False}
    metrics = {row.number("index"): row.number("metric") for row in answer.rows("interfaces")}
    rows = sorted(answer.rows("dns"), key=lambda row: metrics.get(row.number("index"), 1 << 32))
    servers: dict[str, Resolver] = {}
    for row in rows:
        name = names.get(row.number("index"), "")
        for text in row.texts("servers") if name in up else []:
            if without_zone(text) not in _NO_SERVERS:
                resolver = read_resolver(text, "network settings", name)
                servers.setdefault(resolver.address, resolver)
    return tuple(servers.values())


def search(answer: Answer) -> tuple[str, ...]:
    """The search list, lower case, each once."""
    return tuple(dict.fromkeys(display_text(text.lower()) for text in answer.texts("search") if text))


def neighbours(answer: Answer) -> tuple[Neighbour, ...]:
    """The neighbour table without multicast and broadcast entries."""
    found: list[Neighbour] = []
    for row in answer.rows("neighbours"):
        address = parse_ip(without_zone(row.text("ip")))
        if address is None or address.is_multicast or str(address) == "255.255.255.255":
            continue
        state = _NEIGHBOUR_STATES.get(row.number("state", -1), NeighbourState.UNKNOWN)
        ip = _zoned(str(address), row.number("index"))
        found.append(Neighbour(ip, display_text(row.text("name")), state))
    return tuple(found)


def _names(answer: Answer) -> dict[int, str]:
    rows = (*answer.rows("interfaces"), *answer.rows("adapters"))
    return {row.number("index"): display_text(row.text("name")) for row in rows}


def _listed(row: Row, addresses: tuple[Address, ...]) -> Adapter:
    up = row.number("admin") == _UP
    media = row.number("media")
    return Adapter(
        name=display_text(row.text("name")),
        kind=_kind(row),
        up=up,
        carrier=media == _CONNECTED if up and media in {_CONNECTED, _DISCONNECTED} else None,
        mtu=_mtu(row),
        addresses=addresses,
    )


def _ip_only(row: Row, addresses: tuple[Address, ...]) -> Adapter:
    loopback = any(ip.is_loopback for a in addresses if (ip := parse_ip(a.ip)) is not None)
    connected = row.number("connected") == _CONNECTED
    return Adapter(
        name=display_text(row.text("name")),
        kind=AdapterKind.LOOPBACK if loopback else AdapterKind.TUNNEL,
        up=connected,
        carrier=connected,
        mtu=_mtu(row),
        addresses=addresses,
        point_to_point=not loopback,
    )


def _kind(row: Row) -> AdapterKind:
    by_type = _TYPE_KINDS.get(row.number("type")) or _MEDIUM_KINDS.get(row.number("medium"))
    if by_type is not None:
        return by_type
    description = row.text("description").lower()
    if any(word in description for word in _TUNNEL_WORDS):
        return AdapterKind.TUNNEL
    if row.flag("virtual"):
        return AdapterKind.VIRTUAL
    return AdapterKind.ETHERNET if row.number("type") == 6 else AdapterKind.UNKNOWN


def _mtu(row: Row) -> int | None:
    mtu = row.number("mtu")
    return mtu if 0 < mtu < 1 << 31 else None


def _addresses(answer: Answer, index: int) -> tuple[Address, ...]:
    found: list[Address] = []
    for row in answer.rows("addresses"):
        ip = canonical_ip(without_zone(row.text("ip")))
        if ip is None or row.number("index") != index or row.number("state") == _DUPLICATE:
            continue
        family: Family = 6 if ":" in ip else 4
        found.append(Address(_zoned(ip, index), row.number("prefix"), family))
    return tuple(found)


def _zoned(ip: str, index: int) -> str:
    """Windows writes zones as interface numbers, and its sockets take nothing else."""
    address = parse_ip(ip)
    return f"{ip}%{index}" if address and address.version == 6 and address.is_link_local else ip


def _family_of(row: Row) -> Family:
    return 6 if row.number("family") == 23 else 4


def _route(row: Row, interfaces: dict[tuple[int, Family], Row]) -> Route | None:
    network = parse_network(row.text("destination"))
    if network is None or network.is_multicast or str(network) == "255.255.255.255/32":
        return None
    family: Family = 6 if network.version == 6 else 4
    index = row.number("index")
    interface = interfaces.get((index, family))
    if interface is None or interface.number("connected") != _CONNECTED:
        return None
    hop = canonical_ip(without_zone(row.text("gateway")))
    gateway = None if hop in {None, "0.0.0.0", "::"} else _zoned(str(hop), index)
    metric = row.number("metric") + interface.number("metric")
    return Route(family, str(network), gateway, display_text(interface.text("name")), metric)
