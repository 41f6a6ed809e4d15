"""The world's clock: the machine's, moved by the scenario's shift."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class WorldClock:
    """``shift`` is in seconds; positive means that the client's computer is behind its world."""

    shift: float = 0.0

    def seconds(self) -> float:
        """Seconds since 1970 in the world."""
        return time.time() + self.shift

    def now(self) -> datetime:
        """The world's date and time, UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)
