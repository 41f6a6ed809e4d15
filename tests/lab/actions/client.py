"""What may be wrong (or merely unusual) on the person's computer."""

from __future__ import annotations

from tests.lab.actions.registry import action, one_of
from tests.lab.plan import Plan, Second, Tunnel


@action("home.addresses")
def home_addresses(plan: Plan, prefix: str, gateway: str, client: str) -> None:
    """Another IPv4 address plan of the home network (prefix as 192.168.1.0/24)."""
    plan.lan.prefix, plan.lan.gateway, plan.lan.client = prefix, gateway, client


@action("home.no_ipv6")
def home_no_ipv6(plan: Plan) -> None:
    """The home network has no global IPv6."""
    plan.lan.v6 = False


@action("home.local_ipv6")
def home_local_ipv6(plan: Plan) -> None:
    """IPv6 only inside the home: the computer has a unique local address (RFC 4193), no route."""
    plan.lan.v6 = False
    plan.command("client", f"addr add fd12:3456:789a::50/64 dev {plan.client.adapter} nodad")


@action("client.no_adapter")
def no_adapter(plan: Plan) -> None:
    """The computer has no network adapter but loopback."""
    plan.client.present = False


@action("client.wifi")
def wifi(plan: Plan, signal: int) -> None:
    """The computer is joined by Wi-Fi, with this signal in dBm as the system tells it."""
    plan.client.signal = signal


@action("client.unplugged")
def unplugged(plan: Plan) -> None:
    """The cable is out: no carrier, no address, no route."""
    plan.client.addresses, plan.client.routes = [], []
    plan.command("gateway", "link set lan0 down")


@action("client.adapter_off")
def adapter_off(plan: Plan) -> None:
    """The adapter is switched off."""
    plan.client.addresses, plan.client.routes = [], []
    plan.client.after.append(f"link set {plan.client.adapter} down")


@action("client.no_address")
def no_address(plan: Plan) -> None:
    """Link, but no address was handed out and none made up."""
    plan.client.addresses, plan.client.routes = [], []


@action("client.self_assigned")
def self_assigned(plan: Plan) -> None:
    """Only a 169.254 address (RFC 3927), as systems make up without a lease; its /16 is the only route."""
    plan.client.addresses, plan.client.routes = ["169.254.83.107/16"], []


@action("client.static")
def static(plan: Plan, address: str, gateway: str | None = None) -> None:
    """A fixed IPv4 set-up (address as 192.168.1.20/24), IPv4 only; the gateway is forced on-link."""
    plan.client.addresses = [address]
    plan.client.routes = []
    if gateway is not None:
        plan.client.routes = [f"default via {gateway} dev {plan.client.adapter} onlink"]


@action("client.no_route")
def no_route(plan: Plan) -> None:
    """Addresses, but no default route in either family."""
    plan.client.routes = []


@action("client.resolvers")
def resolvers(plan: Plan, servers: list[str]) -> None:
    """The configured DNS servers, in order; an empty list empties the resolver file."""
    plan.client.resolvers = list(servers)


@action("client.hosts")
def hosts(plan: Plan, lines: list[str]) -> None:
    """Further lines of the hosts file."""
    plan.client.hosts.extend(lines)


@action("client.environment")
def environment(plan: Plan, variables: dict[str, str]) -> None:
    """Environment variables of the person's session."""
    plan.client.environment.update(variables)


@action("client.second_uplink")
def second_uplink(plan: Plan, preferred: bool, works: bool = True) -> None:
    """A tethered phone with its own default route, preferred to the home network's or not."""
    plan.second = Second(metric=50 if preferred else 600, works=works)
    if not works:
        plan.rule("second", "forward", "drop")


@action("client.spare_adapters")
def spare_adapters(plan: Plan, names: list[str]) -> None:
    """Further adapters that are down and have no address."""
    plan.client.spares.extend(names)


@action("client.kill_switch")
def kill_switch(plan: Plan, spares_tunnel: bool = False) -> None:
    """A VPN program's kill switch: the local firewall refuses all but loopback.

    With ``spares_tunnel`` it lets the tunnel pass, and what the tunnel itself sends to its far end.
    """
    spared = "ip daddr != 198.51.100.80 " if spares_tunnel else ""
    kept = '{ "lo", "tun0" }' if spares_tunnel else '"lo"'
    plan.rule("client", "output", f"oifname != {kept} {spared}drop")


@action("client.tunnel")
def tunnel(plan: Plan, works: bool, resolver: str | None = None, default_route: bool = True) -> None:
    """A VPN tunnel that carries the IPv4 default route (IPv6 off), and perhaps its own DNS server."""
    plan.tunnel = Tunnel(works, resolver, default_route)
    plan.lan.v6 = False
    if resolver is not None:
        plan.client.resolvers = [resolver]


@action("client.no_ping_permission")
def no_ping_permission(plan: Plan) -> None:
    """The system lets ordinary users send no ICMP at all (only felt with --user)."""
    plan.client.ping_allowed = False


@action("client.ping_refused")
def ping_refused(plan: Plan, family: str) -> None:
    """The local firewall drops the computer's own pings: ``ipv4``, ``ipv6`` or ``both``."""
    chosen = one_of(family, ("ipv4", "ipv6", "both"))
    if chosen != "ipv6":
        plan.rule("client", "output", "icmp type echo-request drop")
    if chosen != "ipv4":
        plan.rule("client", "output", "icmpv6 type echo-request drop")
