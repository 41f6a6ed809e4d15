"""Evidence measured live: one battery shared by all steps, single probes, results that grow old."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tshoot.diagnosis.facts import facts_told
from tshoot.guide.evidence import Answer, Told
from tshoot.guide.following import Following
from tshoot.guide.model import Measure, Measured, Watch
from tshoot.guide.state import measure_key

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.guide.bench import Bench
    from tshoot.probes.model import ProbeResult, ProbeSpec
    from tshoot.probes.runner import Listener

KEEP_SECONDS = 60.0
"""How long a result is trusted. Long enough to read a question, short enough for a network that changes."""

TICK_SECONDS = 3.0
"""From one measurement of a watch to the next. A gateway takes a minute or more to start; twenty looks a
minute show when it goes and comes, and disturb nobody."""
SHORTEST_REST = 1.0
"""The least pause between two measurements of a watch, however long one takes."""

Upcoming = Callable[[str, str], Iterable[tuple[str, Mapping[str, str]] | None]]
"""What may be wanted next from a step: probes with their parameters, None for the battery."""


@dataclass
class _Battery:
    """A battery under way or done. Each probe's result can be waited for by itself."""

    epoch: int
    began: float
    results: dict[str, asyncio.Future[ProbeResult]] = field(default_factory=dict)
    task: asyncio.Task[Checkup] | None = None

    def future(self, probe: str) -> asyncio.Future[ProbeResult]:
        if probe not in self.results:
            self.results[probe] = asyncio.get_running_loop().create_future()
        return self.results[probe]


@dataclass
class _Single:
    """One probe under way or done."""

    epoch: int
    began: float
    task: asyncio.Task[Mapping[str, ProbeResult]]


class _Relay:
    """Passes every result to whoever waits for it and to the screen."""

    def __init__(self, battery: _Battery | None, listener: Listener | None) -> None:
        self.battery, self.listener = battery, listener

    def started(self, spec: ProbeSpec) -> None:
        if self.listener is not None:
            self.listener.started(spec)

    def finished(self, result: ProbeResult) -> None:
        if self.battery is not None:
            future = self.battery.future(result.probe)
            if not future.done():
                future.set_result(result)
        if self.listener is not None:
            self.listener.finished(result)


class _QuietRelay:
    """Passes on results only: what is watched starts anew all the time, and nobody waits for it."""

    def __init__(self, listener: Listener | None) -> None:
        self.listener = listener

    def started(self, spec: ProbeSpec) -> None:
        """Nothing."""

    def finished(self, result: ProbeResult) -> None:
        if self.listener is not None:
            self.listener.finished(result)


class LiveEvidence:
    """Measures when asked, and reuses what is not older than the last action and :data:`KEEP_SECONDS`.

    ``upcoming`` tells what a step may lead to, for :meth:`prefetch`; ``listener`` is told of every
    probe as it starts and ends. Call :meth:`start` at once: the battery then runs while the person reads.
    ``clock`` and ``sleep`` are replaced in tests.
    """

    def __init__(
        self,
        bench: Bench,
        *,
        upcoming: Upcoming | None = None,
        listener: Listener | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.bench, self.upcoming, self.listener = bench, upcoming, listener
        self.clock, self.sleep = clock, sleep
        self._battery: _Battery | None = None
        self._singles: dict[str, _Single] = {}

    def start(self, epoch: int = 0) -> None:
        """Start the battery, unless one that still counts is under way or done."""
        self._battery_for(epoch, fresh=False)

    def counts_from(self, epoch: int) -> None:
        """A session goes on at ``epoch``: what this program has measured before counts there as well."""
        if self._battery is not None:
            self._battery.epoch = epoch
        for single in self._singles.values():
            single.epoch = epoch

    async def checkup(self, epoch: int = 0) -> Checkup:
        """The shared battery's result, for screens that show the ladder and the verdict."""
        return await self._judged(self._battery_for(epoch, fresh=False))

    async def measure(self, wanted: Measure) -> Answer:
        """The outcome for ``wanted``; a check after a fix is always measured anew."""
        fresh = wanted.purpose != "look"
        if wanted.probe is None:
            return diagnosed(wanted, await self._judged(self._battery_for(wanted.epoch, fresh)))
        return _measured(wanted, await self._probe(wanted.probe, wanted.params, wanted.epoch, fresh))

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """Follow the probe alone; nothing measured before or meanwhile is reused afterwards.

        The limit of time is kept to within one measurement.
        """
        await self.close()
        following, began = Following(wanted), self.clock()
        while True:
            looked = self.clock()
            result, ms = await self._look(wanted)
            now = self.clock()
            told(following.tick(result.outcome, now - began, ms, result.detail))
            if following.over:
                return _measured(wanted, result)
            rest = max(TICK_SECONDS - (now - looked), SHORTEST_REST)
            await self.sleep(min(rest, following.left(now - began)))

    async def _look(self, wanted: Watch) -> tuple[ProbeResult, float | None]:
        """One measurement of what is watched: its result, and the delay in milliseconds."""
        probe = wanted.probe or ""
        results = await self.bench.single(probe, wanted.params, _QuietRelay(self.listener))
        return results[probe], delay_of(results, probe)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """Start what may be wanted before the next answer, so that it is done by then."""
        for wanted in self.upcoming(flow, step) if self.upcoming is not None else ():
            if wanted is None:
                self.start(epoch)
            elif self._in_battery(wanted[0], wanted[1], epoch) is None:
                self._single_for(*wanted, epoch, fresh=False)

    async def close(self) -> None:
        """Cancel whatever still runs, and wait for it to stop."""
        tasks: set[asyncio.Task[Any]] = {single.task for single in self._singles.values()}
        if self._battery is not None:
            tasks.add(_task_of(self._battery))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._battery, self._singles = None, {}

    async def _judged(self, battery: _Battery) -> Checkup:
        """The battery's result; that of its successor where a newer demand has replaced it."""
        while True:
            await asyncio.wait({_task_of(battery)})
            newer = self._battery
            if not _task_of(battery).cancelled() or newer is None or newer is battery:
                return _task_of(battery).result()
            battery = newer

    async def _probe(self, probe: str, params: Mapping[str, str], epoch: int, fresh: bool) -> ProbeResult:
        battery = None if fresh else self._in_battery(probe, params, epoch)
        if battery is not None:
            result = await _result_of(battery, probe)
            if result is not None:
                return result
        return (await asyncio.shield(self._single_for(probe, params, epoch, fresh).task))[probe]

    def _battery_for(self, epoch: int, fresh: bool) -> _Battery:
        if self._battery is not None:
            if not fresh and self._counts(self._battery.epoch, self._battery.began, epoch):
                return self._battery
            _task_of(self._battery).cancel()
        self._battery = battery = _Battery(epoch, self.clock())
        battery.task = asyncio.create_task(self.bench.battery(_Relay(battery, self.listener)))
        return battery

    def _single_for(self, probe: str, params: Mapping[str, str], epoch: int, fresh: bool) -> _Single:
        key = measure_key(probe, params)
        known = self._singles.get(key)
        if known is not None:
            if not fresh and self._counts(known.epoch, known.began, epoch):
                return known
            known.task.cancel()
        relay = _Relay(None, self.listener)
        task = asyncio.create_task(self.bench.single(probe, params, relay), name=key)
        self._singles[key] = _Single(epoch, self.clock(), task)
        return self._singles[key]

    def _in_battery(self, probe: str, params: Mapping[str, str], epoch: int) -> _Battery | None:
        battery = self._battery
        if params or battery is None or not self._counts(battery.epoch, battery.began, epoch):
            return None
        single = self._singles.get(probe)
        newer = single is not None and single.epoch == epoch and single.began > battery.began
        return None if newer else battery

    def _counts(self, epoch: int, began: float, wanted: int) -> bool:
        return epoch == wanted and self.clock() - began <= KEEP_SECONDS


def diagnosed(wanted: Measure, checkup: Checkup) -> Measured:
    """A checkup as the outcome of a diagnosis: its headline, its words and all its outcomes."""
    diagnosis = checkup.diagnosis
    values = {**diagnosis.values, "summary": diagnosis.summary, "next": diagnosis.next}
    outcomes = {name: result.outcome for name, result in checkup.results.items()}
    return Measured(wanted.step, diagnosis.cause, diagnosis.summary, values=values, outcomes=outcomes)


def _measured(wanted: Measure, result: ProbeResult) -> Measured:
    return Measured(wanted.step, result.outcome, result.detail, values=facts_told({result.probe: result}))


def delay_of(results: Mapping[str, ProbeResult], probe: str) -> float | None:
    """The delay in milliseconds of what was measured: the probe's own, else that of one it needs."""
    others = [result for name, result in results.items() if name != probe]
    delays = (_delay_ms(result) for result in (results[probe], *others))
    return next((ms for ms in delays if ms is not None), None)


def _delay_ms(result: ProbeResult) -> float | None:
    """The best median of the windows a probe measured; None for a probe without windows or answers."""
    windows = result.data.get("windows") or ()
    medians = [window.get("median_ms") for window in windows if isinstance(window, Mapping)]
    return min((ms for ms in medians if isinstance(ms, int | float)), default=None)


def _task_of(battery: _Battery) -> asyncio.Task[Checkup]:
    assert battery.task is not None
    return battery.task


async def _result_of(battery: _Battery, probe: str) -> ProbeResult | None:
    """The probe's result as soon as it has one; None where the battery ends without it."""
    future = battery.future(probe)
    either: set[asyncio.Future[Any]] = {future, _task_of(battery)}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    with suppress(asyncio.InvalidStateError):
        return future.result()
    return None
