"""Evidence recorded earlier: a ``tshoot.report/1`` (contract.md, "tshoot check --json").

A record can't be measured again. After an action or a pause, or to check a fix, the next record is taken
where several were given; else the person is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.guide.evidence import Answer, EvidenceError, Told, not_here
from tshoot.guide.model import Measure, Measured, Watch
from tshoot.probes.model import COMMON_OUTCOMES, ProbeResult
from tshoot.text import display_text

if TYPE_CHECKING:
    from tshoot.probes.runner import Listener

SCHEMA = "tshoot.report/1"
LARGEST_FILE = 4 * 1024 * 1024
_TOO_OLD = "Not measured again: the evidence is from before the last change."


@dataclass(frozen=True)
class Record:
    """One report, made harmless: outcome and detail of each probe, the headline and its words."""

    cause: str
    summary: str
    probes: Mapping[str, ProbeResult]
    values: Mapping[str, str]


def read_record(path: Path) -> Record:
    """Read one report. Raises :class:`EvidenceError` where it can't be one, OSError if unreadable."""
    if path.stat().st_size > LARGEST_FILE:
        raise EvidenceError(f"{path} is too large for a report.")
    try:
        return record_of(json.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise EvidenceError(f"{path} is not JSON.") from None
    except EvidenceError as error:
        raise EvidenceError(f"{path}: {error}") from None


def record_of(report: Any) -> Record:
    """A report's JSON as a record. Raises :class:`EvidenceError`."""
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise EvidenceError(f"This is no {SCHEMA}. Make one with: tshoot check --json")
    entries = report.get("probes")
    if not isinstance(entries, list):
        raise EvidenceError("The report has no list of probes.")
    results = {result.probe: result for result in map(result_of, entries)}
    summary, next_step = _text(report.get("summary")), _text(report.get("next"))
    values = {**_target_values(report.get("target")), "summary": summary, "next": next_step}
    cause = _text(report.get("cause")) or "unknown"
    return Record(cause, summary, results, values)


class RecordedEvidence:
    """Answers from records. The first is the state of things at the start, each next one after a fix.

    ``listener`` is told of every result of a record when it comes into use.
    """

    def __init__(self, records: Sequence[Record], listener: Listener | None = None) -> None:
        if not records:
            raise EvidenceError("No record was given.")
        self._records = tuple(records)
        self._place = 0
        self._epoch = 0
        self._listener, self._told = listener, -1

    async def measure(self, wanted: Measure) -> Answer:
        """The recorded outcome, or the question where the record does not say or is too old."""
        if wanted.epoch > self._epoch and self._place + 1 < len(self._records):
            self._place += 1
            self._epoch = wanted.epoch
        self._tell()
        first_as_proof = self._place == 0 and wanted.purpose != "look"
        if wanted.epoch > self._epoch or first_as_proof:
            return not_here(wanted, _TOO_OLD)
        return _answer(wanted, self._records[self._place])

    def _tell(self) -> None:
        if self._listener is not None and self._told != self._place:
            for result in self._records[self._place].probes.values():
                self._listener.finished(result)
        self._told = self._place

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """As a measurement: a record has no ticks, only how it was in the end."""
        return await self.measure(wanted)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""


def _answer(wanted: Measure, record: Record) -> Answer:
    if wanted.probe is None:
        outcomes = {name: result.outcome for name, result in record.probes.items()}
        return Measured(wanted.step, record.cause, record.summary, values=record.values, outcomes=outcomes)
    result = record.probes.get(wanted.probe)
    if result is None or wanted.params:
        return not_here(wanted, "The evidence does not say.")
    return Measured(wanted.step, result.outcome, result.detail)


def result_of(entry: Any) -> ProbeResult:
    """An entry of a report's probes as a result, made harmless. Raises :class:`EvidenceError`."""
    if not isinstance(entry, dict) or not isinstance(entry.get("probe"), str):
        raise EvidenceError("An entry of the report's probes has no name.")
    name = display_text(entry["probe"], 40)
    ms, data, contacted = entry.get("ms"), entry.get("data"), entry.get("contacted")
    return ProbeResult(
        name,
        _declared(name, _text(entry.get("outcome"))),
        _text(entry.get("detail")),
        ms if isinstance(ms, int | float) else 0.0,
        data if isinstance(data, dict) else {},
        tuple(map(_text, contacted)) if isinstance(contacted, list) else (),
    )


def _declared(probe: str, outcome: str) -> str:
    """The outcome, or ``error`` where the probe does not know it (another version, or no report)."""
    from tshoot.probes.registry import PROBES, load

    known = load(probe).SPEC.all_outcomes() if probe in PROBES else (*COMMON_OUTCOMES, outcome)
    return outcome if outcome in known else "error"


def _text(value: Any) -> str:
    return display_text(value) if isinstance(value, str) else ""


def _target_values(target: Any) -> dict[str, str]:
    hosts = target.get("hosts") if isinstance(target, dict) else None
    host = _text(hosts[0]) if isinstance(hosts, list) and hosts else ""
    return {"host": host} if host else {}
