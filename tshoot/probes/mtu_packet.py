"""Packets of any size that somebody answers without having been asked for anything: pings and QUIC.

A ping's reply is as large as the ping, so it shows both directions. A QUIC packet of a reserved version
has to be answered with a short list of versions (RFC 9000, section 6.1), needs no privilege and passes
where ping is filtered, but shows the way out only.
"""

from __future__ import annotations

import os
import socket
import struct
from contextlib import suppress
from typing import Protocol

from tshoot.host.model import Family
from tshoot.probes.sockaddr import socket_address

QUIC_PORT = 443
QUIC_SMALLEST = 1200
"""Bytes below which a server must drop a first packet (RFC 9000, section 14.1)."""
_PING_SMALLEST = 56
_RESERVED_VERSION = bytes.fromhex("1a2a3a4a")
_VERSION_NEGOTIATION = bytes(4)
_LONG_HEADER = 0xC0
_ECHO: dict[Family, tuple[int, int]] = {4: (8, 0), 6: (128, 129)}
_IP_HEADER: dict[Family, int] = {4: 20, 6: 40}
_TRANSPORT_HEADER = 8


class Asker(Protocol):
    """Makes numbered packets for one connected socket and reads the numbers of the answers."""

    method: str
    sock: socket.socket
    smallest: int

    def packet(self, size: int, number: int) -> bytes:
        """What to send so that the packet on the wire has ``size`` bytes; ``number`` is below 256."""

    def answered(self, data: bytes) -> tuple[int, bool] | None:
        """The number that ``data`` answers and whether it came back at full length; None where it is none."""


class PingAsker:
    """Echo requests by the best means this user has. Raises OSError where ping isn't permitted."""

    method = "ping"

    def __init__(self, address: str) -> None:
        family, where = socket_address(address, 0)
        self._family: Family = 6 if family == socket.AF_INET6 else 4
        protocol = socket.IPPROTO_ICMPV6 if self._family == 6 else socket.IPPROTO_ICMP
        self._raw, self.sock = _ping_socket(family, protocol)
        self._id, self._lengths = os.getpid() & 0xFFFF, dict[int, int]()
        self.smallest = _PING_SMALLEST + headers(self._family)
        _connect(self.sock, where)

    def packet(self, size: int, number: int) -> bytes:
        """An echo request; see :class:`Asker`."""
        payload = bytes(max(0, size - headers(self._family)))
        head = struct.pack("!BBHHH", _ECHO[self._family][0], 0, 0, self._id, number)
        if self._raw and self._family == 4:
            head = head[:2] + struct.pack("!H", _checksum(head + payload)) + head[4:]
        self._lengths[number] = len(head + payload)
        return head + payload

    def answered(self, data: bytes) -> tuple[int, bool] | None:
        """Reads an echo reply; see :class:`Asker`."""
        if self._raw and self._family == 4 and data:
            data = data[(data[0] & 15) * 4 :]
        if len(data) < _TRANSPORT_HEADER or data[0] != _ECHO[self._family][1]:
            return None
        identifier, number = struct.unpack_from("!HH", data, 4)
        # A datagram socket gets its identifier from the kernel and sees its own replies only.
        if number not in self._lengths or (self._raw and identifier != self._id):
            return None
        return number, len(data) >= self._lengths[number]


class QuicAsker:
    """First packets of a QUIC version nobody speaks. Raises OSError where there is no route."""

    method = "quic"

    def __init__(self, address: str) -> None:
        family, where = socket_address(address, QUIC_PORT)
        self._family: Family = 6 if family == socket.AF_INET6 else 4
        self.sock = socket.socket(family, socket.SOCK_DGRAM)
        self._token = os.urandom(7)
        self.smallest = QUIC_SMALLEST + headers(self._family)
        _connect(self.sock, where)

    def packet(self, size: int, number: int) -> bytes:
        """A padded first packet; see :class:`Asker`."""
        ids = bytes([8]) + os.urandom(8) + bytes([8]) + self._token + bytes([number])
        head = bytes([_LONG_HEADER]) + _RESERVED_VERSION + ids
        return head.ljust(size - headers(self._family), b"\0")

    def answered(self, data: bytes) -> tuple[int, bool] | None:
        """Reads a version negotiation; see :class:`Asker`."""
        if len(data) < 14 or not data[0] & 0x80 or data[1:5] != _VERSION_NEGOTIATION:
            return None
        return (data[13], False) if data[5:13] == bytes([8]) + self._token else None


def headers(family: Family) -> int:
    """Bytes of the IP header and the eight of ICMP or UDP."""
    return _IP_HEADER[family] + _TRANSPORT_HEADER


def _ping_socket(family: socket.AddressFamily, protocol: int) -> tuple[bool, socket.socket]:
    with suppress(OSError):
        return False, socket.socket(family, socket.SOCK_DGRAM, protocol)
    return True, socket.socket(family, socket.SOCK_RAW, protocol)


def _connect(sock: socket.socket, where: object) -> None:
    try:
        sock.setblocking(False)
        sock.connect(where)  # type: ignore[arg-type]
    except OSError:
        sock.close()
        raise


def _checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    padded = data + bytes(len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF
