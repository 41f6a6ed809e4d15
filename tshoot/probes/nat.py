"""How often is the computer's IPv4 address translated on its way? Context for a support agent, no fault.

The addresses of the first routers tell: 100.64/10 is set aside for carriers (RFC 6598), and a second
private network behind the home's own means a second router (diagnosis-anchors.md, section c, row 18).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from tshoot.host.queries import adapter, is_tunnel, preferred_default
from tshoot.probes.context import ProbeContext
from tshoot.probes.hops import Hop, first_hops, supported
from tshoot.probes.model import ProbeSpec, Reading

MOST_HOPS = 3
SECONDS = 0.6
_CARRIER = (IPv4Network("100.64.0.0/10"), IPv4Network("192.0.0.0/24"))
"""RFC 6598, and what carriers use between IPv4 and their IPv6 network (RFC 6333, RFC 7335)."""
_HOME = (IPv4Network("192.168.0.0/16"), IPv4Network("172.16.0.0/12"))
_ANYBODY = IPv4Network("10.0.0.0/8")
"""Homes use it, and providers use it inside their own networks: it proves neither."""

SPEC = ProbeSpec(
    name="nat",
    title="Address translation",
    summary="Looks at the first routers: does the provider or a second router translate addresses?",
    outcomes={
        "single": "Only the home's own gateway translates, as far as the first routers show.",
        "cgnat": "The provider translates as well (carrier-grade NAT).",
        "double": "A second private network lies behind the home's own.",
        "double_cgnat": "Both.",
        "unknown": "The routers on the way don't tell.",
    },
    good=frozenset({"single", "cgnat", "double", "double_cgnat", "unknown"}),
    sends="2 small datagrams to each of the first 3 routers",
    privilege="none",
    deadline=SECONDS + 0.1,
    inconclusive=frozenset({"unknown", "error", "skipped", "not_applicable"}),
)


@dataclass(frozen=True, slots=True)
class NatData:
    """The first routers, in order."""

    hops: tuple[Hop, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Ask the first routers on the way to an operator."""
    reason = _inapplicable(context)
    if reason:
        return Reading("not_applicable", reason)
    towards = next(each.v4[0] for each in context.anchors.operators if each.v4)
    try:
        hops = await first_hops(towards, MOST_HOPS, context.deadline.within(SECONDS))
    except OSError:
        return Reading("not_applicable", "no IPv4 way out")
    detail = " > ".join(hop.address or "silent" for hop in hops)
    contacted = tuple(hop.address for hop in hops if hop.address)
    return Reading(judge(hops), detail, NatData(hops), (towards, *contacted))


def _inapplicable(context: ProbeContext) -> str:
    if not supported():
        return "not measurable on this system"
    way = preferred_default(context.host, 4)
    if way is None or not any(each.v4 for each in context.anchors.operators):
        return "no IPv4 default route"
    if is_tunnel(adapter(context.host, way.adapter)):
        return "the way leads through a tunnel"
    return ""


def judge(hops: Sequence[Hop]) -> str:
    """The outcome for the first routers. The first is the home's own gateway and says nothing by itself."""
    beyond = [IPv4Address(hop.address) for hop in hops if hop.distance > 1 and hop.address]
    carrier = any(address in network for address in beyond for network in _CARRIER)
    second = _second_router(hops)
    if carrier:
        return "double_cgnat" if second else "cgnat"
    if second:
        return "double"
    return "single" if beyond and beyond[0] not in _ANYBODY else "unknown"


def _second_router(hops: Sequence[Hop]) -> bool:
    second = next((hop.address for hop in hops if hop.distance == 2), "")
    return bool(second) and any(IPv4Address(second) in network for network in _HOME)
