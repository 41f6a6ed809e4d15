"""How far a check has come, in words: a line on stderr now and then, where it takes its time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tshoot.plain.page import Page

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeResult, ProbeSpec

STEP = 20
"""Percent from one line to the next at least."""
PAUSE = 0.5
"""Seconds from one line to the next at least: nobody wants to hear of what is over at once."""


class LineProgress:
    """Listens to the runner; speaks only while somebody waits for a whole check.

    What is measured ahead while a person types would otherwise break into the line.
    """

    def __init__(self, page: Page, clock: Callable[[], float] = time.monotonic) -> None:
        self._page, self._clock = page, clock
        self._done: set[str] = set()
        self._waiting, self._told, self._at = False, 0, 0.0

    @property
    def waiting(self) -> bool:
        """Whether somebody waits for a check."""
        return self._waiting

    @waiting.setter
    def waiting(self, waiting: bool) -> None:
        self._waiting, self._told, self._at = waiting, 0, self._clock()

    def started(self, spec: ProbeSpec) -> None:
        """A probe begins; one that has ended before begins anew."""
        self._done.discard(spec.name)

    def finished(self, result: ProbeResult) -> None:
        """One more is done."""
        self._done.add(result.probe)
        percent = self._percent()
        if self._waiting and percent >= self._told + STEP and self._clock() - self._at >= PAUSE:
            self._told, self._at = percent - percent % STEP, self._clock()
            self._page.say(f"{percent} percent checked.")

    def _percent(self) -> int:
        from tshoot.probes.registry import battery

        names = battery()
        return 100 * len(self._done.intersection(names)) // len(names)
