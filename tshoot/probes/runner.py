"""Runs probes side by side under one deadline.

Every probe becomes one task; a task waits for the probe's needs, then runs under its own deadline. What
exceeds it is a ``timeout``, what raises is an ``error``: the battery always returns a result for every
probe. Cancelling the battery cancels every probe and waits only a moment for them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tshoot.probes.context import ProbeContext, Shared, World
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeResult, ProbeSpec, Reading, plain_data
from tshoot.probes.registry import Probe, load, with_needs
from tshoot.text import display_text

DEFAULT_SECONDS = 5.0
"""Everything dropped has to be told within 6 s (contract.md, budgets)."""
GRACE = 0.8
"""How long the rest may still take once the outcome is settled, in seconds."""
_FAREWELL = 0.1

Results = Mapping[str, ProbeResult]


class Listener(Protocol):
    """Told of each probe as it starts and ends, in the event loop's thread."""

    def started(self, spec: ProbeSpec) -> None:
        """A probe has begun to measure."""

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result."""


async def run_probes(
    names: Sequence[str],
    world: World,
    *,
    seconds: float = DEFAULT_SECONDS,
    params: Mapping[str, Mapping[str, str]] | None = None,
    settled: Callable[[Results], bool] | None = None,
    listener: Listener | None = None,
    probes: Mapping[str, Probe] | None = None,
) -> dict[str, ProbeResult]:
    """Run ``names`` and what they need; returns a result for each, in the order of the registry.

    ``settled`` looks at the results so far: once true, the rest get :data:`GRACE` seconds more.
    ``params`` maps a probe to its parameters. ``probes`` replaces the registry (tests).
    """
    known = probes or {name: load(name) for name in with_needs(tuple(names))}
    battery = _Battery(known, world, Deadline.after(seconds), params or {}, settled, listener)
    return await battery.run()


class _Battery:
    def __init__(
        self,
        probes: Mapping[str, Probe],
        world: World,
        deadline: Deadline,
        params: Mapping[str, Mapping[str, str]],
        settled: Callable[[Results], bool] | None,
        listener: Listener | None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.probes, self.world, self.deadline, self.params = probes, world, deadline, params
        self.settled, self.listener = settled, listener
        self.shared = Shared()
        self.futures: dict[str, asyncio.Future[Reading]] = {name: loop.create_future() for name in probes}
        self.results: dict[str, ProbeResult] = {}

    async def run(self) -> dict[str, ProbeResult]:
        tasks = {
            asyncio.create_task(self._measure(name, probe), name=name) for name, probe in self.probes.items()
        }
        try:
            await self._wait(tasks)
        finally:
            await _stop(tasks)
        self._close_open_ones()
        return {name: self.results[name] for name in self.probes}

    async def _wait(self, tasks: set[asyncio.Task[None]]) -> None:
        pending, deadline, settled = tasks, self.deadline, False
        while pending and not deadline.over:
            _, pending = await asyncio.wait(
                pending, timeout=deadline.remaining(), return_when=asyncio.FIRST_COMPLETED
            )
            if not settled and self.settled is not None and self.settled(self.results):
                settled, deadline = True, deadline.within(GRACE)

    async def _measure(self, name: str, probe: Probe) -> None:
        await self._needs_of(probe.SPEC)
        if self.listener is not None:
            self.listener.started(probe.SPEC)
        began = time.perf_counter()
        deadline = self.deadline.within(probe.SPEC.deadline)
        context = ProbeContext(
            self.world, deadline, self.shared, self.futures.__getitem__, self.params.get(name, {})
        )
        reading = await _guarded(probe, context)
        self._finish(probe.SPEC, reading, (time.perf_counter() - began) * 1000)

    async def _needs_of(self, spec: ProbeSpec) -> None:
        needed = [self.futures[name] for name in spec.needs]
        if needed:
            await asyncio.wait(needed)

    def _finish(self, spec: ProbeSpec, reading: Reading, ms: float) -> None:
        if reading.outcome not in spec.all_outcomes():
            reading = Reading("error", f"undeclared outcome {display_text(reading.outcome, 60)}")
        contacted = tuple(dict.fromkeys(reading.contacted))
        result = ProbeResult(
            spec.name, reading.outcome, reading.detail, ms, plain_data(reading.data), contacted
        )
        self.results[spec.name] = result
        if not self.futures[spec.name].done():
            self.futures[spec.name].set_result(reading)
        if self.listener is not None:
            self.listener.finished(result)

    def _close_open_ones(self) -> None:
        for name, probe in self.probes.items():
            if name not in self.results:
                self._finish(probe.SPEC, Reading("timeout", "stopped at the deadline"), 0.0)


async def _guarded(probe: Probe, context: ProbeContext) -> Reading:
    try:
        # A little later than the deadline itself: a probe that keeps its own deadline tells more.
        async with asyncio.timeout(context.deadline.remaining() + 0.05):
            return await probe.run(context)
    except TimeoutError:
        return Reading("timeout", "no result within the time allowed")
    except Exception as error:
        return Reading("error", display_text(f"{type(error).__name__}: {error}"))


async def _stop(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_FAREWELL)
