"""The evidence a caller gave: what is measured is answered from the newest that still counts, else asked.

Nothing is ever measured here: this computer says nothing about the caller's. What was given or saved before
the last action says nothing about what came of it, and what was given before a check was wanted proves no
fix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tshoot.checkup import judge
from tshoot.desk.ages import Age, age_of, clock_is_wrong, saved_at
from tshoot.desk.lines import Lines
from tshoot.diagnosis.model import Diagnosis
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.recorded import recorded_of
from tshoot.evidence.telling import recorded_from_code
from tshoot.guide.effects import MeasureStep, aimed_by
from tshoot.guide.engine import Engine
from tshoot.guide.evidence import Answer, not_here
from tshoot.guide.model import Measure, Measured, Taken, Watch
from tshoot.guide.recorded import Record, made_record, recorded_answer
from tshoot.guide.state import Fact
from tshoot.session.model import EvidenceGiven, Recorded
from tshoot.target import Target


@dataclass(frozen=True, slots=True)
class Piece:
    """One report of the caller's. ``number`` is that of the event it came with; ``source`` file or code.

    ``at`` is when it came in; ``saved`` when it was saved, None where it does not say, and ``doubted`` that
    its clock is wrong.
    What it means is judged here again, by today's rules; ``record`` holds that headline.
    """

    number: int
    at: datetime
    source: str
    name: str
    record: Record
    target: Target
    diagnosis: Diagnosis
    saved: datetime | None = None
    doubted: bool = False

    def age(self, acted: int, acted_at: datetime | None) -> Age:
        """Whether this is from after the action that event ``acted`` tells of (0: nothing was done)."""
        if self.number <= acted:
            return "old"
        return age_of(self.saved, self.doubted, self.at, acted_at if acted else None)

    def answers(self, engine: Engine, taken: Taken, facts: Mapping[str, Fact]) -> bool:
        """True where this says what was asked at a line of the transcript instead of being measured.

        ``facts`` are the answers of the call, which may name the service that is measured.
        """
        step = engine.step(taken.flow, taken.step)
        if not isinstance(step, MeasureStep) or taken.value == "exhausted":
            return False
        probe, params = aimed_by(step, facts)
        return (
            self.says(Measure(taken.flow, taken.step, probe, params, fresh=False, purpose="look")) is not None
        )

    def says(self, wanted: Measure) -> Measured | None:
        """The outcome for ``wanted``; None where this says nothing of it."""
        return recorded_answer(wanted, self.record)


def pieces_of(events: Sequence[Recorded]) -> tuple[Piece, ...]:
    """Every report that can be read, the oldest first."""
    found = (
        read_piece(recorded.number, recorded.at, recorded.event)
        for recorded in events
        if isinstance(recorded.event, EvidenceGiven)
    )
    return tuple(piece for piece in found if piece is not None)


def answer_from(pieces: Sequence[Piece], wanted: Measure, lines: Lines) -> Answer:
    """The outcome by the newest piece that counts and says it; else the question that stands for it.

    ``lines`` is the transcript so far.
    """
    for piece in reversed(pieces):
        answer = piece.says(wanted) if _counts(piece, wanted, lines) else None
        if answer is not None:
            return answer
    if wanted.instead is None and isinstance(wanted, Watch) and wanted.leave is not None:
        return wanted.leave
    return not_here(wanted, "Not known: this is the caller's computer.")


def _counts(piece: Piece, wanted: Measure, lines: Lines) -> bool:
    if wanted.purpose == "look" or lines.acted:
        return piece.age(lines.acted, lines.acted_at) == "new"
    return piece.number > lines.walked


def read_piece(number: int, at: datetime, event: EvidenceGiven) -> Piece | None:
    """The evidence of one event, judged; None where it can't be read."""
    try:
        recorded = recorded_from_code(event.name) if event.source == "code" else recorded_of(event.report)
    except EvidenceError:
        return None
    record = made_record(recorded)
    diagnosis = recorded.checkup().diagnosis
    if diagnosis.cause != record.cause:
        # A file that lacks probes of today: then its own headline counts.
        diagnosis = judge(recorded.results, recorded.target, signals=recorded.signals, headline=record.cause)
    saved, doubted = saved_at(recorded), clock_is_wrong(recorded)
    return Piece(number, at, event.source, event.name, record, recorded.target, diagnosis, saved, doubted)
