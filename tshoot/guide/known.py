"""What a session knows by its probes so far, for fronts that show it when they are asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.evidence.recorded import Recorded
    from tshoot.guide.recorded import Record
    from tshoot.probes.model import ProbeResult, ProbeSpec
    from tshoot.probes.runner import Listener
    from tshoot.report.model import Report
    from tshoot.target import Target


class Known:
    """Listens to every probe, keeps the latest result of each, and passes all on to ``onward``.

    Evidence that was given instead counts as a whole until something is measured: its data say less than what
    had followed from them (:meth:`given`).
    """

    def __init__(self, target: Target, onward: Listener | None = None) -> None:
        self.target, self.onward = target, onward
        self.results: dict[str, ProbeResult] = {}
        self._given: Recorded | None = None
        self._began, self._elapsed = time.monotonic(), 0.0

    def started(self, spec: ProbeSpec) -> None:
        """A probe runs."""
        if self.onward is not None:
            self.onward.started(spec)

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result."""
        self.results[result.probe], self._given = result, None
        self._elapsed = (time.monotonic() - self._began) * 1000
        if self.onward is not None:
            self.onward.finished(result)

    def given(self, record: Record) -> None:
        """All results are of this record, of which they were told just now."""
        self._given = record.recorded

    def checkup(self) -> Checkup | None:
        """What the results so far mean; None before there is any."""
        from tshoot.checkup import Checkup, judge

        if self._given is not None:
            return self._given.checkup()
        if not self.results:
            return None
        return Checkup(self.target, dict(self.results), judge(self.results, self.target), self._elapsed)

    def report(self) -> Report | None:
        """The same as a report with its code; of evidence that was given that is its own code."""
        from tshoot.guide.so_far import coded

        return self._given.report() if self._given is not None else coded(self.checkup())
