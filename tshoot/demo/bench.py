"""A bench that plays recorded results, each as long after the start as it took. Nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from tshoot.checkup import Checkup, judge
from tshoot.demo.evidence_files import Look, Recording
from tshoot.probes.model import ProbeResult, ProbeSpec
from tshoot.probes.registry import specs
from tshoot.probes.runner import Listener
from tshoot.target import Target

NOT_RECORDED = "The recording does not tell."
Moment = tuple[float, ProbeSpec, ProbeResult | None]
"""At which second a probe starts (no result) or ends."""


class ReplayBench:
    """Plays the recording of the stage that :attr:`stage` names; the last one holds for all later ones.

    ``speed`` is how many recorded seconds pass in one; ``inf`` waits for nothing.
    """

    def __init__(self, recordings: Sequence[Recording], target: Target, speed: float = 1.0) -> None:
        self.target, self.speed, self.stage = target, speed, 0
        self.recordings = tuple(recordings)

    def aimed_at(self, target: Target) -> ReplayBench:
        """The same from its start: only its own target was recorded."""
        return ReplayBench(self.recordings, self.target, self.speed)

    async def battery(self, listener: Listener) -> Checkup:
        """Every recorded probe; judged by the rules of today."""
        results = self._now.battery
        took = await self._play(results, listener)
        return Checkup(self.target, results, judge(results, self.target), took * 1000)

    async def single(
        self, probe: str, params: Mapping[str, str], listener: Listener
    ) -> Mapping[str, ProbeResult]:
        """One recorded probe; ``skipped`` where the recording does not have it, which nobody is told of."""
        result = self._recorded(probe, params)
        if result is None:
            return {probe: ProbeResult(probe, "skipped", NOT_RECORDED)}
        await self._play({probe: result}, listener)
        return {probe: result}

    def knows(self, probe: str, params: Mapping[str, str]) -> bool:
        """True where the recording has this probe with these parameters."""
        return self._recorded(probe, params) is not None

    def looks(self, probe: str) -> tuple[Look, ...]:
        """What was recorded while the probe was followed; empty where it was not."""
        return self._now.watch.get(probe, ())

    async def wait(self, seconds: float) -> None:
        """Let so many recorded seconds pass."""
        await asyncio.sleep(seconds / self.speed if self.speed < inf else 0)

    @property
    def _now(self) -> Recording:
        return self.recordings[min(self.stage, len(self.recordings) - 1)]

    def _recorded(self, probe: str, params: Mapping[str, str]) -> ProbeResult | None:
        same = not params or dict(params) == {"target": self.target.service}
        if same:
            return self._now.single.get(probe) or self._now.battery.get(probe)
        return None

    async def _play(self, results: Mapping[str, ProbeResult], listener: Listener) -> float:
        now = 0.0
        for at, spec, result in sorted(timeline(results), key=lambda moment: moment[0]):
            await self.wait(at - now)
            now = at
            if result is None:
                listener.started(spec)
            else:
                listener.finished(result)
        return now


def timeline(results: Mapping[str, ProbeResult]) -> Iterator[Moment]:
    """When each probe starts and ends, in seconds: it starts once all that it needs have ended."""
    known, ended = specs(), dict[str, float]()

    def end(name: str) -> float:
        if name not in ended:
            ended[name] = start(name) + results[name].ms / 1000
        return ended[name]

    def start(name: str) -> float:
        return max((end(need) for need in known[name].needs if need in results), default=0.0)

    for name, result in results.items():
        yield start(name), known[name], None
        yield end(name), known[name], result
