"""The snapshot of this computer that every probe and rule works on.

Immutable, free of I/O, equal on every operating system. Addresses are text in canonical form
(``ipaddress``), link-local IPv6 addresses carry their zone (``fe80::1%eth0``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

Family = Literal[4, 6]


class AdapterKind(StrEnum):
    """What an adapter is, as far as the operating system tells."""

    ETHERNET = "ethernet"
    WIFI = "wifi"
    CELLULAR = "cellular"
    TUNNEL = "tunnel"
    VIRTUAL = "virtual"
    LOOPBACK = "loopback"
    UNKNOWN = "unknown"


class NeighbourState(StrEnum):
    """State of a neighbour entry (ARP / neighbour discovery, RFC 4861 section 7.3.2)."""

    REACHABLE = "reachable"
    STALE = "stale"
    RESOLVING = "resolving"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Address:
    """One address of an adapter with its prefix length."""

    ip: str
    prefix: int
    family: Family


@dataclass(frozen=True, slots=True)
class Adapter:
    """One network adapter.

    ``carrier`` and ``mtu`` (bytes) are None where the system does not tell; ``signal_dbm`` is the
    Wi-Fi signal in dBm, None on other adapters or where the system keeps it.
    """

    name: str
    kind: AdapterKind
    up: bool
    carrier: bool | None
    mtu: int | None
    addresses: tuple[Address, ...] = ()
    point_to_point: bool = False
    signal_dbm: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One route. ``destination`` is a CIDR prefix; ``gateway`` is None for an on-link route."""

    family: Family
    destination: str
    gateway: str | None
    adapter: str
    metric: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One neighbour entry: is the hardware address behind an on-link address known?"""

    ip: str
    adapter: str
    state: NeighbourState


@dataclass(frozen=True, slots=True)
class Resolver:
    """A configured DNS server. ``valid`` is False where the entry is no usable address."""

    address: str
    port: int = 53
    adapter: str | None = None
    source: str = ""
    valid: bool = True


@dataclass(frozen=True, slots=True)
class HostsEntry:
    """One line of the hosts file: an address and the names it overrides (lower case)."""

    ip: str
    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Proxy:
    """A configured proxy. ``scheme`` is the traffic it serves (http, https, all) or ``pac``.

    ``url`` never carries credentials: they are dropped where the setting is read.
    """

    scheme: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class HostState:
    """Everything this computer says of itself at one moment."""

    system: str
    adapters: tuple[Adapter, ...] = ()
    routes: tuple[Route, ...] = ()
    resolvers: tuple[Resolver, ...] = ()
    search: tuple[str, ...] = ()
    hosts: tuple[HostsEntry, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    no_proxy: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    """What could not be read, in words ("hosts file: permission denied")."""


class HostBackend(Protocol):
    """The seam to the operating system. Never raises: what can't be read is named in ``unreadable``."""

    def read_state(self) -> HostState:
        """Read the whole snapshot. Sends nothing; takes milliseconds."""

    def neighbours(self) -> tuple[Neighbour, ...]:
        """Read the neighbour table as it is now (it changes while probes run)."""
