"""The first routers on the way, without any privilege: datagrams that may pass only so many of them.

A router that drops a packet for its age says so (RFC 792, "time exceeded"); Linux hands that with the
router's address to the socket that sent it (``IP_RECVERR``). IPv4 only; other systems keep it to themselves.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from tshoot.probes.deadline import Deadline

FIRST_PORT = 33434
"""Nobody listens there; the port that traceroute has always used."""
SENDS = (0.0, 0.2)
"""When each hop is asked, in seconds: routers answer only so many packets."""
_IP_RECVERR = 11
_MSG_ERRQUEUE = 0x2000
_FROM_ICMP = 2
_TIME_EXCEEDED, _UNREACHABLE = 11, 3
_ERROR_HEADER = 16
"""Bytes of ``struct sock_extended_err`` (linux/errqueue.h); the sender's address follows."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One router on the way: its distance, and its address where it answered."""

    distance: int
    address: str = ""


def supported() -> bool:
    """Does this system tell who dropped a packet?"""
    return sys.platform.startswith("linux")


async def first_hops(towards: str, most: int, deadline: Deadline) -> tuple[Hop, ...]:
    """The first ``most`` hops on the way to an IPv4 address; silent ones have no address.

    Ends as soon as all have answered. Raises OSError where the system sends nothing there.
    """
    found: dict[int, str] = {}
    complete = asyncio.Event()
    with ExitStack() as stack:
        for distance in range(1, most + 1):
            sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            _prepare(sock, towards, distance)
            _listen(stack, sock, _Listener(sock, distance, found, most, complete))
            stack.callback(asyncio.create_task(_send(sock)).cancel)
        with suppress(TimeoutError):
            async with asyncio.timeout(deadline.remaining()):
                await complete.wait()
    return tuple(Hop(distance, found.get(distance, "")) for distance in range(1, most + 1))


def _prepare(sock: socket.socket, towards: str, distance: int) -> None:
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, distance)
    sock.connect((towards, FIRST_PORT + distance))


async def _send(sock: socket.socket) -> None:
    for pause in (SENDS[0], SENDS[1] - SENDS[0]):
        await asyncio.sleep(pause)
        # An error of the packet before is reported here; the listener reads who sent it.
        with suppress(OSError):
            sock.send(b"tshoot")


def _listen(stack: ExitStack, sock: socket.socket, listener: _Listener) -> None:
    loop = asyncio.get_running_loop()
    loop.add_reader(sock, listener.read)
    stack.callback(loop.remove_reader, sock)


class _Listener:
    def __init__(
        self, sock: socket.socket, distance: int, found: dict[int, str], most: int, complete: asyncio.Event
    ) -> None:
        self._sock, self._distance, self._found = sock, distance, found
        self._most, self._complete = most, complete

    def read(self) -> None:
        """Take one error report; also an ordinary datagram, so that nothing keeps the loop awake."""
        with suppress(OSError):
            _, extra, _, _ = self._sock.recvmsg(64, 512, _MSG_ERRQUEUE)
            for level, kind, data in extra:
                if (level, kind) == (socket.IPPROTO_IP, _IP_RECVERR):
                    self._note(reporter(data))
            return
        with suppress(OSError):
            self._sock.recv(64)

    def _note(self, address: str) -> None:
        if address:
            self._found.setdefault(self._distance, address)
        if len(self._found) == self._most:
            self._complete.set()


def reporter(data: bytes) -> str:
    """Who reported in an extended error that a packet was too old or had nowhere to go; else empty."""
    if len(data) < _ERROR_HEADER + 8:
        return ""
    _, origin, kind = struct.unpack_from("=IBB", data)
    if origin != _FROM_ICMP or kind not in (_TIME_EXCEEDED, _UNREACHABLE):
        return ""
    (family,) = struct.unpack_from("=H", data, _ERROR_HEADER)
    return socket.inet_ntoa(data[_ERROR_HEADER + 4 : _ERROR_HEADER + 8]) if family == socket.AF_INET else ""
