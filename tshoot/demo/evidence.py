"""Recorded evidence that comes in as if it were measured live, stage after stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tshoot.demo.bench import NOT_RECORDED, ReplayBench
from tshoot.demo.evidence_files import Look
from tshoot.guide.evidence import Answer, Told, not_here
from tshoot.guide.following import Following
from tshoot.guide.live import TICK_SECONDS, LiveEvidence, Upcoming
from tshoot.guide.model import Measure, Measured, Watch
from tshoot.probes.runner import Listener


class ReplayedEvidence(LiveEvidence):
    """As live evidence, with the stage of the bench following what the person has done.

    What was recorded does not grow old: only something done makes it stale.
    """

    def __init__(
        self, bench: ReplayBench, *, upcoming: Upcoming | None = None, listener: Listener | None = None
    ) -> None:
        super().__init__(bench, upcoming=upcoming, listener=listener, clock=lambda: 0.0)
        self._replay = bench

    async def measure(self, wanted: Measure) -> Answer:
        """What was recorded; the question instead where nothing was."""
        self._replay.stage = wanted.epoch
        if wanted.probe is not None and not self._replay.knows(wanted.probe, wanted.params):
            return not_here(wanted, NOT_RECORDED)
        return await super().measure(wanted)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """As live."""
        self._replay.stage = epoch
        super().prefetch(flow, step, epoch)

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """Tell every recorded look at its time; after the last one it stays as it is, up to the limit."""
        await self.close()
        self._replay.stage = wanted.epoch
        following, now = Following(wanted), 0.0
        for look in _without_end(self._replay.looks(wanted.probe or "")):
            seconds = min(look.seconds, now + following.left(now))
            await self._replay.wait(seconds - now)
            now, result = seconds, look.results[-1]
            for each in look.results:
                if self.listener is not None:
                    self.listener.finished(each)
            told(following.tick(result.outcome, now, look.ms, result.detail))
            if following.over:
                return Measured(wanted.step, result.outcome, result.detail)
        return not_here(wanted, NOT_RECORDED)


def _without_end(looks: tuple[Look, ...]) -> Iterator[Look]:
    yield from looks
    if looks:
        last = looks[-1]
        yield from (Look(last.seconds + number * TICK_SECONDS, last.ms, last.results) for number in count(1))
