"""What differs between this network now and when it last worked: evidence, never a verdict.

Pure comparison of two records of the same network, and the choice of the record to compare with. A network
is recognised by its fingerprint (adapter, gateway, resolver set); where the fault has changed that very
fingerprint, by the gateway or the address range that stayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

What = Literal["resolver", "tunnel", "proxy", "gateway", "ipv6", "default_route"]

_SAME_NETWORK = 2
"""Points a record must have to be taken for the same network (see :func:`_likeness`)."""


@dataclass(frozen=True, slots=True)
class Way:
    """The default route in use of one address family. ``gateway`` is empty for an on-link route."""

    adapter: str
    gateway: str


@dataclass(frozen=True, slots=True)
class Network:
    """What is compared: this computer's side of a network.

    ``links`` are (adapter, address range) pairs of adapters that are up, ``defaults`` the adapters with a
    default route, ``tunnels`` tunnel adapters that are up, ``proxies`` as ``scheme url``. A part that could
    not be read is None and never compared; ``ipv6`` tells whether there are a global address and a route.
    """

    fingerprint: str
    v4: Way | None = None
    v6: Way | None = None
    links: tuple[tuple[str, str], ...] = ()
    resolvers: tuple[str, ...] | None = None
    tunnels: tuple[str, ...] | None = None
    proxies: tuple[str, ...] | None = None
    defaults: tuple[str, ...] | None = None
    ipv6: bool | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A network as it was when a check last found it healthy. ``saved`` is RFC 3339 in UTC."""

    saved: str
    network: Network


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``then`` and ``now`` are short texts, "none" for nothing; ``say`` is for people."""

    what: What
    then: str
    now: str
    say: str
    since: str
    """When it last worked: RFC 3339 in UTC."""


def what_changed(now: Network, records: Iterable[Record]) -> tuple[Change, ...]:
    """What differs from the most similar network that worked; empty where none is known."""
    record = closest(now, records)
    return () if record is None else tuple(_differences(record.network, now, record.saved))


def closest(now: Network, records: Iterable[Record]) -> Record | None:
    """The record of this network: by fingerprint, else the most alike, the newest of equals."""
    rated = [(_likeness(record.network, now), record.saved, record) for record in records]
    best = max(rated, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= _SAME_NETWORK else None


def _likeness(then: Network, now: Network) -> int:
    """Points for what stayed; the adapter alone, or the resolvers alone, make no network.

    A gateway's IPv6 address is mostly made from its hardware address, its IPv4 address is the same in many
    homes; a tunnel or a second adapter leaves the address range of the old way in place.
    """
    if then.fingerprint == now.fingerprint:
        return 100
    stayed = set(then.links) & set(now.links)
    ways = [way for way in (then.v4, then.v6) if way is not None]
    range_stayed = any(way.adapter == adapter for way in ways for adapter, _ in stayed)
    same_v4 = then.v4 is not None and then.v4 == now.v4
    same_v6 = then.v6 is not None and then.v6 == now.v6
    same_servers = bool(then.resolvers) and then.resolvers == now.resolvers
    return 8 * same_v4 + 8 * same_v6 + 4 * range_stayed + same_servers


def _differences(then: Network, now: Network, since: str) -> Iterator[Change]:
    yield from _gateways(then, now, since)
    yield from _lists("default_route", then.defaults, now.defaults, "The default route", since)
    yield from _lists("resolver", then.resolvers, now.resolvers, "The DNS server", since)
    yield from _lists("tunnel", then.tunnels, now.tunnels, "The VPN or tunnel", since)
    yield from _lists("proxy", then.proxies, now.proxies, "The proxy", since)
    if then.ipv6 is not None and now.ipv6 is not None and then.ipv6 != now.ipv6:
        words = {True: "working address and route", False: "none"}
        say = "IPv6 is gone." if then.ipv6 else "IPv6 is new."
        yield Change("ipv6", words[then.ipv6], words[now.ipv6], say, since)


def _gateways(then: Network, now: Network, since: str) -> Iterator[Change]:
    """Another gateway on the same adapter. Another adapter is told as another default route."""
    for before, after in ((then.v4, now.v4), (then.v6, now.v6)):
        if before is None or after is None or before.adapter != after.adapter:
            continue
        if before.gateway != after.gateway:
            old, new = before.gateway or "none", after.gateway or "none"
            yield Change("gateway", old, new, f"The gateway was {old}, now it is {new}.", since)


def _lists(
    what: What, then: tuple[str, ...] | None, now: tuple[str, ...] | None, subject: str, since: str
) -> Iterator[Change]:
    if then is None or now is None or set(then) == set(now):
        return
    old, new = ", ".join(then) or "none", ", ".join(now) or "none"
    yield Change(what, old, new, f"{subject} was: {old}. Now: {new}.", since)
