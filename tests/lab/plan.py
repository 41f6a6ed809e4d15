"""What a world looks like before it is built: plain data that the declared actions change.

A fresh :class:`Plan` is the healthy network: T-Mobile Home Internet addresses (provider-facts.md,
sections 1.2 and 4.1), dual stack, everything answers. Times are seconds.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from tests.lab.internet import Site, internet_sites

CARRIER_DNS = "10.177.0.34"
"""The carrier's own resolver; the gateway forwards to it."""

SECOND_DNS = "10.177.0.35"
"""A second address of the carrier's resolver, for networks that hand out two."""

NODES = ("client", "gateway", "carrier", "net", "second")


@dataclass
class Lan:
    """The home network's address plan."""

    prefix: str = "192.168.12.0/24"
    gateway: str = "192.168.12.1"
    client: str = "192.168.12.50"
    v6: bool = True
    v6_prefix: str = "2607:fb92:1:12::/64"
    v6_gateway: str = "2607:fb92:1:12::1"
    v6_client: str = "2607:fb92:1:12::50"

    @property
    def length(self) -> int:
        """Prefix length of the IPv4 network."""
        return ipaddress.ip_network(self.prefix).prefixlen


@dataclass
class Client:
    """The person's computer: what its adapter, resolver file, hosts file and environment hold.

    ``addresses`` and ``routes`` are as ``ip`` takes them; None means what DHCP and router
    advertisements would have given. ``after`` are further ``ip`` commands run at the end.
    ``config`` are files of the person's settings folder. With ``signal`` (dBm) the adapter is Wi-Fi.
    """

    adapter: str = "eth0"
    present: bool = True
    addresses: list[str] | None = None
    routes: list[str] | None = None
    resolvers: list[str] | None = None
    hosts: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    spares: list[str] = field(default_factory=list)
    ping_allowed: bool = True
    config: dict[str, str] = field(default_factory=dict)
    signal: int | None = None


@dataclass
class DnsServer:
    """How one DNS server behaves. ``names`` overrides single names, ``others`` is for every name else.

    An override is a list of addresses or one of ``nxdomain``, ``nodata``, ``servfail``, ``refused``,
    ``silent``. ``wildcard`` replaces every "no such name"; ``delay`` is in seconds.
    """

    mode: str = "answer"
    names: dict[str, list[str] | str] = field(default_factory=dict)
    others: list[str] | str | None = None
    wildcard: list[str] | None = None
    delay: float = 0.0
    silent_types: list[str] = field(default_factory=list)


@dataclass
class Second:
    """A second uplink of the client: a tethered phone on its own adapter. ``metric`` is its route's."""

    metric: int = 600
    works: bool = True
    adapter: str = "usb0"


@dataclass
class Tunnel:
    """A VPN tunnel in the client that carries the default route. ``resolver`` is its DNS server, if any."""

    works: bool = True
    resolver: str | None = None
    default_route: bool = True


@dataclass
class Portal:
    """A sign-in page of the network: ``redirect`` or ``rewrite`` on plain HTTP; 443 drop/pass/spoof."""

    style: str = "redirect"
    https: str = "drop"


@dataclass
class LineDelay:
    """Delay of the line beyond the carrier, each way, in seconds; ``jitter`` is added at random."""

    delay: float = 0.0
    jitter: float = 0.0


@dataclass
class ProxyServer:
    """A proxy in the home network: works, login (407), failing (502), late (504), dead, silent.

    ``login`` is "name:password" that it accepts; ``kind`` is ``http`` or ``socks``. ``script`` is the text
    of a proxy script served on ``script_port``.
    """

    mode: str = "works"
    port: int = 3128
    kind: str = "http"
    login: str = ""
    script: str = ""
    script_port: int = 8091


@dataclass
class Radio:
    """What the gateway says of its cellular link; ``api`` is ``tmi``, ``nokia`` or ``none``."""

    api: str = "tmi"
    registration: str = "registered"
    rsrp: int = -88
    sinr: int = 14
    bars: float = 4.0
    reply_after: float = 0.0
    uptime: int = 183_600


@dataclass
class Plan:
    """One world. ``rules`` maps node → nftables chain → rules; ``shift`` moves the world's clock.

    ``wan`` is the gateway's address outside and that of the router next to it.
    """

    lan: Lan = field(default_factory=Lan)
    client: Client = field(default_factory=Client)
    sites: dict[str, Site] = field(default_factory=internet_sites)
    dns: dict[str, DnsServer] = field(default_factory=dict)
    upstream_failure: str = "servfail"
    rules: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)
    radio: Radio = field(default_factory=Radio)
    portal: Portal | None = None
    second: Second | None = None
    tunnel: Tunnel | None = None
    proxy: ProxyServer | None = None
    line: LineDelay | None = None
    sni_filter: dict[str, str] = field(default_factory=dict)
    wan: tuple[str, str] = ("100.64.10.2", "100.64.10.1")
    shift: float = 0.0

    def rule(self, node: str, chain: str, *rules: str) -> None:
        """Add nftables rules to a chain of a node."""
        self.rules.setdefault(node, {}).setdefault(chain, []).extend(rules)

    def command(self, node: str, *commands: str) -> None:
        """Add ``ip`` commands that run on a node when everything else is built."""
        self.commands.setdefault(node, []).extend(commands)

    def server(self, name: str) -> DnsServer:
        """The behaviour of a DNS server by name: gateway, carrier or an operator's id."""
        return self.dns.setdefault(name, DnsServer())

    def site(self, host: str) -> Site:
        """The site that serves a host name. Raises KeyError for a name this internet lacks."""
        for site in self.sites.values():
            if host in site.names:
                return site
        raise KeyError(f"no site serves {host}")

    @property
    def resolvers(self) -> list[str]:
        """The client's configured DNS servers."""
        given = self.client.resolvers
        return [self.lan.gateway] if given is None else given
