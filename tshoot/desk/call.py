"""A call as its events tell it: where the walk stands, what is known from the caller, what is wanted next.

Pure: the same events and the same flows give the same call, on whichever agent's screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tshoot.desk.ages import Age
from tshoot.desk.lines import Lines, lines_of
from tshoot.desk.pieces import Piece, answer_from, pieces_of
from tshoot.desk.shifts import Shift, shifts_of
from tshoot.flow.model import Flow
from tshoot.guide.engine import Engine
from tshoot.guide.model import Effect, Finish, Measure, Measured, Prompt
from tshoot.guide.state import State
from tshoot.session.model import Opened, Recorded, Reopened, Walked
from tshoot.session.record import SessionRecord, fold
from tshoot.session.resume import resumed


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``notice`` tells where the flow no longer fits what was answered."""

    engine: Engine
    events: tuple[Recorded, ...]
    record: SessionRecord
    state: State
    lines: Lines
    pieces: tuple[Piece, ...]
    shifts: tuple[Shift, ...]
    notice: str = ""

    @property
    def session(self) -> str:
        """Its name."""
        return self.record.row.session

    @property
    def last(self) -> int:
        """The number of its last event."""
        return self.record.row.last

    @property
    def agent(self) -> str:
        """Whose call it is; empty where nobody has it."""
        return self.record.row.agent

    @property
    def asked_at(self) -> datetime:
        """Since when it has stood where it stands; notes, evidence and another agent don't change that."""
        at = [
            recorded.at for recorded in self.events if isinstance(recorded.event, Opened | Walked | Reopened)
        ]
        return at[-1]

    @property
    def wanted(self) -> Prompt | Measured | Finish:
        """What is next: something to ask, an outcome that the evidence gives, or the end."""
        return wanted_now(self.state.pending, self.pieces, self.lines)

    def age(self, piece: Piece) -> Age:
        """Whether a piece of evidence is from after the last action."""
        return piece.age(self.lines.acted, self.lines.acted_at)


def wanted_now(effect: Effect | None, pieces: Sequence[Piece], lines: Lines) -> Prompt | Measured | Finish:
    """What an effect comes down to here, where nothing can be measured."""
    if isinstance(effect, Measure):
        return answer_from(pieces, effect, lines)
    assert effect is not None, "a walk has always something pending"
    return effect


def load(flows: Mapping[str, Flow], events: Sequence[Recorded]) -> Call:
    """The call that the events of one session add up to; there is at least one, its beginning.

    Raises :class:`tshoot.session.resume.CannotGoOn` where its flow is not there any more.
    """
    record = fold(events[0].session, events)
    engine = Engine(flows, record.variant)
    again = resumed(engine, record)
    return Call(
        engine,
        tuple(events),
        record,
        again.state,
        lines_of(events),
        pieces_of(events),
        shifts_of(events),
        again.notice,
    )
