"""What keeps a session as it happens. The driver and the wizard tell it of every event before going on."""

from __future__ import annotations

from typing import Protocol

from tshoot.guide.model import Event
from tshoot.guide.state import State


class Recorder(Protocol):
    """Keeps events. A session goes on whatever happens here, so nothing raises."""

    @property
    def kept(self) -> str:
        """The name by which somebody can go on; empty where not all that was told is kept for good."""

    async def walked(self, event: Event, after: State, seconds: float) -> str:
        """``event`` has led to ``after`` and took ``seconds``. Returns once that is kept for good.

        Gives a sentence for the person where it can't be kept, once; else nothing.
        """

    async def noted(self, flow: str, step: str, text: str) -> None:
        """The person's note at a step is this now; an empty one takes it away."""


class NoRecorder:
    """Keeps nothing."""

    @property
    def kept(self) -> str:
        """Nothing is."""
        return ""

    async def walked(self, event: Event, after: State, seconds: float) -> str:
        """Nothing to do."""
        return ""

    async def noted(self, flow: str, step: str, text: str) -> None:
        """Nothing to do."""
