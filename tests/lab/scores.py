"""The scores of a test run: every scenario that is asked for runs once, some worlds side by side."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

from tests.lab.runner import run
from tests.lab.scenario import Scenario
from tests.lab.score import Score

SIDE_BY_SIDE = 3
"""Worlds at a time. A check mostly waits; with more of them two cores are busy and its seconds longer."""


class Scores:
    """Scores by a scenario's name. The first one asked for, or :meth:`start`, starts them all."""

    def __init__(self, wanted: Sequence[Scenario]) -> None:
        self.wanted = {scenario.id: scenario for scenario in wanted}
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE)

    def __getitem__(self, name: str) -> Score:
        return self._running[name].result()

    def start(self) -> None:
        """Begin now: whoever asks later waits less."""
        _ = self._running

    def stop(self) -> None:
        """Begin no more worlds, and wait for those that stand."""
        self._pool.shutdown(cancel_futures=True)

    @cached_property
    def _running(self) -> dict[str, Future[Score]]:
        return {name: self._pool.submit(run, scenario) for name, scenario in self.wanted.items()}
