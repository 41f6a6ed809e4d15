"""Routes from ``netstat -rn -f inet`` and ``-f inet6`` (netstat(1), route(8)).

Tested from recorded-style text only.
"""

from __future__ import annotations

from tshoot.host.addresses import canonical_ip, parse_network, with_zone, without_zone
from tshoot.host.model import Family, Route

_UNUSABLE = frozenset("BRWLm")
"""Blackhole, reject, cloned, link-layer (a neighbour) and multicast entries are no routes of interest."""
_SCOPED_METRIC = 1000
"""macOS has no metrics: entries bound to one interface (flag I) come behind the table's own."""
_TUNNELS = ("utun", "ipsec")


def parse_netstat(text: str, family: Family) -> tuple[Route, ...]:
    """The usable routes of one family in the order of the table."""
    found = (_route(line.split(), family) for line in text.splitlines())
    return tuple(route for route in found if route is not None)


def bsd_network(text: str, family: Family) -> str | None:
    """A destination as netstat writes it as a CIDR prefix: ``default``, ``169.254``, ``128.0/1``.

    A v4 prefix without a length has 8 bits for every part written; None for anything else.
    """
    if text == "default":
        return "0.0.0.0/0" if family == 4 else "::/0"
    base, _, length = text.partition("/")
    if family == 6:
        network = parse_network(f"{without_zone(base)}/{length or 128}")
    else:
        parts = [part for part in base.split(".") if part]
        padded = ".".join([*parts, "0", "0", "0"][:4])
        network = parse_network(f"{padded}/{length or 8 * len(parts)}") if parts else None
    return str(network) if network is not None and network.version == family else None


def _route(words: list[str], family: Family) -> Route | None:
    if len(words) < 4:
        return None
    destination, gateway, flags, adapter = words[:4]
    network = bsd_network(destination, family)
    if network is None or not flags.startswith("U") or _UNUSABLE & set(flags):
        return None
    if "I" in flags and destination == "default" and adapter.startswith(_TUNNELS):
        # macOS gives every idle service tunnel a default that only bound sockets see.
        return None
    hop = canonical_ip(gateway) if "G" in flags else None
    metric = _SCOPED_METRIC if "I" in flags else 0
    return Route(family, network, with_zone(hop, adapter) if hop else None, adapter, metric)
