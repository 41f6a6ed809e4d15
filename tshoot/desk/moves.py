"""What an agent can do to a call, as the events to be added for it. Pure: nothing is kept here.

What the evidence answers is answered along with it, so that an agent is only ever shown what has to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tshoot.desk.call import Call, load, wanted_now
from tshoot.desk.lines import Lines, lines_after
from tshoot.desk.pieces import Piece, read_piece
from tshoot.flow.model import Flow
from tshoot.guide.effects import MeasureStep
from tshoot.guide.engine import Engine
from tshoot.guide.errors import WrongStep
from tshoot.guide.judging import judged
from tshoot.guide.model import Chosen, Event, Measure, Measured, Prompt, WentBack
from tshoot.guide.state import State
from tshoot.guide.words import fill
from tshoot.session.model import (
    Aim,
    Assigned,
    Closed,
    EvidenceGiven,
    Labelled,
    Noted,
    Place,
    Recorded,
    Reopened,
    SessionEvent,
    Walked,
)
from tshoot.session.walking import opened_by, walked_by

MOST_ANSWERED = 200
"""Measurements answered by evidence without anybody being asked; far above any real flow."""

Events = tuple[SessionEvent, ...]
_NOBODY = ""


def begun(
    flows: Mapping[str, Flow],
    flow: str,
    *,
    label: str,
    service: str,
    agent: str,
    variant: str = "",
    evidence: EvidenceGiven | None = None,
) -> Events:
    """A new call. Without a service the one that the evidence is about is taken.

    ``variant`` is the caller's system, empty where it is not known: then what fits any system is shown.

    Raises :class:`tshoot.guide.errors.UnknownFlow`.
    """
    told = read_piece(0, _NOW, evidence) if evidence is not None else None
    service = service or (told.target.service if told is not None else None) or ""
    engine = Engine(flows, variant)
    state, _ = engine.start(flow, {"service": service} if service else {})
    opened = opened_by(engine, "desk", state, None, subject="caller")
    first: Events = (
        replace(opened, aim=Aim(service=service), place=with_question(engine, opened.place, state)),
        *((Labelled(label),) if label else ()),
        Assigned(agent),
    )
    draft = _Draft(
        load(flows, [Recorded("", number, _NOW, agent, one) for number, one in enumerate(first, 1)])
    )
    if evidence is not None:
        draft.give(evidence, _NOW)  # Nothing was done yet, so that its time does not matter.
    draft.answer()
    return (*first, *draft.events)


def chosen(call: Call, choice: str, seconds: float) -> Events:
    """Something was answered at the step that waits. Raises :class:`tshoot.guide.errors.EngineError`."""
    draft = _Draft(call)
    effect = call.state.pending
    draft.walk(Chosen(effect.step if effect is not None else "", choice), seconds)
    draft.answer()
    return tuple(draft.events)


def addressed(call: Call, text: str, seconds: float) -> Events:
    """An address was read out or pasted; only what is thought of it is kept.

    Raises :class:`tshoot.guide.errors.EngineError` where none is wanted.
    """
    prompt = call.wanted
    if not isinstance(prompt, Prompt):
        raise WrongStep("No address is wanted here.")
    draft = _Draft(call)
    draft.walk(judged(prompt, text), seconds)
    draft.answer()
    return tuple(draft.events)


def went_back(call: Call, position: int | None, seconds: float) -> Events:
    """Back to the last question, or to the one at ``position`` of the transcript.

    Raises :class:`tshoot.guide.errors.NothingEarlier`.
    """
    draft = _Draft(call)
    draft.walk(WentBack(position), seconds)
    draft.answer()
    return tuple(draft.events)


def evidence_given(
    call: Call, evidence: EvidenceGiven, position: int | None = None, *, now: datetime
) -> Events:
    """More evidence came in ``now``; with a ``position`` the walk starts over from there, by what it says."""
    draft = _Draft(call)
    if position is not None:
        draft.walk(WentBack(position), 0.0)
    # Given after the walk went back, so that it counts as newer than what is asked there.
    draft.give(evidence, now)
    draft.answer()
    return tuple(draft.events)


def noted(call: Call, text: str) -> Events:
    """Something to be remembered, at the step where the call stands."""
    effect = call.state.pending
    return (Noted(text, effect.flow, effect.step) if effect is not None else Noted(text),)


def handed_over(call: Call, to: str, note: str) -> Events:
    """The call is given to another agent; an empty name leaves it for anybody to take."""
    return (*(noted(call, note) if note.strip() else ()), Assigned(to))


def taken_over(agent: str) -> Events:
    """The agent has the call from now on."""
    return (Assigned(agent),)


def closed(how: str, reason: str) -> Events:
    """The call is ended by hand. ``how`` is a state of :data:`tshoot.session.model.State`."""
    return (Closed(how, reason),)


def reopened() -> Events:
    """An ended call goes on where it stood."""
    return (Reopened(),)


def labelled(label: str) -> Events:
    """How the caller is called in the table."""
    return (Labelled(label),)


def first_answerable(call: Call, evidence: EvidenceGiven, *, now: datetime) -> int | None:
    """The earliest question since the last action that this evidence would have answered, as a position.

    None where it answers nothing that was asked, or is from before that action.
    """
    piece = read_piece(call.last + 1, now, evidence)
    if piece is None or call.age(piece) != "new":
        return None
    for place in call.state.prompts():
        line = call.lines.here[place]
        if line.number > call.lines.acted and piece.answers(call.engine, line.taken, call.state.facts):
            return place
    return None


_NOW = datetime(1970, 1, 1, tzinfo=UTC)
"""Events get their moment from the store; until then any will do."""


class _Draft:
    """Events to be added to a call, and the walk they lead to."""

    def __init__(self, call: Call) -> None:
        self.events: list[SessionEvent] = []
        self._engine, self._state, self._number = call.engine, call.state, call.last
        self._lines: Lines = call.lines
        self._pieces: Sequence[Piece] = call.pieces

    def give(self, evidence: EvidenceGiven, now: datetime) -> None:
        """Take evidence in."""
        self._add(evidence)
        piece = read_piece(self._number, now, evidence)
        self._pieces = (*self._pieces, *([piece] if piece is not None else []))

    def walk(self, event: Event, seconds: float) -> None:
        """Let the engine go on. Raises :class:`tshoot.guide.errors.EngineError`."""
        after, _ = self._engine.handle(self._state, event)
        kept = [line.taken for line in self._lines.here]
        for one in walked_by(self._engine, kept, event, after, seconds):
            self._add(self._asked(one, after))
        self._state = after

    def answer(self) -> None:
        """Answer whatever the evidence can."""
        for _ in range(MOST_ANSWERED):
            wanted = wanted_now(self._state.pending, self._pieces, self._lines)
            if not isinstance(wanted, Measured):
                return
            self.walk(wanted, 0.0)

    def _add(self, event: SessionEvent) -> None:
        self.events.append(event)
        self._number += 1
        if isinstance(event, Walked):
            self._lines = lines_after(self._lines, Recorded("", self._number, _NOW, _NOBODY, event), event)

    def _asked(self, event: SessionEvent, state: State) -> SessionEvent:
        if not isinstance(event, Walked):
            return event
        return replace(event, place=with_question(self._engine, event.place, state))


def with_question(engine: Engine, place: Place | None, state: State) -> Place | None:
    """The place under the name of the question that is asked there instead of measuring.

    As with every title nothing is filled in, so that no address gets into the search.
    """
    effect = state.pending
    if place is None or not isinstance(effect, Measure):
        return place
    step = engine.step(effect.flow, effect.step)
    asked = step.ask_instead if isinstance(step, MeasureStep) else None
    return replace(place, title=fill(asked.ask, {})) if asked is not None else place
