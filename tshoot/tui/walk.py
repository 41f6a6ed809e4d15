"""Walks a flow for a screen: joins the engine, the evidence and what the person does.

No widget here, so that the order of things can be tested without a screen.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from tshoot.guide.driver import Walk as Walked
from tshoot.guide.driver import comes_back_later, first_of, with_time
from tshoot.guide.engine import Engine
from tshoot.guide.errors import EngineError
from tshoot.guide.evidence import Answer, Told
from tshoot.guide.following import Tick
from tshoot.guide.model import (
    Chosen,
    Effect,
    Event,
    Finish,
    Judged,
    Measure,
    Measured,
    Prompt,
    Watch,
    WentBack,
)
from tshoot.guide.recording import NoRecorder, Recorder
from tshoot.guide.state import State
from tshoot.guide.words import before_and_after


class Measurer(Protocol):
    """Where evidence comes from."""

    async def measure(self, wanted: Measure) -> Answer:
        """Measure what the engine wants, or the question to ask instead."""

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """Follow what the engine wants until it is over."""


class View(Protocol):
    """What the walk needs of a screen. A notice is a line about what has just been found."""

    def show_prompt(self, prompt: Prompt, notice: str) -> None:
        """Show something that waits for the person."""

    def show_measuring(self, measure: Measure, notice: str) -> None:
        """Show that something is being measured."""

    def show_watch(self, watch: Watch, notice: str) -> None:
        """Show that something is followed live, with the ways to end it."""

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """Show one more measurement of what is followed."""

    def leave(self) -> None:
        """The person comes back later: close."""

    def show_finish(self, finish: Finish, notice: str) -> None:
        """Show the end."""

    def arrived(self, state: State) -> None:
        """A step was reached: the place to look ahead and to draw the path."""


class Walk:
    """One walk through a flow. ``send`` puts in what the person does; ``run`` goes on until cancelled."""

    def __init__(
        self,
        engine: Engine,
        evidence: Measurer,
        flow: str,
        known: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._evidence = engine, evidence
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._recorder: Recorder = NoRecorder()
        self._clock, self._notice = clock, ""
        self.state, _ = engine.start(flow, known)
        self.seconds = (0.0,) * len(self.state.transcript)

    def go_on(
        self, state: State, recorder: Recorder, notice: str = "", seconds: tuple[float, ...] = ()
    ) -> None:
        """Begin at ``state``, perhaps that of an earlier session; ``notice`` is what has changed since.

        ``seconds`` are those of the lines that a session which goes on has already.
        """
        self.state, self._recorder, self._notice = state, recorder, notice
        self.seconds = seconds or (0.0,) * len(state.transcript)

    @property
    def so_far(self) -> Walked:
        """How far it has come; ended where it stands at an end."""
        pending = self.state.pending
        return Walked(self.state, self.seconds, pending if isinstance(pending, Finish) else None)

    def send(self, event: Event) -> None:
        """Hand in a choice or a step back."""
        self._events.put_nowait(event)

    async def run(self, view: View) -> None:
        """Walk until cancelled; the end is a screen too, from which one can go back."""
        notice = self._notice
        while True:
            view.arrived(self.state)
            began = self._clock()
            event = await self._next_event(self.state, view, notice)
            wanted = self.state.pending
            if wanted is not None and comes_back_later(wanted, event):
                view.leave()
                continue
            try:
                self.state, _ = self._engine.handle(self.state, event)
            except EngineError:
                # A key pressed twice answers a step that has just gone, or there is nothing to go back to.
                continue
            # What a check after a fix found stays on the screen until the person goes on from there.
            kept = notice if isinstance(wanted, Measure) and isinstance(event, Measured) else ""
            spent = self._clock() - began
            self.seconds = with_time(self.seconds, self.state, event, spent)
            told = await self._recorder.walked(event, self.state, spent)
            found = _unless_said(_found(wanted, event) or kept, self.state.pending)
            notice = "\n".join(filter(None, (found, told)))

    async def _next_event(self, state: State, view: View, notice: str) -> Event:
        wanted = state.pending
        if isinstance(wanted, Measure):
            if isinstance(wanted, Watch):
                view.show_watch(wanted, notice)
            else:
                view.show_measuring(wanted, notice)
            answer = await self._measured_or_event(wanted, view)
            if not isinstance(answer, Prompt):
                return answer
            wanted = answer
        if isinstance(wanted, Finish):
            view.show_finish(wanted, notice)
        elif wanted is not None:
            view.show_prompt(wanted, notice)
        return await self._events.get()

    async def _measured_or_event(self, wanted: Measure, view: View) -> Event | Prompt:
        if isinstance(wanted, Watch):
            evidence = self._evidence.watch(wanted, lambda tick: view.show_tick(tick, wanted))
        else:
            evidence = self._evidence.measure(wanted)
        return await first_of(asyncio.ensure_future(evidence), self._event_during(wanted))

    async def _event_during(self, wanted: Measure) -> Event:
        """What the person does that makes sense now; any other key belonged to the step before."""
        while True:
            event = await self._events.get()
            by_hand = isinstance(wanted, Watch) and isinstance(event, Chosen) and event.step == wanted.step
            if by_hand or isinstance(event, WentBack):
                return event


def _unless_said(notice: str, wanted: Effect | None) -> str:
    """The notice, unless the step that comes says the same."""
    said = f"{getattr(wanted, 'body', '')} {getattr(wanted, 'summary', '')} {getattr(wanted, 'say', '')}"
    return "" if notice in said else notice


def _found(wanted: object, event: Event) -> str:
    if isinstance(event, Judged):
        return event.says
    checked = isinstance(wanted, Measure) and isinstance(event, Measured) and wanted.purpose == "verify"
    return before_and_after(wanted, event) if checked else ""  # type: ignore[arg-type]
