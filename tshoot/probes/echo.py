"""Ping windows to one address, over icmplib's sockets.

One socket per address, a paced sender, and a reader that matches identifier and sequence. Round-trip
times end at the kernel's receive time stamp, where there is one: icmplib's own end whenever the event loop
comes round to reading (codebase-anchors.md, section 6.1).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, cast

from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.echo_reply import EchoAnswer, receive, want_stamps
from tshoot.probes.refusal import Refusal, refusal_of
from tshoot.probes.window import Method, Window

SAMPLES = 20
SPACING = 0.025
"""Seconds between two pings: a window of 20 spans half a second."""
SILENT_PATIENCE = 2.0
"""Seconds to wait after the last ping where nothing at all has answered: a satellite hop needs 0.6 s."""
_LEAST_PATIENCE = 0.2
_PAYLOAD = b"tshoot measures loss and delay; see its documentation..."
_IDENTIFIERS = itertools.count(os.getpid())
_FOREVER = 3600.0
_ECHO_REPLY = {4: 0, 6: 129}


async def load_icmplib() -> Any:
    """icmplib, imported without holding up the event loop."""
    return await in_daemon_thread(partial(import_module, "icmplib"))


class Pinger:
    """Pings one address; use as a context manager, which closes the socket.

    ``tried`` is set with the first attempt to send, ``answered`` by the first reply, ``refusal`` by a system
    that refuses to send.
    """

    def __init__(self, address: str, sock: Any, method: Method, icmplib: Any) -> None:
        self.address, self.method = address, method
        self.answered = asyncio.Event()
        self.tried = asyncio.Event()
        self.refusal: Refusal | None = None
        self._icmplib = icmplib
        self._sock = icmplib.AsyncSocket(sock)
        want_stamps(sock.sock)
        self._family = 6 if ":" in address else 4
        self._id = next(_IDENTIFIERS) & 0xFFFF
        self._sent_at: list[float] = []
        self._sent_ns: list[int] = []
        self._rtt: dict[int, float] = {}
        self._news = asyncio.Event()

    @property
    def tells_refusal(self) -> bool:
        """Would a packet filter on this computer show? Linux hides it from IPv6 datagram sockets."""
        return self.method == "icmp raw" or self._family == 4

    def __enter__(self) -> Pinger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket. May be called again."""
        self._sock.close()

    def window(self) -> Window:
        """Every sample so far, in order; a reply that is still on its way counts as lost."""
        rtts = (self._rtt.get(number) for number in range(len(self._sent_at)))
        return Window(self.address, self.method, tuple(rtts))

    async def ping(self, count: int = SAMPLES) -> Window:
        """Send ``count`` pings and wait for their replies; returns :meth:`window`.

        Ends as soon as all are answered, at once where the system refuses to send, else three of the
        longest round-trip times after the last ping.
        """
        loop, descriptor = asyncio.get_running_loop(), self._sock.sock.fileno()
        loop.add_reader(descriptor, self._read)
        try:
            await self._send(count)
            await self._await_replies()
        finally:
            loop.remove_reader(descriptor)
        return self.window()

    async def _send(self, count: int) -> None:
        begin = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0.0, begin + number * SPACING - time.perf_counter()))
            if not self._send_one():
                return

    def _send_one(self) -> bool:
        sequence = len(self._sent_at)
        request = self._icmplib.ICMPRequest(self.address, self._id, sequence, payload=_PAYLOAD)
        self._sent_at.append(time.perf_counter())
        self._sent_ns.append(time.time_ns())
        try:
            self._sock.send(request)
        except self._icmplib.ICMPSocketError as error:
            self._take_back(error)
            return False
        finally:
            self.tried.set()
        # An unprivileged socket on Linux gets its identifier from the kernel.
        self._id = request.id
        return True

    def _take_back(self, error: Exception) -> None:
        self._sent_at.pop()
        self._sent_ns.pop()
        # icmplib replaces the system's error; the original stays behind as the context.
        cause = error.__context__
        if not self._sent_at and isinstance(cause, OSError):
            self.refusal = refusal_of(cause)

    async def _await_replies(self) -> None:
        while len(self._rtt) < len(self._sent_at):
            left = self._sent_at[-1] + self._patience() - time.perf_counter()
            if left <= 0:
                return
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._news.wait()

    def _patience(self) -> float:
        if not self._rtt:
            return SILENT_PATIENCE
        return min(max(_LEAST_PATIENCE, 3 * max(self._rtt.values()) / 1000), SILENT_PATIENCE)

    def _read(self) -> None:
        """Take every message that waits; called by the loop when there is one."""
        with suppress(BlockingIOError):
            while True:
                try:
                    answer = receive(self._sock.sock, self._family, self.method == "icmp raw")
                except BlockingIOError:
                    raise
                except OSError:
                    return  # An ICMP error reported on the socket; what it says also comes as a message.
                if answer is not None:
                    self._note(answer, time.perf_counter())

    def _note(self, answer: EchoAnswer, now: float) -> None:
        number = answer.sequence
        if answer.identifier != self._id or not 0 <= number < len(self._sent_at):
            return
        if answer.kind == "unreachable":
            self.unreachable = True
        if answer.kind != "reply" or number in self._rtt:
            return
        read_after = (now - self._sent_at[number]) * 1000
        self._rtt[number] = self._stamped(answer, number, read_after)
        self.answered.set()
        self._news.set()

    def _stamped(self, answer: EchoAnswer, number: int, read_after: float) -> float:
        """The round trip in ms. A stamp outside the possible means that the wall clock was set meanwhile."""
        if answer.stamp_ns is None:
            return read_after
        stamped = (answer.stamp_ns - self._sent_ns[number]) / 1_000_000
        return stamped if 0 <= stamped <= read_after else read_after


def open_pinger(address: str, icmplib: Any) -> Pinger | None:
    """A pinger by the best means this user has: raw, else datagram; None where ping isn't permitted.

    ``icmplib`` is what :func:`load_icmplib` gave.
    """
    kind = icmplib.ICMPv6Socket if ":" in address else icmplib.ICMPv4Socket
    means = (("icmp raw", True), ("icmp datagram", False))
    for method, privileged in means:
        with suppress(icmplib.ICMPSocketError):
            return Pinger(address, kind(privileged=privileged), cast(Method, method), icmplib)
    return None
