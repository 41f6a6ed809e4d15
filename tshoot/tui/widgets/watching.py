"""A probe that is followed live: its states with their times, and the delay as a small plot."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tshoot.guide.following import Change, FollowState, Tick, changes
from tshoot.guide.words import STATE_WORDS, elapsed_words
from tshoot.tui.plot import most_words, plot
from tshoot.tui.safe import lines, plain
from tshoot.tui.widgets.fitted import Fitted

_MARKS: dict[FollowState, tuple[str, str]] = {
    "here": ("✓", "$success"),
    "gone": ("✗", "$warning"),
    "awaited": ("…", "$text-muted"),
    "back": ("…", "$text-muted"),
    "there": ("✓", "$success"),
}
_MOST_CHANGES = 6
"""States shown; of a way that flaps the latest count."""


class WatchView(Fitted):
    """Grows by a line with each change of state; the plot by a column with each measurement."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(self._drawn, id=id, classes=classes)
        self._title = ""
        self._ticks: list[Tick] = []

    def begin(self, title: str) -> None:
        """Start anew for the probe with this title."""
        self._title, self._ticks = title, []
        self.set_class(False, "empty")
        self.change(self._drawn)

    def add(self, tick: Tick) -> None:
        """One more measurement."""
        self._ticks.append(tick)
        self.change(self._drawn)

    def _drawn(self, width: int) -> Content:
        if not self._ticks:
            return plain(f"{self._title}: looking for the first time …", "$text-muted")
        return lines([*map(self._line, changes(self._ticks)[-_MOST_CHANGES:]), *self._plot(width)])

    def _line(self, change: Change) -> Content:
        mark, style = _MARKS[change.state]
        words = plain(f"{self._title}: {STATE_WORDS[change.state]}")
        return Content.assemble(
            (f"{mark} ", style), words, (f"  {elapsed_words(change.seconds)}", "$text-muted")
        )

    def _plot(self, width: int) -> Iterator[Content]:
        delays = [tick.ms for tick in self._ticks]
        if not any(ms is not None for ms in delays):
            return
        shown = delays[-max(width, 20) :]
        known = [ms for ms in shown if ms is not None]
        yield plain(plot(shown))
        worst = f", {most_words(max(known))}" if known else ""
        yield plain(f"Delay of each look{worst}; a dot is no answer.", "$text-muted")
