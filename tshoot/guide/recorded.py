"""Evidence recorded earlier: a saved report, or a code that was read out (tshoot.evidence).

A record can't be measured again. After an action or a pause, or to check a fix, the next record is taken
where several were given; else the person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.diagnosis.facts import facts_told
from tshoot.diagnosis.grades import GRADES
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.files import read_file
from tshoot.evidence.recorded import UNNAMED, Recorded, recorded_of
from tshoot.guide.evidence import Answer, Told, not_here
from tshoot.guide.model import Measure, Measured, Watch
from tshoot.probes.model import ProbeResult

if TYPE_CHECKING:
    from tshoot.probes.runner import Listener

_TOO_OLD = "Not measured again: the evidence is from before the last change."


@dataclass(frozen=True)
class Record:
    """One report, made harmless: outcome and detail of each probe, the headline and its words.

    ``service`` is the one it was made for; None where that is none of the catalogue. ``recorded`` is all of
    it, with what its data had led to before they were left out.
    """

    cause: str
    summary: str
    probes: Mapping[str, ProbeResult]
    values: Mapping[str, str]
    service: str | None = None
    recorded: Recorded | None = None


def read_record(path: Path) -> Record:
    """Read one report. Raises :class:`EvidenceError` where it can't be one, OSError if unreadable."""
    return made_record(read_file(path))


def record_of(report: Any) -> Record:
    """A report's JSON as a record. Raises :class:`EvidenceError`."""
    return made_record(recorded_of(report))


def made_record(recorded: Recorded) -> Record:
    """Evidence as a record: judged again where every probe is there, else with the headline it names."""
    if not (recorded.code or GRADES.keys() <= recorded.results.keys()):
        host = {} if recorded.target.host == UNNAMED else {"host": recorded.target.host}
        values = {**host, **facts_told(recorded.results), "summary": recorded.summary, "next": recorded.next}
        service = recorded.target.service
        return Record(recorded.cause, recorded.summary, recorded.results, values, service, recorded)
    said = recorded.checkup().diagnosis
    return Record(said.cause, said.summary, recorded.results, said.values, recorded.target.service, recorded)


class RecordedEvidence:
    """Answers from records. The first is the state of things at the start, each next one after a fix.

    ``listener`` is told of every result of a record when it comes into use, then ``used`` of the record.
    """

    def __init__(
        self,
        records: Sequence[Record],
        listener: Listener | None = None,
        used: Callable[[Record], None] | None = None,
    ) -> None:
        if not records:
            raise EvidenceError("No record was given.")
        self._records = tuple(records)
        self._place = 0
        self._epoch = 0
        self._listener, self._used, self._told = listener, used, -1

    async def measure(self, wanted: Measure) -> Answer:
        """The recorded outcome, or the question where the record does not say or is too old."""
        if wanted.epoch > self._epoch and self._place + 1 < len(self._records):
            self._place += 1
            self._epoch = wanted.epoch
        self._tell()
        first_as_proof = self._place == 0 and wanted.purpose != "look"
        if wanted.epoch > self._epoch or first_as_proof:
            return not_here(wanted, _TOO_OLD)
        answer = recorded_answer(wanted, self._records[self._place])
        return answer or not_here(wanted, "The evidence does not say.")

    def _tell(self) -> None:
        if self._told == self._place:
            return
        self._told, record = self._place, self._records[self._place]
        if self._listener is not None:
            for result in record.probes.values():
                self._listener.finished(result)
        if self._used is not None:
            self._used(record)

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """As a measurement: a record has no ticks, only how it was in the end."""
        return await self.measure(wanted)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""


def recorded_answer(wanted: Measure, record: Record) -> Measured | None:
    """What the record says of ``wanted``; None where it says nothing."""
    if wanted.probe is None:
        outcomes = {name: result.outcome for name, result in record.probes.items()}
        return Measured(wanted.step, record.cause, record.summary, values=record.values, outcomes=outcomes)
    result = record.probes.get(wanted.probe)
    same = not wanted.params or dict(wanted.params) == {"target": record.service}
    if result is None or not same:
        return None
    return Measured(wanted.step, result.outcome, result.detail, values=facts_told({result.probe: result}))
