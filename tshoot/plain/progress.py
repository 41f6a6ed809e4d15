"""Each probe's result as one line on stderr, in words, as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tshoot.guide.words import outcome_words
from tshoot.plain.page import Page

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeResult, ProbeSpec


class LineProgress:
    """Listens to the runner; speaks only while somebody waits for results.

    What is measured ahead while a person types would otherwise break into the line.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.waiting = False

    def started(self, spec: ProbeSpec) -> None:
        """Nothing: only results are worth a line."""

    def finished(self, result: ProbeResult) -> None:
        """One line for the result."""
        if not self.waiting:
            return
        detail = f" ({result.detail})" if result.detail else ""
        self._page.say(f"{result.probe}: {outcome_words(result.outcome)}{detail}")
