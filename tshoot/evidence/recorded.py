"""Evidence of an earlier check, from a report somebody saved or from a code somebody read out.

Everything in it may come from anybody: texts are made harmless, outcomes that a probe does not know become
``error``. What follows from it is judged again, here and now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from tshoot.catalog.services import shipped_services
from tshoot.diagnosis.changes import Change, What
from tshoot.diagnosis.grades import GRADES
from tshoot.diagnosis.reading import mappings_at, number_at, text_at, texts_at, value_at
from tshoot.diagnosis.signals import SIGNALS
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.model import CAUSE, OTHER, SERVICE
from tshoot.probes.model import COMMON_OUTCOMES, ProbeResult
from tshoot.report.as_json import SCHEMA
from tshoot.target import Target
from tshoot.text import display_text

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.evidence.code import Spoken
    from tshoot.report.model import Report

UNNAMED = "the site"
"""What a target is called whose name was not told."""
_DEEPEST = 60
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Recorded:
    """What is known of an earlier check.

    ``cause``, ``summary`` and ``next`` are what was concluded then; ``signals`` what followed from data that
    need not be here any more. ``left_out`` names what a code had no room for: then ``cause`` counts as told.
    ``saved`` is RFC 3339, ``version`` that of the program then, both empty where they are not known;
    ``redacted`` is None where the evidence does not say.
    """

    target: Target
    results: Mapping[str, ProbeResult]
    signals: Mapping[str, str]
    cause: str
    summary: str = ""
    next: str = ""
    changed: tuple[Change, ...] = ()
    version: str = ""
    saved: str = ""
    redacted: bool | None = None
    elapsed_ms: float = 0.0
    code: str = ""
    left_out: tuple[str, ...] = ()

    def checkup(self) -> Checkup:
        """The evidence judged again by the rules of this program."""
        from tshoot.checkup import Checkup, judge

        diagnosis = judge(self.results, self.target, signals=self.signals)
        if self.left_out and diagnosis.cause != self.cause:
            diagnosis = judge(self.results, self.target, signals=self.signals, headline=self.cause)
        return Checkup(self.target, self.results, diagnosis, self.elapsed_ms)

    def report(self, explained: bool = False) -> Report:
        """What follows from it as a report, with the code that tells the same."""
        from tshoot.evidence.telling import code_for

        report = replace(self.checkup().report(explained), changed=self.changed)
        return replace(report, code=self.code or code_for(report))


def recorded_of(report: Any) -> Recorded:
    """The evidence in a report's JSON (``tshoot.report/1``). Raises :class:`EvidenceError`."""
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise EvidenceError(f"This is no {SCHEMA}. Make one with: tshoot check --save FILE")
    entries = report.get("probes")
    if not isinstance(entries, list):
        raise EvidenceError("The report has no list of probes.")
    redacted = value_at(report, "evidence", "redacted")
    return Recorded(
        target=_target_of(report.get("target")),
        results={result.probe: result for result in map(result_of, entries)},
        signals=_signals_of(report.get("signals")),
        cause=_text(report.get("cause")) or "unknown",
        summary=_text(report.get("summary")),
        next=_text(report.get("next")),
        changed=tuple(_changes(report)),
        version=display_text(text_at(report, "version"), _LONGEST_NAME),
        saved=_moment(text_at(report, "evidence", "saved")),
        redacted=redacted if isinstance(redacted, bool) else None,
        elapsed_ms=number_at(report, "elapsed_ms") or 0.0,
    )


def recorded_code(spoken: Spoken) -> Recorded:
    """The evidence in a code: outcomes without any figures."""
    results, signals = results_and_signals(spoken.values)
    service = shipped_services().get(spoken.values.get(SERVICE, OTHER))
    return Recorded(
        target=service.target() if service is not None else Target(UNNAMED),
        results=results,
        signals=signals,
        cause=spoken.values.get(CAUSE, "unknown"),
        code=spoken.code,
        left_out=spoken.left_out,
    )


def results_and_signals(values: Mapping[str, str]) -> tuple[dict[str, ProbeResult], dict[str, str]]:
    """The values that a code tells, as bare results and as signals; unknown names are passed over."""
    results = {name: ProbeResult(name, values[name]) for name in GRADES if name in values}
    return results, {name: values[name] for name in SIGNALS if name in values}


def result_of(entry: Any) -> ProbeResult:
    """An entry of a report's probes as a result, made harmless. Raises :class:`EvidenceError`."""
    if not isinstance(entry, dict) or not isinstance(entry.get("probe"), str):
        raise EvidenceError("An entry of the report's probes has no name.")
    name = display_text(entry["probe"], _LONGEST_NAME)
    data = _harmless(entry.get("data"), 0)
    return ProbeResult(
        probe=name,
        outcome=_declared(name, _text(entry.get("outcome"))),
        detail=_text(entry.get("detail")),
        ms=number_at(entry, "ms") or 0.0,
        data=data if isinstance(data, dict) else {},
        contacted=tuple(display_text(text) for text in texts_at(entry, "contacted")),
    )


def _declared(probe: str, outcome: str) -> str:
    """The outcome, or ``error`` where the probe does not know it (another version, or no report)."""
    from tshoot.probes.registry import PROBES, load

    known = load(probe).SPEC.all_outcomes() if probe in PROBES else (*COMMON_OUTCOMES, outcome)
    return outcome if outcome in known else "error"


def _harmless(value: Any, depth: int) -> Any:
    """Data with every text cleaned for display. Raises :class:`EvidenceError` where nested too deeply."""
    if depth > _DEEPEST:
        raise EvidenceError("The report is nested too deeply.")
    if isinstance(value, dict):
        return {display_text(str(key)): _harmless(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_harmless(item, depth + 1) for item in value]
    return display_text(value) if isinstance(value, str) else value


def _signals_of(signals: Any) -> dict[str, str]:
    told = signals if isinstance(signals, dict) else {}
    texts = {name: outcome for name, outcome in told.items() if isinstance(outcome, str)}
    return {name: texts[name] for name in SIGNALS if texts.get(name) in SIGNALS[name].outcomes}


def _target_of(target: Any) -> Target:
    hosts = tuple(display_text(host, 253) for host in texts_at(target, "hosts") if host)
    name = display_text(text_at(target, "service"), _LONGEST_NAME) or None
    service = shipped_services().get(name or "")
    if service is not None and not hosts:
        return service.target()
    title = service.title if service is not None else ""
    return Target(next(iter(hosts), UNNAMED), service=name, title=title, chain=hosts[1:])


def _changes(report: Mapping[str, Any]) -> Iterator[Change]:
    for entry in mappings_at(report, "changed"):
        what = text_at(entry, "what")
        if what in get_args(What):
            texts = {key: _text(entry.get(key)) for key in ("then", "now", "say", "since")}
            yield Change(what, **texts)  # type: ignore[arg-type]


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def _text(value: Any) -> str:
    return display_text(value) if isinstance(value, str) else ""
