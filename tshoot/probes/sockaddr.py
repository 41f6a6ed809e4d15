"""IP literals as socket addresses, without a resolver.

``getaddrinfo`` may turn even a private IPv4 literal into a synthesised IPv6 address on a NAT64 network
(provider-facts.md, section 4.1), so a literal never goes through it.
"""

from __future__ import annotations

import ipaddress
import socket

SocketAddress = tuple[str, int] | tuple[str, int, int, int]


def socket_address(address: str, port: int) -> tuple[socket.AddressFamily, SocketAddress]:
    """The family and address tuple of an IP literal, which may carry a zone (``fe80::1%eth0``).

    Raises ValueError for anything else than a literal. An unknown zone gives scope 0, which the system
    then refuses.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return socket.AF_INET, (str(ip), port)
    zone = ip.scope_id or ""
    return socket.AF_INET6, (str(ip).partition("%")[0], port, 0, _scope(zone))


def _scope(zone: str) -> int:
    if zone.isdecimal():
        return int(zone)
    try:
        return socket.if_nametoindex(zone) if zone else 0
    except OSError:
        return 0
