"""Is this an IPv6 network that reaches IPv4 sites by translation (NAT64 with DNS64)?

``ipv4only.arpa`` has IPv4 addresses only; an IPv6 address for it is made up by DNS64 and tells the prefix
(RFC 7050, section 3). Mobile networks work like this (provider-facts.md, section 4.1). Context, no fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network

from tshoot.probes.again import side_by_side
from tshoot.probes.context import ProbeContext
from tshoot.probes.dns_answer import DnsAnswer
from tshoot.probes.dns_query import ask
from tshoot.probes.model import ProbeSpec, Reading

WELL_KNOWN_NAME = "ipv4only.arpa"
_WELL_KNOWN = (bytes([192, 0, 0, 170]), bytes([192, 0, 0, 171]))
_LAYOUTS = {
    32: (4, 5, 6, 7),
    40: (5, 6, 7, 9),
    48: (6, 7, 9, 10),
    56: (7, 9, 10, 11),
    64: (9, 10, 11, 12),
    96: (12, 13, 14, 15),
}
"""Prefix length → where the four bytes of the IPv4 address stand (RFC 6052, section 2.2)."""
_SECONDS = 1.2
_MOST_SERVERS = 2
_STRAGGLERS = 0.05

SPEC = ProbeSpec(
    name="nat64",
    title="IPv4 through IPv6",
    summary="Asks the own DNS server whether it makes up IPv6 addresses for IPv4 sites (NAT64).",
    outcomes={
        "present": "It does: IPv4 sites are reached by translation.",
        "absent": "It does not.",
    },
    good=frozenset({"present", "absent"}),
    sends="one question for ipv4only.arpa to the first two configured DNS servers",
    privilege="none",
    deadline=_SECONDS + 0.1,
)


@dataclass(frozen=True, slots=True)
class Nat64Data:
    """The prefix under which IPv4 addresses stand, empty without one, and the servers that gave it."""

    prefix: str = ""
    servers: tuple[str, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Ask the first configured servers side by side."""
    servers = [(each.address, each.port) for each in context.host.resolvers if each.valid][:_MOST_SERVERS]
    if not servers:
        return Reading("not_applicable", "no DNS server is set")
    deadline = context.deadline.within(_SECONDS)
    results = await side_by_side(
        [ask(server, WELL_KNOWN_NAME, "AAAA", deadline, port) for server, port in servers],
        lambda so_far: any(answer.state == "answered" for answer in so_far),
        deadline,
        _STRAGGLERS,
    )
    answers = [answer for answer in results if answer is not None]
    contacted = tuple(server for server, _ in servers)
    if not any(answer.state == "answered" for answer in answers):
        return Reading("skipped", "no DNS server answers", None, contacted)
    data = _found(answers)
    detail = f"prefix {data.prefix}" if data.prefix else "no translation of addresses"
    return Reading("present" if data.prefix else "absent", detail, data, contacted)


def _found(answers: Iterable[DnsAnswer]) -> Nat64Data:
    by_server = {answer.server: prefix_in(answer.addresses) for answer in answers}
    prefix = next((found for found in by_server.values() if found), "")
    return Nat64Data(prefix, tuple(server for server, found in by_server.items() if found))


def prefix_in(addresses: Iterable[str]) -> str:
    """The prefix of the first address that holds a well-known IPv4 address where RFC 6052 puts it.

    A server that makes up answers for everything gives others, so these are no proof.
    """
    for address in addresses:
        packed = IPv6Address(address).packed
        for length, places in _LAYOUTS.items():
            if bytes(packed[place] for place in places) in _WELL_KNOWN:
                return str(IPv6Network((packed, length), strict=False))
    return ""
