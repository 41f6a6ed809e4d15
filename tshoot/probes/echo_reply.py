"""What came back to a ping: which echo it answers, and when the kernel received it.

The kernel's time stamp makes the round trip independent of how busy this program is; the event loop may
read a reply a tenth of a second late while libraries are imported.
"""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

Kind = Literal["reply", "unreachable", "other"]

_SO_TIMESTAMPNS = 35
"""Linux, include/uapi/asm-generic/socket.h; the socket module has no name for it."""
_TIMESPEC = struct.Struct("@ll")
_HEADER = struct.Struct("!BBHHH")
_KINDS: dict[tuple[int, int], Kind] = {
    (4, 0): "reply",
    (4, 3): "unreachable",
    (6, 129): "reply",
    (6, 1): "unreachable",
}
_INNER_V6_HEADER = 40
_LARGEST = 2048


@dataclass(frozen=True, slots=True)
class EchoAnswer:
    """One ICMP message about an echo. ``stamp_ns`` is wall-clock nanoseconds, None without a stamp."""

    kind: Kind
    identifier: int
    sequence: int
    stamp_ns: int | None = None


def want_stamps(sock: socket.socket) -> None:
    """Ask the kernel for receive time stamps, where it has them."""
    if sys.platform == "linux":
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)


def receive(sock: socket.socket, family: int, raw: bool) -> EchoAnswer | None:
    """The next message waiting on a non-blocking socket; None where it is about something else.

    Raises BlockingIOError when nothing waits, OSError as the socket does.
    """
    packet, ancillary, _, _ = sock.recvmsg(_LARGEST, 128)
    # A raw IPv4 socket hands over the IP header; so does macOS's datagram socket.
    with_header = family == 4 and (raw or sys.platform != "linux")
    found = parse(packet, family, with_header)
    return EchoAnswer(*found, stamp_ns=_stamp(ancillary)) if found is not None else None


def parse(packet: bytes, family: int, with_header: bool) -> tuple[Kind, int, int] | None:
    """Kind, identifier and sequence of an ICMP message (RFC 792, RFC 4443); None where it is cut off.

    An error carries the beginning of the packet it is about: identifier and sequence are that one's.
    """
    message = packet[_ipv4_header(packet) :] if with_header else packet
    if len(message) < _HEADER.size:
        return None
    kind = _KINDS.get((family, message[0]), "other")
    if kind == "reply":
        return (kind, *_HEADER.unpack_from(message)[3:])
    inner = message[_HEADER.size :]
    about = inner[_INNER_V6_HEADER if family == 6 else _ipv4_header(inner) :]
    return (kind, *_HEADER.unpack_from(about)[3:]) if len(about) >= _HEADER.size else None


def _ipv4_header(packet: bytes) -> int:
    return (packet[0] & 0x0F) * 4 if packet else 0


def _stamp(ancillary: list[tuple[int, int, bytes]]) -> int | None:
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS and len(data) >= _TIMESPEC.size:
            seconds, nanoseconds = _TIMESPEC.unpack_from(data)
            return int(seconds * 1_000_000_000 + nanoseconds)
    return None
