"""Do packets of full size come through unbroken, and does the path say so where they don't?

Sends with "don't fragment". A router that can't pass a packet on says "too big" (RFC 1191, RFC 8201); the
system then refuses that size at once and knows the size that fits. A path that swallows full-size packets
and says nothing is what makes a black hole. Linux only: elsewhere the size that fits is not told.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from tshoot.probes.deadline import Deadline
from tshoot.probes.mtu_packet import Asker, PingAsker, QuicAsker

ROUNDS = (0.0, 0.3, 0.6)
"""When the full size is sent, in seconds; from the second round on beside a small packet. Silence counts
after two at least (diagnosis-anchors.md, section c, row 52)."""
PATIENCE = 0.7
"""Seconds the last packet's answer is waited for."""
_RESENDS = 3
_CHUNK = 65536
_OPTIONS = {socket.AF_INET: (socket.IPPROTO_IP, 10, 14), socket.AF_INET6: (socket.IPPROTO_IPV6, 23, 24)}
"""Level, MTU_DISCOVER and MTU of linux/in.h and linux/in6.h; Python does not name them all."""
_ALWAYS_DONT_FRAGMENT = 2


@dataclass(frozen=True, slots=True)
class SizeTest:
    """What came of one address by one ``method`` (``ping`` or ``quic``).

    ``size`` is the largest packet last sent, in bytes: the size that fits as far as the path told, below
    the one wanted where it did (``told``). ``whole`` says that a full-size answer came back as well.
    """

    address: str
    method: str
    size: int
    told: bool = False
    small_sent: int = 0
    small_answered: int = 0
    full_sent: int = 0
    full_answered: int = 0
    whole: bool = False

    @property
    def swallowed(self) -> bool:
        """Small packets are answered, full-size ones are not."""
        return self.small_answered > 0 and self.full_sent >= 2 and not self.full_answered


async def try_sizes(
    make: Callable[[str], Asker], address: str, full: int, deadline: Deadline
) -> SizeTest | None:
    """Send small and full-size packets until a full-size one is answered; None where not permitted."""
    try:
        asker = make(address)
    except OSError:
        return None
    sizer = _Sizer(asker, address, full)
    with asker.sock:
        return await sizer.run(deadline)


ASKERS: tuple[Callable[[str], Asker], ...] = (PingAsker, QuicAsker)


class _Sizer:
    """Even numbers are full-size packets, odd ones small."""

    def __init__(self, asker: Asker, address: str, full: int) -> None:
        self._asker, self._address, self._full = asker, address, full
        self._sock = asker.sock
        self._level, discover, self._mtu_option = _OPTIONS[self._sock.family]
        with suppress(OSError):
            self._sock.setsockopt(self._level, discover, _ALWAYS_DONT_FRAGMENT)
        self.size, self._told, self._whole = full, False, False
        self._sent: list[int] = []
        self._answered: set[int] = set()
        self._news = asyncio.Event()

    async def run(self, deadline: Deadline) -> SizeTest:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._sock, self._receive)
        try:
            for number, wait in enumerate(_waits()):
                self._send(full=True)
                if number:
                    self._send(full=False)
                if await self._full_answered(deadline.within(wait)) or deadline.over:
                    break
        finally:
            loop.remove_reader(self._sock)
        return self._result()

    async def _full_answered(self, until: Deadline) -> bool:
        while not (done := any(number % 2 == 0 for number in self._answered)) and not until.over:
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(until.remaining()):
                    await self._news.wait()
        return done

    def _send(self, *, full: bool) -> None:
        for _ in range(_RESENDS):
            number = 2 * len(self._sent) + (0 if full else 1)
            packet = self._asker.packet(self.size if full else self._asker.smallest, number)
            try:
                self._sock.send(packet)
            except OSError as error:
                if error.errno == errno.EMSGSIZE and full and self._learn():
                    continue
                return
            self._sent.append(number)
            return

    def _receive(self) -> None:
        try:
            data = self._sock.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno == errno.EMSGSIZE and self._learn():
                self._send(full=True)
            return
        said = self._asker.answered(data)
        if said is not None:
            self._answered.add(said[0])
            self._whole = self._whole or (said[1] and said[0] % 2 == 0)
            self._news.set()

    def _learn(self) -> bool:
        """Take over the size that the system learned; False where that is no smaller than before."""
        with suppress(OSError):
            fits = self._sock.getsockopt(self._level, self._mtu_option)
            if self._asker.smallest <= fits < self.size:
                self.size, self._told = fits, True
                return True
        return False

    def _result(self) -> SizeTest:
        full = [number for number in self._sent if number % 2 == 0]
        fulls = sum(number % 2 == 0 for number in self._answered)
        return SizeTest(
            self._address,
            self._asker.method,
            self.size,
            self._told,
            len(self._sent) - len(full),
            len(self._answered) - fulls,
            len(full),
            fulls,
            self._whole,
        )


def _waits() -> list[float]:
    starts = [*ROUNDS, ROUNDS[-1] + PATIENCE]
    return [later - earlier for earlier, later in pairwise(starts)]
