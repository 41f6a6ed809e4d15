"""Going back, and rebuilding a session from its transcript. Both walk the flow again from its start.

So there is one way only in which a state comes about, and a transcript is all a session has to keep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tshoot.flow.model import WatchStep
from tshoot.guide.effects import MeasureStep, wanted_by
from tshoot.guide.errors import EngineError, NothingEarlier, UnknownFlow
from tshoot.guide.model import Chosen, Effect, Event, Finish, Judged, Measure, Measured, Prompt, Taken, Watch
from tshoot.guide.state import MEASURED, PROMPTED, State, StepKey, was_answered

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine


@dataclass(frozen=True, slots=True)
class Replayed:
    """A session rebuilt. ``stopped_at`` is the first line of the transcript that no longer fits.

    It is None where all of it fits; ``reason`` says in words what changed.
    """

    state: State
    effect: Effect
    stopped_at: int | None = None
    reason: str = ""


def replay(
    engine: Engine, flow_id: str, transcript: Sequence[Taken], known: Mapping[str, str] | None = None
) -> Replayed:
    """Walk ``flow_id`` again with the answers and outcomes of ``transcript``.

    ``known`` are the facts the session was started with. Raises :class:`UnknownFlow`.
    """
    state, effect = engine.start(flow_id, known)
    while True:
        changed = _first_change(state.transcript, transcript)
        if changed is not None:
            return Replayed(state, effect, changed, _changed_words(transcript[changed]))
        place = len(state.transcript)
        if place >= len(transcript):
            return Replayed(state, effect)
        event = _event_again(effect, transcript[place])
        if event is None:
            return Replayed(state, effect, place, _changed_words(transcript[place]))
        try:
            state, effect = engine.handle(state, event)
        except EngineError as error:
            return Replayed(state, effect, place, str(error))


def go_back(engine: Engine, state: State, position: int | None) -> tuple[State, Effect]:
    """The session at an earlier prompt; what was answered since becomes suggestions.

    Actions done stay done: results from before them stay stale, so the epoch does not go back.
    Raises :class:`NothingEarlier`.
    """
    places = state.prompts()
    place = (places[-1] if places else None) if position is None else position
    if place is None or place not in places:
        raise NothingEarlier("There is no earlier question to go back to.")
    again = replay(engine, state.flow, state.transcript[:place], state.known)
    if again.stopped_at is not None:
        raise NothingEarlier(f"The way to the earlier question has changed: {again.reason}")
    earlier = replace(again.state, epoch=state.epoch, suggestions=state.suggestions)
    return suggesting(engine, earlier, state.transcript[place:])


def suggesting(engine: Engine, state: State, later: Sequence[Taken]) -> tuple[State, Effect]:
    """The session, with the answers of the lines ``later`` offered again where their steps are met.

    Lines whose step is no more offer nothing.
    """
    found: dict[StepKey, tuple[str, ...]] = {}
    for taken in later:
        choice = _choice_of(engine, taken) if was_answered(taken) else ""
        if choice:
            key = (taken.flow, taken.step)
            found[key] = (*found.get(key, ()), choice)
    for key, choices in state.suggestions.items():
        found[key] = (*found.get(key, ()), *choices)
    state = replace(state, suggestions=found)
    if isinstance(state.pending, Finish):
        return state, state.pending
    effect = wanted_by(engine.step(state.frame.flow, state.frame.step), state, engine.variant)
    return replace(state, pending=effect), effect


def _choice_of(engine: Engine, taken: Taken) -> str:
    try:
        step = engine.step(taken.flow, taken.step)
    except UnknownFlow:
        return ""
    outcome = _watched(step.watch.probe, taken) if isinstance(step, WatchStep) else taken.value
    if taken.kind in PROMPTED or outcome is None:
        return taken.value
    instead = step.ask_instead if isinstance(step, MeasureStep) else None
    options = instead.options if instead else ()
    fitting = [option for option in options if option.outcome == outcome]
    exact = [option.id for option in fitting if option.label == taken.detail]
    return next(iter([*exact, *(option.id for option in fitting)]), "")


def _event_again(effect: Effect, taken: Taken) -> Event | None:
    if isinstance(effect, Finish) or (effect.flow, effect.step) != (taken.flow, taken.step):
        return None
    if isinstance(effect, Prompt) and taken.kind == effect.kind == "address" and taken.values:
        why = taken.values
        reason, domain, host = (why.get(name, "") for name in ("reason", "domain", "host"))
        return Judged(taken.step, taken.value, reason, domain, host, taken.by)
    if isinstance(effect, Prompt) and taken.kind == effect.kind:
        return Chosen(taken.step, taken.value, taken.by)
    if isinstance(effect, Watch) and taken.kind == "watch":
        outcome = _watched(effect.probe, taken)
        if outcome is None:
            return Chosen(taken.step, taken.value, taken.by)
        return Measured(taken.step, outcome, taken.detail, taken.by, taken.values, taken.outcomes)
    if isinstance(effect, Measure) and taken.kind in MEASURED:
        return Measured(taken.step, taken.value, taken.detail, taken.by, taken.values, taken.outcomes)
    return None


def _watched(probe: str | None, taken: Taken) -> str | None:
    """How the probe of a watch ended; None where the person ended the watch by hand."""
    return taken.outcomes.get(probe or "")


def _first_change(new: Sequence[Taken], old: Sequence[Taken]) -> int | None:
    pairs = enumerate(zip(new, old, strict=False))
    return next((place for place, (one, other) in pairs if _line(one) != _line(other)), None)


def _line(taken: Taken) -> tuple[str, str, str, str]:
    return taken.flow, taken.step, taken.kind, taken.value


def _changed_words(taken: Taken) -> str:
    return f"The step '{taken.step}' of the flow '{taken.flow}' is no longer met here."
