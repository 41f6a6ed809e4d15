"""A probe that is followed live: its states with their times, and the delay as a small plot."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from tshoot.guide.following import Change, FollowState, Tick, changes
from tshoot.guide.words import STATE_WORDS, elapsed_words
from tshoot.tui.plot import most_words, plot
from tshoot.tui.safe import lines, plain

_MARKS: dict[FollowState, tuple[str, str]] = {
    "here": ("✓", "$success"),
    "gone": ("✗", "$warning"),
    "awaited": ("…", "$text-muted"),
    "back": ("…", "$text-muted"),
    "there": ("✓", "$success"),
}
_MOST_CHANGES = 6
"""States shown; of a way that flaps the latest count."""


class WatchView(Static):
    """Grows by a line with each change of state; the plot by a column with each measurement."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._title = ""
        self._ticks: list[Tick] = []

    def begin(self, title: str) -> None:
        """Start anew for the probe with this title."""
        self._title, self._ticks = title, []
        self.set_class(False, "empty")
        self._draw()

    def add(self, tick: Tick) -> None:
        """One more measurement."""
        self._ticks.append(tick)
        self._draw()

    def on_resize(self) -> None:
        """Fit the plot to the width there is."""
        self._draw()

    def _draw(self) -> None:
        if not self._ticks:
            self.update(plain(f"{self._title}: looking for the first time …", "$text-muted"))
            return
        self.update(lines([*map(self._line, changes(self._ticks)[-_MOST_CHANGES:]), *self._plot()]))

    def _line(self, change: Change) -> Content:
        mark, style = _MARKS[change.state]
        words = plain(f"{self._title}: {STATE_WORDS[change.state]}")
        return Content.assemble(
            (f"{mark} ", style), words, (f"  {elapsed_words(change.seconds)}", "$text-muted")
        )

    def _plot(self) -> Iterator[Content]:
        delays = [tick.ms for tick in self._ticks]
        if not any(ms is not None for ms in delays):
            return
        width = max(self.size.width, 20)
        known = [ms for ms in delays[-width:] if ms is not None]
        yield plain(plot(delays[-width:]))
        worst = f", {most_words(max(known))}" if known else ""
        yield plain(f"Delay of each look{worst}; a dot is no answer.", "$text-muted")
