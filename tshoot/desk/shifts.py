"""Who had a call, and from when on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tshoot.session.model import Assigned, Recorded


@dataclass(frozen=True, slots=True)
class Shift:
    """An agent had the call from this moment on; empty where it was given back for anybody to take."""

    agent: str
    since: datetime


def shifts_of(events: Sequence[Recorded]) -> tuple[Shift, ...]:
    """Every shift, the first one first."""
    return tuple(
        Shift(recorded.event.agent, recorded.at)
        for recorded in events
        if isinstance(recorded.event, Assigned)
    )
