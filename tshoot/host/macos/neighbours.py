"""Neighbours from ``arp -an`` and ``ndp -an`` (arp(8), ndp(8)). Tested from recorded-style text only."""

from __future__ import annotations

import re

from tshoot.host.addresses import canonical_ip, parse_ip, with_zone
from tshoot.host.model import Neighbour, NeighbourState

_ARP = re.compile(r"\(([0-9.]+)\) at (\S+) on (\S+)")
_NDP_STATES = {
    "I": NeighbourState.RESOLVING,
    "R": NeighbourState.REACHABLE,
    "S": NeighbourState.STALE,
    "D": NeighbourState.STALE,
    "P": NeighbourState.STALE,
}


def parse_arp(text: str) -> tuple[Neighbour, ...]:
    """IPv4 neighbours. The tool tells no more than known (stale: unconfirmed) or incomplete (resolving)."""
    found = (_ARP.search(line) for line in text.splitlines())
    return tuple(entry for match in found if match and (entry := _arp_entry(*match.groups())) is not None)


def parse_ndp(text: str) -> tuple[Neighbour, ...]:
    """IPv6 neighbours with the state letter of ndp's ``St`` column."""
    found = (_ndp_entry(line.split()) for line in text.splitlines())
    return tuple(entry for entry in found if entry is not None)


def _arp_entry(ip: str, hardware: str, adapter: str) -> Neighbour | None:
    address = parse_ip(ip)
    if address is None or address.is_multicast or ip == "255.255.255.255":
        return None
    known = hardware != "(incomplete)"
    return Neighbour(str(address), adapter, NeighbourState.STALE if known else NeighbourState.RESOLVING)


def _ndp_entry(words: list[str]) -> Neighbour | None:
    ip = canonical_ip(words[0]) if len(words) >= 5 else None
    if ip is None:
        return None
    adapter = words[2]
    state = _NDP_STATES.get(words[4], NeighbourState.UNKNOWN)
    if words[1] == "(incomplete)":
        state = NeighbourState.RESOLVING
    return Neighbour(with_zone(ip, adapter), adapter, state)
