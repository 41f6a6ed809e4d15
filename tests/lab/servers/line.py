"""A slow line: relays Ethernet frames between two adapters with delay and jitter.

Works on packet sockets, so it needs no kernel module and no device file. The virtio header keeps
checksum and segmentation offloads of the virtual adapters intact (packet(7), PACKET_VNET_HDR).
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket

from tests.lab.namespaces import Namespaces
from tests.lab.plan import LineDelay

SOL_PACKET = 263
PACKET_VNET_HDR = 15
PACKET_IGNORE_OUTGOING = 23
ETH_P_ALL = 3
MAX_FRAME = 70000


class Line:
    """The line between the carrier (adapter ``near``) and the internet (adapter ``far``)."""

    def __init__(self, line: LineDelay, spaces: Namespaces) -> None:
        """Keeps the namespace ``line``; the adapters need not exist yet."""
        self._line = line
        self._spaces = spaces
        self._due: dict[socket.socket, float] = {}

    def start(self) -> None:
        """Relay both ways until the loop ends."""
        near, far = (self._packets(name) for name in ("near", "far"))
        loop = asyncio.get_running_loop()
        loop.add_reader(near, self._relay, near, far)
        loop.add_reader(far, self._relay, far, near)

    def _packets(self, adapter: str) -> socket.socket:
        return self._spaces.open("line", lambda: _packet_socket(adapter))

    def _relay(self, source: socket.socket, target: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(BlockingIOError):
            while True:
                frame = source.recv(MAX_FRAME)
                due = loop.time() + self._line.delay + random.uniform(0, self._line.jitter)
                # A line may be slow, but it keeps the order of its frames.
                due = self._due[target] = max(due, self._due.get(target, 0.0))
                loop.call_at(due, _send, target, frame)


def _send(target: socket.socket, frame: bytes) -> None:
    with contextlib.suppress(OSError):
        target.send(frame)


def _packet_socket(adapter: str) -> socket.socket:
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    sock.bind((adapter, ETH_P_ALL))
    sock.setblocking(False)
    return sock
