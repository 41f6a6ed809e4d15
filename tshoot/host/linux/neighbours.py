"""The neighbour table from rtnetlink (rtnetlink(7), linux/neighbour.h), both families."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from tshoot.host.linux.links import ip_text
from tshoot.host.linux.netlink import parse_attributes
from tshoot.host.model import Neighbour, NeighbourState

_NDA_DST = 1
_MESSAGE = struct.Struct("=BxxxiHBB")
_STATES = {
    0x01: NeighbourState.RESOLVING,
    0x02: NeighbourState.REACHABLE,
    0x04: NeighbourState.STALE,
    0x08: NeighbourState.STALE,
    0x10: NeighbourState.STALE,
    0x20: NeighbourState.FAILED,
}
"""NUD_* bits. Delay and probe: the address is known and not confirmed again yet, as when stale.

No-ARP and permanent entries were written down, not learned: they say nothing, hence unknown.
"""


def parse_neighbours(payloads: Iterable[bytes], names: dict[int, str]) -> tuple[Neighbour, ...]:
    """The entries of a neighbour dump on the adapters in ``names``; multicast ones are left out."""
    found = (_neighbour(payload, names) for payload in payloads)
    return tuple(entry for entry in found if entry is not None)


def _neighbour(payload: bytes, names: dict[int, str]) -> Neighbour | None:
    if len(payload) < _MESSAGE.size:
        return None
    _family, index, state, _flags, kind = _MESSAGE.unpack_from(payload)
    raw = parse_attributes(payload, _MESSAGE.size).get(_NDA_DST, b"")
    adapter = names.get(index)
    if adapter is None or kind == 5 or len(raw) not in {4, 16}:
        return None
    return Neighbour(ip_text(raw, adapter), adapter, _STATES.get(state, NeighbourState.UNKNOWN))
