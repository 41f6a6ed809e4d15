"""A moment in monotonic time by which work has to be done."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """An end in monotonic seconds. Nested work takes :meth:`within` so that it never outlives its parent."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """A deadline ``seconds`` from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.end - time.monotonic())

    def within(self, seconds: float) -> Deadline:
        """The earlier of this deadline and ``seconds`` from now."""
        return Deadline(min(self.end, time.monotonic() + seconds))

    @property
    def over(self) -> bool:
        """True once the moment has passed."""
        return time.monotonic() >= self.end
