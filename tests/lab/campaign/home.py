"""The home network of a random world: address plan, IPv6 or not, which DNS servers are asked."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Action = tuple[str, dict[str, Any]]
PLANS = (
    ("192.168.12.0/24", "192.168.12.1", "192.168.12."),
    ("192.168.1.0/24", "192.168.1.1", "192.168.1."),
    ("192.168.1.0/24", "192.168.1.254", "192.168.1."),
    ("192.168.178.0/24", "192.168.178.1", "192.168.178."),
    ("10.0.0.0/24", "10.0.0.138", "10.0.0."),
    ("10.20.0.0/16", "10.20.0.1", "10.20.31."),
    ("172.20.0.0/20", "172.20.0.1", "172.20.3."),
)
"""Prefix, gateway and where the client's address begins."""
OPERATORS = ("1.1.1.1", "8.8.8.8", "9.9.9.9")


@dataclass(frozen=True)
class Home:
    """What was drawn. ``servers`` None: the gateway; ``public``: an operator is among the servers."""

    prefix: str
    gateway: str
    client: str
    v6: bool
    servers: tuple[str, ...]

    @property
    def public(self) -> bool:
        """Is an operator's server configured?"""
        return any(server in OPERATORS for server in self.servers)

    @property
    def only_gateway(self) -> bool:
        """Is the gateway the only DNS server?"""
        return self.servers == (self.gateway,)

    @property
    def length(self) -> str:
        """The prefix length, as text."""
        return self.prefix.partition("/")[2]

    def actions(self) -> list[Action]:
        """The lab's actions that make this home."""
        found: list[Action] = []
        if (self.prefix, self.client) != ("192.168.12.0/24", "192.168.12.50"):
            given = {"prefix": self.prefix, "gateway": self.gateway, "client": self.client}
            found.append(("home.addresses", given))
        if not self.v6:
            found.append(("home.no_ipv6", {}))
        if not self.only_gateway:
            found.append(("client.resolvers", {"servers": list(self.servers)}))
        return found


def draw_home(rng: Random) -> Home:
    """A random home."""
    prefix, gateway, start = rng.choice(PLANS)
    client = f"{start}{rng.choice([20, 50, 77, 101, 200])}"
    operators = rng.sample(OPERATORS, 2)
    two = [gateway, rng.choice(["10.177.0.35", operators[0]])]
    rng.shuffle(two)
    servers = rng.choice([[gateway], [gateway], operators, operators[:1], two])
    return Home(prefix, gateway, client, rng.random() < 0.6, tuple(servers))
