"""What may happen on the way: drops, refusals, loss, delay, size limits, a sign-in page of the network."""

from __future__ import annotations

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
def black_hole(plan: Plan, mtu: int) -> None:
    """Packets above ``mtu`` bytes vanish in both directions without notice."""
    plan.rule("carrier", "forward", f"meta length > {mtu} drop")


@action("carrier.narrow")
def narrow(plan: Plan, mtu: int) -> None:
    """The carrier's link takes no more than ``mtu`` bytes, and routers say so (RFC 1191, RFC 8201)."""
    for node, adapter in (("gateway", "wan0"), ("carrier", "gw0")):
        plan.command(node, f"link set {adapter} mtu {mtu}")


@action("carrier.sni_filter")
def sni_filter(plan: Plan, host: str, how: str = "reset") -> None:
    """A filter on the way ends TLS connections that ask for this name: reset, silent or close."""
    plan.sni_filter[host] = one_of(how, ("reset", "silent", "close"))


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
