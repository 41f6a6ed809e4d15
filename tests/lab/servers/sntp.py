"""SNTP answers with the world's time (RFC 4330)."""

from __future__ import annotations

import asyncio
import struct
from functools import partial
from typing import Any

from tests.lab.namespaces import Namespaces, udp_socket
from tests.lab.servers.clock import WorldClock

SINCE_1900 = 2208988800


class _Sntp(asyncio.DatagramProtocol):
    def __init__(self, clock: WorldClock, extra: float) -> None:
        self._clock = clock
        self._extra = extra

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if len(data) >= 48:
            self._transport.sendto(self._reply(data), addr)

    def _reply(self, data: bytes) -> bytes:
        now = int((self._clock.seconds() + self._extra + SINCE_1900) * 2**32)
        head = struct.pack("!BBbbII4s", 0x24, 1, 6, -20, 0, 0, b"LAB\0")
        stamp = struct.pack("!Q", now)
        return head + stamp + data[40:48] + stamp + stamp


async def serve_sntp(addresses: list[str], clock: WorldClock, extra: float, spaces: Namespaces) -> None:
    """Answer on UDP 123 of these addresses; ``extra`` seconds make one server's clock wrong."""
    loop = asyncio.get_running_loop()
    for address in addresses:
        sock = spaces.open("net", partial(udp_socket, address, 123))
        await loop.create_datagram_endpoint(lambda: _Sntp(clock, extra), sock=sock)
