"""Joins engine, evidence and a front: the loop every dialogue has. The only place with a clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, cast

from tshoot.guide.effects import LATER
from tshoot.guide.engine import Engine
from tshoot.guide.evidence import Answer, Evidence
from tshoot.guide.following import Tick
from tshoot.guide.model import (
    Chosen,
    Effect,
    Event,
    Finish,
    Measure,
    Measured,
    Prompt,
    Reaction,
    Watch,
    WentBack,
)
from tshoot.guide.recording import NoRecorder, Recorder
from tshoot.guide.state import State


class InputEnded(Exception):
    """No answer will come: the input is at its end, or the person left (``left``)."""

    def __init__(self, step: str, *, left: bool = False) -> None:
        super().__init__(f"The input ended at step '{step}'.")
        self.step, self.left = step, left


class Front(Protocol):
    """What shows a session to somebody."""

    async def ask(self, prompt: Prompt, can_go_back: bool) -> Reaction:
        """Show a prompt and wait for the answer. Raises :class:`InputEnded` where none comes.

        What is pasted at an ``address`` is judged by the front (:mod:`tshoot.guide.judging`) and goes no
        further.
        """

    def show_measuring(self, measure: Measure) -> None:
        """A measurement has begun."""

    def show_measured(self, measured: Measured, measure: Measure) -> None:
        """It has ended; ``measure.before`` is how it ended the time before."""

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """What is watched was measured once more."""

    async def leave_watch(self, watch: Watch, can_go_back: bool) -> Reaction:
        """Wait until the person ends the watch by hand; for ever where nobody does. Cancelled at its end."""

    def arrived(self, walk: Walk) -> None:
        """A step was reached, or the end: how far it has come."""

    async def finish(self, finish: Finish, can_go_back: bool) -> WentBack | None:
        """The flow has ended: show it. The way back where the person takes one, else None."""

    def notice(self, words: str) -> None:
        """Something about the session itself, apart from its steps."""


@dataclass(frozen=True)
class Walk:
    """A session as far as it went. ``seconds`` stand beside the lines of the state's transcript.

    ``finish`` is None where the flow has not ended.
    """

    state: State
    seconds: tuple[float, ...]
    finish: Finish | None = None


class Ended(Exception):
    """The dialogue ended before the flow did. ``walk`` is how far it came, ``kept`` the name it has."""

    def __init__(self, cause: InputEnded, walk: Walk, *, kept: str = "") -> None:
        super().__init__(str(cause))
        self.step, self.left, self.walk, self.kept = cause.step, cause.left, walk, kept


class Driver:
    """Walks a flow to its end."""

    def __init__(
        self,
        engine: Engine,
        evidence: Evidence,
        front: Front,
        clock: Callable[[], float] = time.monotonic,
        recorder: Recorder | None = None,
    ) -> None:
        self.engine, self.evidence, self.front, self.clock = engine, evidence, front, clock
        self.recorder = recorder or NoRecorder()

    async def run(self, state: State, effect: Effect, seconds: tuple[float, ...] = ()) -> Walk:
        """From an effect to the end. Raises :class:`Ended` with the walk so far.

        ``seconds`` are those of the lines that a session which goes on has already.
        """
        seconds = seconds or (0.0,) * len(state.transcript)
        while True:
            began = self.clock()
            self.front.arrived(Walk(state, seconds, effect if isinstance(effect, Finish) else None))
            try:
                event = await self._event(state, effect)
            except InputEnded as ended:
                raise Ended(ended, Walk(state, seconds), kept=self.recorder.kept) from None
            if event is None:
                return Walk(state, seconds, cast("Finish", effect))
            if comes_back_later(effect, event):
                later = InputEnded(effect.step, left=True)
                raise Ended(later, Walk(state, seconds), kept=self.recorder.kept)
            spent = self.clock() - began
            state, effect = self.engine.handle(state, event)
            seconds = with_time(seconds, state, event, spent)
            self._tell(await self.recorder.walked(event, state, spent))

    def _tell(self, words: str) -> None:
        if words:
            self.front.notice(words)

    async def _event(self, state: State, effect: Effect) -> Event | None:
        """What happens at a step; None where the session is over."""
        can_go_back = bool(state.prompts())
        if isinstance(effect, Finish):
            return await self.front.finish(effect, can_go_back)
        self.evidence.prefetch(effect.flow, effect.step, state.epoch)
        if isinstance(effect, Prompt):
            return await self.front.ask(effect, can_go_back)
        answer = await self._answer(effect, can_go_back)
        if isinstance(answer, Prompt):
            return await self.front.ask(answer, can_go_back)
        if isinstance(answer, Measured):
            self.front.show_measured(answer, effect)
        return answer

    async def _answer(self, wanted: Measure, can_go_back: bool) -> Answer | Event:
        """The evidence; that it is being measured is shown unless it turns out to be a question at once."""
        measuring = asyncio.ensure_future(self._evidence_for(wanted))
        try:
            await asyncio.sleep(0)
            if not (measuring.done() and isinstance(measuring.result(), Prompt)):
                self.front.show_measuring(wanted)
            if isinstance(wanted, Watch) and not measuring.done():
                return await first_of(measuring, self.front.leave_watch(wanted, can_go_back))
            return await measuring
        finally:
            measuring.cancel()

    def _evidence_for(self, wanted: Measure) -> Coroutine[Any, Any, Answer]:
        if isinstance(wanted, Watch):
            return self.evidence.watch(wanted, lambda tick: self.front.show_tick(tick, wanted))
        return self.evidence.measure(wanted)


def comes_back_later(effect: Effect, event: Event) -> bool:
    """True where the person leaves the session at a pause; the engine takes nothing down for it."""
    at_a_pause = isinstance(effect, Prompt) and effect.kind == "wait"
    return at_a_pause and isinstance(event, Chosen) and event.choice == LATER


async def first_of(measuring: asyncio.Future[Answer], leaving: Awaitable[Event]) -> Answer | Event:
    """The evidence, or what the person did before it was there; the other one is stopped.

    Where both come at once the evidence counts.
    """
    by_hand = asyncio.ensure_future(leaving)
    both: set[asyncio.Future[Any]] = {measuring, by_hand}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        return measuring.result() if measuring.done() else by_hand.result()
    finally:
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)


def with_time(seconds: tuple[float, ...], state: State, event: Event, spent: float) -> tuple[float, ...]:
    """The seconds beside the lines of ``state``, which ``event`` led to after ``spent`` seconds.

    The time goes to the line the event made; lines walked silently took none.
    """
    lines = len(state.transcript)
    if isinstance(event, WentBack):
        return seconds[:lines]
    return (*seconds, spent, *(0.0,) * (lines - len(seconds) - 1))
