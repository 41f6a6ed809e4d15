"""Who is called what in this internet, and how one DNS server answers a question.

Sans-I/O: wire in, wire out. The behaviour comes from :class:`tests.lab.plan.DnsServer`.
"""

from __future__ import annotations

from ipaddress import ip_address

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.lab.plan import DnsServer, Plan

TTL = 60
_CODES = {
    "nxdomain": dns.rcode.NXDOMAIN,
    "servfail": dns.rcode.SERVFAIL,
    "refused": dns.rcode.REFUSED,
}


def make_zone(plan: Plan) -> dict[str, list[str]]:
    """Every name of the internet with its addresses."""
    zone = {name: site.addresses for site in plan.sites.values() for name in site.names}
    zone["t-mobile.com"] = plan.sites["www"].addresses
    zone["ipv4only.arpa"] = ["192.0.0.170", "192.0.0.171"]
    return zone


def answer(wire: bytes, zone: dict[str, list[str]], server: DnsServer) -> bytes | None:
    """The reply to one question, or None for silence. What can't be read gets no answer."""
    try:
        query = dns.message.from_wire(wire)
    except (dns.exception.DNSException, ValueError):
        return None
    if not query.question:
        return None
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    verdict = _verdict(name, dns.rdatatype.to_text(question.rdtype), zone, server)
    if verdict == "silent":
        return None
    reply = dns.message.make_response(query, recursion_available=True)
    if isinstance(verdict, str):
        reply.set_rcode(_CODES.get(verdict, dns.rcode.NOERROR))
    else:
        _fill(reply, question, verdict)
    return reply.to_wire()


def _verdict(name: str, kind: str, zone: dict[str, list[str]], server: DnsServer) -> list[str] | str:
    if server.mode != "answer":
        return server.mode
    if kind in server.silent_types:
        return "silent"
    if name in server.names:
        return server.names[name]
    if server.others is not None:
        return server.others
    found: list[str] | str = zone.get(name, "nxdomain")
    if found == "nxdomain" and any(known.endswith("." + name) for known in zone):
        return "nodata"
    return server.wildcard if found == "nxdomain" and server.wildcard else found


def _fill(reply: dns.message.Message, question: dns.rrset.RRset, addresses: list[str]) -> None:
    version = {dns.rdatatype.A: 4, dns.rdatatype.AAAA: 6}.get(question.rdtype)
    wanted = [text for text in addresses if ip_address(text).version == version]
    if wanted:
        kind = dns.rdatatype.to_text(question.rdtype)
        reply.answer.append(dns.rrset.from_text(question.name, TTL, "IN", kind, *wanted))
