"""Answers QUIC packets of an unknown version with version negotiation (RFC 9000, sections 6 and 17.2.1)."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from tests.lab.namespaces import Namespaces, udp_socket

LONG_HEADER = 0x80
SMALLEST = 1200
SPOKEN = (1).to_bytes(4) + (0x6B3343CF).to_bytes(4)


def negotiate(packet: bytes) -> bytes | None:
    """The reply to a client's first packet, or None where it deserves none."""
    if len(packet) < SMALLEST or not packet[0] & LONG_HEADER or packet[1:5] in {SPOKEN[:4], SPOKEN[4:]}:
        return None
    size = packet[5]
    theirs, rest = packet[6 : 6 + size], packet[6 + size :]
    ours = rest[1 : 1 + rest[0]]
    ids = bytes([len(ours)]) + ours + bytes([len(theirs)]) + theirs
    return bytes([LONG_HEADER | 0x40]) + bytes(4) + ids + SPOKEN


class _Quic(asyncio.DatagramProtocol):
    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        reply = negotiate(data)
        if reply is not None:
            self._transport.sendto(reply, addr)


async def serve_quic(addresses: list[str], spaces: Namespaces) -> None:
    """Answer on UDP 443 of these addresses."""
    loop = asyncio.get_running_loop()
    for address in addresses:
        sock = spaces.open("net", partial(udp_socket, address, 443))
        await loop.create_datagram_endpoint(_Quic, sock=sock)
