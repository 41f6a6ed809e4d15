"""What may happen on the way: drops, refusals, loss, delay, size limits, a sign-in page of the network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from tests.lab.actions.registry import action, one_of
from tests.lab.plan import LineDelay, Plan, Portal
from tests.lab.servers.home import PORTAL_PORT

PUBLIC_DNS4 = "{ 1.1.1.1, 1.0.0.1, 8.8.8.8, 8.8.4.4, 9.9.9.9, 149.112.112.112 }"
PUBLIC_DNS6 = (
    "{ 2606:4700:4700::1111, 2606:4700:4700::1001, 2001:4860:4860::8888, 2001:4860:4860::8844, "
    "2620:fe::fe, 2620:fe::9 }"
)
TRAFFIC: dict[str, tuple[str, ...]] = {
    "all": ("",),
    "ipv4": ("meta nfproto ipv4",),
    "ipv6": ("meta nfproto ipv6",),
    "https": ("tcp dport 443", "udp dport 443"),
    "web": ("tcp dport { 80, 443 }", "udp dport 443"),
    "ping": ("icmp type echo-request", "icmpv6 type echo-request"),
    "icmp": ("meta l4proto icmp", "icmpv6 type { echo-request, echo-reply, packet-too-big }"),
    "dns": ("meta l4proto { tcp, udp } th dport 53",),
    "public_dns": (
        f"ip daddr {PUBLIC_DNS4} meta l4proto {{ tcp, udp }} th dport 53",
        f"ip6 daddr {PUBLIC_DNS6} meta l4proto {{ tcp, udp }} th dport 53",
    ),
    "encrypted_dns": (
        f"ip daddr {PUBLIC_DNS4} tcp dport {{ 443, 853 }}",
        f"ip6 daddr {PUBLIC_DNS6} tcp dport {{ 443, 853 }}",
    ),
    "time": ("udp dport 123",),
    "quic": ("udp dport 443",),
}
VERDICTS = {
    "drop": "drop",
    "reject": "reject with icmpx admin-prohibited",
    "reset": "reject with tcp reset",
}


@action("carrier.block")
def block(plan: Plan, what: str, how: str = "drop") -> None:
    """Block a kind of traffic at the carrier: drop, reject (ICMP) or reset (TCP only).

    Kinds: all, ipv4, ipv6, https, web, ping, icmp, dns, public_dns, encrypted_dns, time, quic.
    """
    one_of(what, tuple(TRAFFIC))
    one_of(how, tuple(VERDICTS))
    for match in TRAFFIC[what]:
        if how == "reset" and "tcp" not in match:
            continue
        plan.rule("carrier", "forward", f'iifname "gw0" {match} {VERDICTS[how]}')
    if what == "all":
        plan.rule("carrier", "input", 'iifname "gw0" drop')


@action("carrier.silent_dns")
def silent_dns(plan: Plan) -> None:
    """The carrier's own DNS servers get no packets."""
    plan.rule("carrier", "input", "meta l4proto { tcp, udp } th dport 53 drop")


@action("carrier.lossy")
def lossy(plan: Plan, percent: float) -> None:
    """The path beyond the gateway loses packets: ``percent`` of what the client sends."""
    plan.rule("carrier", "forward", f'iifname "gw0" numgen random mod 1000 < {int(percent * 10)} drop')


@action("carrier.slow")
def slow(plan: Plan, delay_ms: float, jitter_ms: float = 0.0) -> None:
    """The path beyond the carrier takes this much longer each way; jitter is added at random."""
    plan.line = LineDelay(delay_ms / 1000, jitter_ms / 1000)


@action("carrier.black_hole")
def black_hole(plan: Plan, mtu: int, direction: str = "both", only: str = "all") -> None:
    """Packets above ``mtu`` bytes vanish without notice: both, up (towards the internet) or down.

    ``only``: all traffic, ping (a filter against large pings, which harms nobody) or ipv6.
    """
    ways = {"both": "", "up": 'iifname "gw0" ', "down": 'iifname "up0" '}
    kinds = {"all": "", "ping": "meta l4proto { icmp, icmpv6 } ", "ipv6": "meta nfproto ipv6 "}
    one_of(direction, tuple(ways))
    one_of(only, tuple(kinds))
    plan.rule("carrier", "forward", f"{ways[direction]}{kinds[only]}meta length > {mtu} drop")


@action("carrier.narrow")
def narrow(plan: Plan, mtu: int) -> None:
    """The carrier's link takes no more than ``mtu`` bytes, and routers say so (RFC 1191, RFC 8201)."""
    for node, adapter in (("gateway", "wan0"), ("carrier", "gw0")):
        plan.command(node, f"link set {adapter} mtu {mtu}")


@action("carrier.sni_filter")
def sni_filter(plan: Plan, host: str, how: str = "reset") -> None:
    """A filter on the way ends TLS connections that ask for this name: reset, silent or close."""
    plan.sni_filter[host] = one_of(how, ("reset", "silent", "close"))


@action("carrier.wan")
def wan(plan: Plan, gateway: str, carrier: str) -> None:
    """Other addresses between the gateway and what is next to it: a public line, or a second router."""
    plan.wan = (gateway, carrier)


@action("carrier.nat64")
def nat64(plan: Plan, prefix: str = "2607:7700:0:28::") -> None:
    """IPv6 only, as on mobile networks: the DNS server makes up IPv6 addresses for IPv4 sites (RFC 6147).

    The translator is simulated by sites that also live at their translated addresses.
    """
    plan.client.addresses = [f"{plan.lan.v6_client}/64"]
    plan.client.routes = [f"default via {plan.lan.v6_gateway} dev {plan.client.adapter} metric 100"]
    plan.client.resolvers = [plan.lan.v6_gateway]
    for site in plan.sites.values():
        site.v6 = site.v6 or [_translated(prefix, address) for address in site.v4]
    given = ["192.0.0.170", "192.0.0.171"]
    plan.server("gateway").names["ipv4only.arpa"] = [*given, *(_translated(prefix, ip) for ip in given)]


def _translated(prefix: str, address: str) -> str:
    """An IPv4 address under a prefix of 96 bits (RFC 6052)."""
    return str(IPv6Address(int(IPv6Address(prefix)) + int(IPv4Address(address))))


@action("carrier.intercepted")
def intercepted(plan: Plan) -> None:
    """Every TLS connection is opened on the way and signed by the filter's own authority."""
    for site in plan.sites.values():
        site.certificate = "intercepted"


@action("carrier.portal")
def portal(plan: Plan, style: str = "redirect", https: str = "drop", spared: list[str] | None = None) -> None:
    """A sign-in page of the network: plain HTTP ends there by redirect or rewritten page (IPv4 only).

    ``https``: drop (443 vanishes), pass, or spoof (443 ends at the portal too, wrong certificate).
    Other traffic but DNS is dropped, unless HTTPS passes; ``spared`` are addresses left alone.
    """
    plan.portal = Portal(one_of(style, ("redirect", "rewrite")), one_of(https, ("drop", "pass", "spoof")))
    plan.lan.v6 = False
    gateway = plan.lan.gateway
    open_to = ", ".join([gateway, *(spared or [])])
    match = f'iifname "lan0" ip daddr != {{ {open_to} }}'
    plan.rule("gateway", "redirect", f"{match} tcp dport 80 dnat to {gateway}:{PORTAL_PORT}")
    if https == "spoof":
        plan.rule("gateway", "redirect", f"{match} tcp dport 443 dnat to {gateway}:8443")
    if https != "pass":
        plan.rule("gateway", "forward", 'iifname "lan0" meta l4proto { tcp, udp } th dport 53 accept')
        plan.rule("gateway", "forward", f"{match} drop")
