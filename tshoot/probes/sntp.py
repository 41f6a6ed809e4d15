"""Asking a time server by SNTP (RFC 4330): an offset and the round trip, two exchanges a server.

The transmit timestamp of a question is a random number: it tells nothing of this computer's clock, and
only a server that saw it can send it back as the originate timestamp (RFC 4330, section 5).
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import struct
import time
from dataclasses import dataclass

from tshoot.probes.deadline import Deadline
from tshoot.probes.sockaddr import socket_address
from tshoot.text import display_text

EXCHANGES = 2
AGAIN_AFTER = 0.5
"""Seconds of silence before a question is sent again."""
MOST_SENDINGS = 5
_UNIX_EPOCH = 2_208_988_800
"""Seconds from 1900 to 1970 (RFC 4330, section 3)."""
_PACKET = struct.Struct("!BBbb11I")
_QUESTION_FLAGS = 0x23
"""No leap warning, version 4, mode 3 (client)."""
_SERVER_MODE, _UNSYNCHRONISED = 4, 3
_WRAP, _HALF = 1 << 64, 1 << 63


@dataclass(frozen=True, slots=True)
class TimeSample:
    """``ahead``: how far this computer's clock is ahead of the server; ``round_trip``: both in seconds."""

    ahead: float
    round_trip: float


@dataclass(frozen=True, slots=True)
class TimeAnswer:
    """All samples of one server; ``reason`` says why there is none."""

    address: str
    samples: tuple[TimeSample, ...] = ()
    reason: str = ""

    @property
    def best(self) -> TimeSample | None:
        """The sample with the shortest round trip: the most exact one."""
        return min(self.samples, key=lambda sample: sample.round_trip, default=None)


class NotUsable(Exception):
    """An answer that tells no time; the text says why."""


async def ask_time(address: str, port: int, deadline: Deadline) -> TimeAnswer:
    """Ask a server until it answered :data:`EXCHANGES` times, or ``deadline``. Never raises."""
    exchange = _Exchange()
    try:
        family, where = socket_address(address, port)
        with socket.socket(family, socket.SOCK_DGRAM) as connection:
            connection.setblocking(False)
            connection.connect(where)
            await exchange.run(connection, deadline)
    except NotUsable as refusal:
        return TimeAnswer(address, tuple(exchange.samples), str(refusal))
    except (OSError, ValueError) as error:
        return TimeAnswer(address, tuple(exchange.samples), type(error).__name__)
    return TimeAnswer(address, tuple(exchange.samples), "" if exchange.samples else "no answer")


class _Exchange:
    def __init__(self) -> None:
        self.samples: list[TimeSample] = []
        self._sent: dict[bytes, tuple[float, float]] = {}

    async def run(self, connection: socket.socket, deadline: Deadline) -> None:
        for _ in range(MOST_SENDINGS):
            if len(self.samples) >= EXCHANGES or deadline.over:
                return
            self._send(connection)
            await self._receive(connection, deadline.within(AGAIN_AFTER))

    def _send(self, connection: socket.socket) -> None:
        nonce = secrets.token_bytes(8)
        self._sent[nonce] = (time.time(), time.perf_counter())
        connection.send(question(nonce))

    async def _receive(self, connection: socket.socket, deadline: Deadline) -> None:
        """Take packets until one is an answer, or ``deadline``."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(deadline.remaining()):
                while not self._take(await loop.sock_recv(connection, 512)):
                    pass
        except TimeoutError:
            return

    def _take(self, packet: bytes) -> bool:
        sent = self._sent.pop(packet[24:32], None)
        if sent is None:
            # Not an answer to a question of ours: a forged or very late one.
            return False
        wall, steady = sent
        round_trip = time.perf_counter() - steady
        self.samples.append(read_answer(packet, wall, round_trip))
        return True


def question(nonce: bytes) -> bytes:
    """A client's packet with ``nonce`` (8 bytes) as its transmit timestamp."""
    return bytes([_QUESTION_FLAGS]) + bytes(39) + nonce


def read_answer(packet: bytes, sent: float, elapsed: float) -> TimeSample:
    """What an answer says; ``sent`` is the clock at sending, ``elapsed`` the seconds until it came.

    Raises :class:`NotUsable`. Differences are taken modulo 2^64, so the roll-over of 2036 does no harm
    while the clock is less than 68 years off (RFC 4330, section 3).
    """
    if len(packet) < _PACKET.size:
        raise NotUsable("too short")
    flags, stratum, _, _, *words = _PACKET.unpack_from(packet)
    if flags & 7 != _SERVER_MODE:
        raise NotUsable("not a server's answer")
    if stratum == 0:
        raise NotUsable(_kiss(packet))
    if flags >> 6 == _UNSYNCHRONISED or stratum > 15 or not (words[9] or words[10]):
        raise NotUsable("the server itself has no time")
    received, transmitted = (words[7] << 32) | words[8], (words[9] << 32) | words[10]
    server_held = _difference(transmitted, received)
    if not 0 <= server_held <= elapsed:
        server_held = 0.0
    to_server = _difference(received, _timestamp(sent))
    to_client = _difference(transmitted, _timestamp(sent + elapsed))
    return TimeSample(-(to_server + to_client) / 2, elapsed - server_held)


def _kiss(packet: bytes) -> str:
    """The kiss code of a server that does not want to be asked (RFC 4330, section 8)."""
    return f"refused ({display_text(packet[12:16].decode('ascii', 'replace'), 4)})"


def _timestamp(moment: float) -> int:
    """A Unix time as 64-bit fixed-point seconds since 1900, modulo 2^64."""
    return round((moment + _UNIX_EPOCH) * (1 << 32)) % _WRAP


def _difference(one: int, other: int) -> float:
    """``one - other`` in seconds, the shorter way round."""
    return (((one - other + _HALF) % _WRAP) - _HALF) / (1 << 32)
