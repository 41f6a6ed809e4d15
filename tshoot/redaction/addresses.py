"""Finds internet addresses and hardware addresses in a text.

Candidates are whole runs of the characters that such an address is made of, so every text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from tshoot.redaction.model import Keep, Span

Address = IPv4Address | IPv6Address
Kept = Callable[[Address], bool]
"""Tells whether an address stays readable."""
Known = Callable[[Address], bool]
"""Tells whether an address is known from elsewhere, so that a port behind it can be told from its end."""

_V4 = re.compile(r"(?<![\w.])\d{1,3}+(?:\.\d{1,3}+){3}(?!\w)(?!\.\d)")
_V6_RUN = re.compile(r"(?<![0-9A-Fa-f:.])[0-9A-Fa-f:]{2,}+(?:\.\d{1,3}+){0,3}")
_LONGEST_V6 = 45 + len(":65535")
_PORT = re.compile(r":\d{1,5}$")
_HARDWARE = re.compile(
    r"(?i)(?<![0-9a-z:.-])"
    r"(?:[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})"
    r"(?![0-9a-z:-])(?!\.[0-9a-z])"
)
_EUI64 = b"\xff\xfe"


def readable(keep: Keep) -> Kept:
    """Tells the addresses that stay readable: the fixed ones, and those that thousands of homes share."""

    @lru_cache(maxsize=1024)
    def kept(ip: Address) -> bool:
        if str(ip) in keep.addresses:
            return True
        return any(ip.version == network.version and ip in network for network in keep.networks)

    return kept


def public_addresses(text: str, kept: Kept, known: Known) -> Iterator[Span]:
    """Every address of ``text`` that does not stay readable."""
    for start, end, ip in _addresses(text, known):
        if not kept(ip):
            yield Span(start, end, str(ip))


def hardware_addresses(text: str, kept: Kept, known: Known) -> Iterator[Span]:
    """Hardware addresses, also those inside local IPv6 addresses (RFC 4291, appendix A), in order."""
    plain = [Span(found.start(), found.end(), _digits(found[0])) for found in _HARDWARE.finditer(text)]
    inside = [
        Span(start, end, _hardware_of(ip), lead=_prefix_of(ip))
        for start, end, ip in _addresses(text, known)
        if isinstance(ip, IPv6Address) and kept(ip) and _from_hardware(ip)
    ]
    return iter(sorted((*plain, *inside), key=lambda span: span.start))


def address_in(text: str) -> Address | None:
    """The address that ``text`` is, its zone left out; None for anything else."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _addresses(text: str, known: Known) -> Iterator[tuple[int, int, Address]]:
    found = [(match.start(), match.end(), address_in(match[0])) for match in _V4.finditer(text)]
    found += [_v6(match, known) for match in _V6_RUN.finditer(text) if ":" in match[0]]
    done = 0
    for start, end, ip in sorted((item for item in found if item[2] is not None), key=lambda item: item[:2]):
        if start >= done and ip is not None:
            yield start, end, ip
            done = end


def _v6(match: re.Match[str], known: Known) -> tuple[int, int, Address | None]:
    """The address in a run; what stands behind it may be a port, or the colon of a sentence."""
    run = match[0]
    if len(run) > _LONGEST_V6:
        return match.start(), match.end(), None
    ends_plainly = run if run.endswith("::") else run.rstrip(":.")
    whole, port = address_in(ends_plainly), _PORT.search(ends_plainly)
    without = address_in(ends_plainly[: port.start()]) if port is not None else None
    if (
        port is not None
        and without is not None
        and (whole is None or known(without) or _from_hardware(without))
    ):
        return match.start(), match.start() + port.start(), without
    return match.start(), match.start() + len(ends_plainly), whole


def _from_hardware(ip: Address) -> bool:
    return isinstance(ip, IPv6Address) and ip.packed[11:13] == _EUI64


def _digits(text: str) -> str:
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))


def _hardware_of(ip: IPv6Address) -> str:
    """The hardware address that an interface identifier was made from: ff:fe out, one bit turned."""
    raw = ip.packed[8:]
    return bytes((raw[0] ^ 2, *raw[1:3], *raw[5:])).hex(":")


def _prefix_of(ip: IPv6Address) -> str:
    return str(ip_network((ip.packed, 64), strict=False).network_address)
