"""Making a socket leave through one adapter, without any privilege."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from dataclasses import dataclass

_IP_UNICAST_IF = 31
"""IP_UNICAST_IF and IPV6_UNICAST_IF of ws2ipdef.h; Python's socket module does not name them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a packet shall leave: the adapter's name, and one of its addresses of the right family."""

    adapter: str
    address: str


def bind_to(sock: socket.socket, source: Source) -> None:
    """Tie a fresh socket to the adapter. Raises OSError where the address is not there any more.

    Linux: SO_BINDTODEVICE, which needs no privilege since kernel 5.7 and also survives strict reverse-path
    filtering; elsewhere the unicast-interface option. The source address is bound as well, because it alone
    steers where neither is permitted.
    """
    with suppress(OSError):
        _choose_adapter(sock, source.adapter)
    sock.bind((source.address, 0))


def _choose_adapter(sock: socket.socket, adapter: str) -> None:
    if hasattr(socket, "SO_BINDTODEVICE"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, adapter.encode() + b"\0")
    elif sys.platform == "darwin":
        level, option = (41, 125) if sock.family == socket.AF_INET6 else (0, 25)
        sock.setsockopt(level, option, socket.if_nametoindex(adapter))
    elif sys.platform == "win32":
        _choose_on_windows(sock, socket.if_nametoindex(adapter))


def _choose_on_windows(sock: socket.socket, index: int) -> None:
    # IPv4 wants the index in network byte order, IPv6 in the host's.
    if sock.family == socket.AF_INET6:
        sock.setsockopt(41, _IP_UNICAST_IF, index)
    else:
        sock.setsockopt(0, _IP_UNICAST_IF, socket.htonl(index))
