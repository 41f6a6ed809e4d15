"""What the kernel knows of one TCP connection (``TCP_INFO`` of Linux): read only, no privilege.

Layout: ``struct tcp_info`` of linux/tcp.h; it only ever grows at its end, so a short answer of an older
kernel leaves the later figures at zero.
"""

from __future__ import annotations

import socket
import struct
import sys
from dataclasses import dataclass

_OPTION = 11
_LENGTH = 232
_OFFSETS = {
    "mss": 16,
    "unacked": 24,
    "sacked": 28,
    "path_mtu": 60,
    "retransmits": 100,
    "out_of_order": 224,
}


@dataclass(frozen=True, slots=True)
class TcpInfo:
    """Figures of one connection.

    ``mss`` is the largest segment sent, ``path_mtu`` the packet size taken for it, both in bytes;
    ``unacked`` and ``sacked`` count segments on their way and those of them that arrived ahead of a gap;
    ``retransmits`` counts repeats, ``out_of_order`` segments received ahead of a gap (Linux 5.4).
    """

    mss: int = 0
    unacked: int = 0
    sacked: int = 0
    path_mtu: int = 0
    retransmits: int = 0
    out_of_order: int = 0


def tcp_info(connection: socket.socket) -> TcpInfo | None:
    """The figures of a connected socket, or None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        raw = connection.getsockopt(socket.IPPROTO_TCP, _OPTION, _LENGTH)
    except OSError:
        return None
    return read_info(raw)


def read_info(raw: bytes) -> TcpInfo:
    """The figures in a ``struct tcp_info``; what it is too short for is zero."""
    return TcpInfo(**{name: _figure(raw, offset) for name, offset in _OFFSETS.items()})


def _figure(raw: bytes, offset: int) -> int:
    return int(struct.unpack_from("=I", raw, offset)[0]) if len(raw) >= offset + 4 else 0
