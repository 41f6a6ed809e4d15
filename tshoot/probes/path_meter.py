"""Loss and delay towards one place, by ping side by side to its addresses, by TCP where ping is silent.

Used for the gateway (one address) and for the internet (one address of each of two operators).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Literal

from tshoot.probes.connect import Connect, connect
from tshoot.probes.deadline import Deadline
from tshoot.probes.echo import Pinger, load_icmplib, open_pinger
from tshoot.probes.refusal import Refusal, shared_refusal
from tshoot.probes.tasks import cancel_all, up_to
from tshoot.probes.window import (
    SYN_RETRANSMIT_MS,
    Window,
    answering,
    confirmed,
    connect_samples,
    contradicted,
    quickest_median,
    suspicious,
)

TCP_SAMPLES = 14
"""Connects to each address: all of them get through where 30 % are lost in 7 of 1,000 windows, where 20 % are
in 44 (binomial). With 8 it was 58 and 168, and one clean family acquits the whole path."""
TCP_SECOND_LOOK = 16
"""Further connects once one was lost: with 30 in all, 20 % loss then shows in 97 of 100 windows."""
TCP_SPACING = 0.035
_TCP_MARGIN = 0.1
_PING_HEAD_START = 0.2
"""Seconds that ping is given to answer before TCP takes its place, beyond the time a connect took."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the path works, and the windows that tell. No window: nothing could be measured."""

    outcome: Literal["ok", "lossy", "slow"]
    windows: tuple[Window, ...]


class PathMeter:
    """Starts to ping at once; use as an async context manager, which closes every socket.

    ``permitted`` is False where this user may not ping at all. ``deadline`` bounds everything.
    """

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self.addresses, self.deadline = tuple(addresses), deadline
        self._began = time.monotonic()
        self._sockets = ExitStack()
        self._windows: dict[Pinger, asyncio.Task[Window]] = {}

    async def __aenter__(self) -> PathMeter:
        icmplib = await load_icmplib()
        opened = [open_pinger(address, icmplib) for address in self.addresses]
        pingers = [self._sockets.enter_context(each) for each in opened if each is not None]
        self._windows = {each: asyncio.create_task(each.ping()) for each in pingers}
        self._began = time.monotonic()
        return self

    async def __aexit__(self, *_: object) -> None:
        await cancel_all(self._windows.values())
        self._sockets.close()

    @property
    def permitted(self) -> bool:
        """May this user ping at all?"""
        return bool(self._windows)

    @property
    def tells_refusal(self) -> bool:
        """Would it show if the system kept back every ping?"""
        return self.permitted and all(each.tells_refusal for each in self._windows)

    @property
    def replied(self) -> bool:
        """Has any ping been answered?"""
        return any(each.answered.is_set() for each in self._windows)

    async def refusal(self) -> Refusal | None:
        """What the system says where it refuses every ping; None where one has left or none is permitted.

        Returns once every address has been tried. Only where :attr:`tells_refusal`.
        """
        for each in self._windows:
            await each.tried.wait()
        return shared_refusal(each.refusal for each in self._windows)

    async def first_reply(self) -> None:
        """Return with the first reply. Waits for ever without one: bound it."""
        if not self._windows:
            await asyncio.Event().wait()
        waits = [asyncio.create_task(each.answered.wait()) for each in self._windows]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancel_all(waits)

    async def quality(self, endpoints: Sequence[Connect], slow_ms: float) -> Quality:
        """Judge the path. ``endpoints`` are connects that were answered, for measuring by TCP.

        A window that looks lossy is doubled, and TCP connects are measured beside it, before loss is
        claimed. ``slow_ms`` is the median round-trip time above which the path is slow.
        """
        if not await self.answers_ping(endpoints):
            return await self._by_tcp(endpoints, slow_ms)
        windows = await self._finish()
        if not suspicious(windows):
            return _judge(windows, False, slow_ms)
        await self._restart()
        windows, connects = await asyncio.gather(self._finish(), self._tcp_windows(endpoints))
        lossy = confirmed(windows) and not contradicted(windows, connects)
        return _judge((*windows, *answering(connects)), lossy, slow_ms)

    async def answers_ping(self, endpoints: Sequence[Connect]) -> bool:
        """Is ping answered? It gets a fair time for it, by what the connects that were answered took."""
        if self.replied or not endpoints or not self._windows:
            return self.replied
        patience = _PING_HEAD_START + 1.5 * min(each.ms for each in endpoints) / 1000
        left = self._began + patience - time.monotonic()
        await up_to(min(left, self.deadline.remaining()), self.first_reply())
        return self.replied

    async def _restart(self) -> None:
        """Ping the addresses that answer once more; their windows grow."""
        await cancel_all(self._windows.values())
        heard = [each for each in self._windows if each.answered.is_set()]
        self._windows = {each: asyncio.create_task(each.ping()) for each in heard}

    async def _finish(self) -> tuple[Window, ...]:
        """The windows of the addresses that answer; a silent one is not waited for."""
        while open_ones := [
            t for each, t in self._windows.items() if each.answered.is_set() and not t.done()
        ]:
            if self.deadline.over:
                break
            await asyncio.wait(open_ones, timeout=self.deadline.remaining())
        return answering([each.window() for each in self._windows])

    async def _by_tcp(self, endpoints: Sequence[Connect], slow_ms: float) -> Quality:
        windows = await self._tcp_windows(endpoints)
        if any(window.lost for window in answering(windows)):
            again = await self._tcp_windows(endpoints, TCP_SECOND_LOOK)
            pairs = zip(windows, again, strict=True)
            windows = tuple(replace(old, samples=old.samples + new.samples) for old, new in pairs)
        return _judge(windows, confirmed(windows), slow_ms)

    async def _tcp_windows(
        self, endpoints: Sequence[Connect], count: int = TCP_SAMPLES
    ) -> tuple[Window, ...]:
        return tuple(await asyncio.gather(*(self._tcp_window(each, count) for each in endpoints[:2])))

    async def _tcp_window(self, endpoint: Connect, count: int) -> Window:
        tasks = [asyncio.create_task(self._sample(endpoint, number)) for number in range(count)]
        try:
            connects = await asyncio.gather(*tasks)
        finally:
            await cancel_all(tasks)
        waited = [(each.ms, each.answered) for each in connects]
        return Window(endpoint.address, "tcp", connect_samples(waited))

    async def _sample(self, endpoint: Connect, number: int) -> Connect:
        await asyncio.sleep(min(number * TCP_SPACING, self.deadline.remaining()))
        enough = (endpoint.ms + SYN_RETRANSMIT_MS) / 1000 + _TCP_MARGIN
        return await connect(endpoint.address, endpoint.port, min(enough, self.deadline.remaining()))


def telling_window(quality: Quality | None) -> Window | None:
    """The window that shows best why the path was judged so: of those with an answer, the least lossy.

    Where the path is lossy the windows of the first method count, because those convicted it.
    """
    windows = answering(quality.windows) if quality is not None else ()
    if quality is not None and quality.outcome == "lossy":
        windows = tuple(each for each in windows if each.method == windows[0].method)
    return min(windows, key=lambda each: each.lost / each.sent, default=None)


def _judge(windows: tuple[Window, ...], lossy: bool, slow_ms: float) -> Quality:
    middle = quickest_median(windows)
    slow = middle is not None and middle > slow_ms
    return Quality("lossy" if lossy else "slow" if slow else "ok", windows)
