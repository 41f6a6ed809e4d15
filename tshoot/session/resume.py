"""Going on with a session: from its record back to the engine's state.

The events are walked again one by one, which gives the very state there was, with the answers that going
back has turned into suggestions. Where a flow has changed since, the transcript is walked as far as it still
fits; what was answered after that comes back as suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tshoot.guide.errors import EngineError
from tshoot.guide.history import replay, suggesting
from tshoot.guide.model import Effect, Taken
from tshoot.guide.state import State, was_answered
from tshoot.session.errors import SessionError
from tshoot.text import display_text

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine
    from tshoot.session.record import SessionRecord


class CannotGoOn(SessionError):
    """The session can't be walked again at all: its flow is gone."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """A session as it goes on. ``notice`` says in words what no longer fits; empty where all of it does.

    ``seconds`` stand beside the lines of the state's transcript.
    """

    state: State
    effect: Effect
    seconds: tuple[float, ...]
    notice: str = ""


def resumed(engine: Engine, record: SessionRecord) -> Resumed:
    """The session where it stood, or as near as today's flows allow. Raises :class:`CannotGoOn`."""
    if record.row.flow not in engine.flows:
        name = display_text(record.row.flow, 60)
        raise CannotGoOn(f"The help '{name}' that this session began with does not exist any more.")
    same = _again(engine, record)
    if same is not None and same.pending is not None:
        return Resumed(same, same.pending, record.seconds)
    again = replay(engine, record.row.flow, record.transcript, record.known)
    place = len(again.state.transcript)
    state, effect = suggesting(engine, again.state, record.transcript[place:])
    return Resumed(state, effect, record.seconds[:place], _notice(record, place))


def _again(engine: Engine, record: SessionRecord) -> State | None:
    """The state after every event; None where it is not what it was then."""
    try:
        state, _ = engine.start(record.row.flow, record.known)
        for event in record.walked:
            state, _ = engine.handle(state, event)
    except EngineError:
        return None
    return state if _lines(state.transcript) == _lines(record.transcript) else None


def _lines(transcript: Iterable[Taken]) -> list[tuple[str, str, str, str]]:
    return [(taken.flow, taken.step, taken.kind, taken.value) for taken in transcript]


def _notice(record: SessionRecord, place: int) -> str:
    """What is asked again; nothing where only how it came about can't be told any more."""
    again = sum(was_answered(taken) for taken in record.transcript[place:])
    if place == len(record.transcript):
        return ""
    told = "Your later answers are kept as suggestions." if again else ""
    return f"This help has changed since you were here, so it goes on a little earlier. {told}".strip()
