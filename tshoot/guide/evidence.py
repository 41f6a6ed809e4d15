"""Where evidence comes from: measured live, recorded earlier, or asked of the person.

:class:`tshoot.guide.live.LiveEvidence` and :class:`tshoot.guide.recorded.RecordedEvidence` are the other
two sources.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tshoot.evidence.errors import EvidenceError
from tshoot.guide.following import Tick
from tshoot.guide.model import Measure, Measured, Prompt, Watch

__all__ = ["Answer", "AskedEvidence", "Evidence", "EvidenceError", "Told", "not_here"]

Answer = Measured | Prompt
"""What a source has: the outcome, or the question to ask instead."""


Told = Callable[[Tick], None]
"""Who is told of every measurement of a watch."""


class Evidence(Protocol):
    """A source of evidence."""

    async def measure(self, wanted: Measure) -> Answer:
        """The outcome for ``wanted``, or its question where the source can't measure. Never raises."""

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """Follow a probe until it is over; ``told`` of every tick. Cancel it to stop. Never raises."""

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """The person is at this step: what may be wanted next can be measured already."""

    async def close(self) -> None:
        """Stop whatever still runs."""


def not_here(wanted: Measure, detail: str) -> Answer:
    """What a source answers that can't measure ``wanted``: its question, else an outcome that says so."""
    if wanted.instead is not None:
        return wanted.instead
    return Measured(wanted.step, "unknown" if wanted.probe is None else "skipped", detail)


class AskedEvidence:
    """Nothing can be measured here (somebody else's computer): everything is asked."""

    def start(self) -> None:
        """Nothing to do."""

    async def measure(self, wanted: Measure) -> Answer:
        """The question that stands for the measurement."""
        return not_here(wanted, "Not measured: this is another computer.")

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """The question that stands for the watch."""
        return await self.measure(wanted)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""
