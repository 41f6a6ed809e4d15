"""DNS messages by dnspython, loaded when first needed and beside the event loop."""

from __future__ import annotations

import threading
from ipaddress import ip_address
from typing import TYPE_CHECKING

from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.dns_answer import RecordType

if TYPE_CHECKING:
    from dns.message import Message


_LOADED = threading.Event()


def _load() -> None:
    """Import what making and reading a message needs, with the record types dnspython reads lazily."""
    import dns.message
    import dns.rdtypes.ANY.CNAME
    import dns.rdtypes.ANY.SOA
    import dns.rdtypes.IN.A
    import dns.rdtypes.IN.AAAA  # noqa: F401

    _LOADED.set()


async def dns_ready() -> None:
    """Wait until DNS messages can be made without a pause: the import takes tens of milliseconds."""
    if not _LOADED.is_set():
        await in_daemon_thread(_load)


def question(name: str, rdtype: RecordType) -> Message:
    """A recursive query with a random identifier and without EDNS (RFC 1035)."""
    import dns.message
    import dns.name

    return dns.message.make_query(dns.name.from_text(name), rdtype)


def read_message(wire: bytes) -> Message | None:
    """The message in ``wire``, or None where it is none."""
    import dns.exception
    import dns.message

    try:
        return dns.message.from_wire(wire, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError):
        return None


def rcode_of(message: Message) -> str:
    """The response code as text: NOERROR, NXDOMAIN, SERVFAIL …"""
    import dns.rcode

    return dns.rcode.to_text(message.rcode())


def is_truncated(message: Message) -> bool:
    """True when the server set TC: the rest must be fetched over TCP (RFC 7766, section 5)."""
    import dns.flags

    return bool(message.flags & dns.flags.TC)


def addresses_in(message: Message, rdtype: RecordType) -> tuple[str, ...]:
    """The addresses of the answer section in canonical form, aliases followed by the server."""
    import dns.rdatatype

    wanted = dns.rdatatype.from_text(rdtype)
    found = (
        str(ip_address(item.address)) for rrset in message.answer if rrset.rdtype == wanted for item in rrset
    )
    return tuple(dict.fromkeys(found))
