"""Judges what the program said against the truth of a scenario. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.lab.scenario import Scenario

RUNGS = ["link", "address", "gateway", "internet", "dns", "secure connection", "service"]
STATES = {"ok", "warn", "bad", "unknown", "not_applicable"}
EXITS = {"healthy": {0}, "degraded": {1}, "broken": {1}, "unknown": {1, 3}}
"""Exit codes of contract.md; an undetermined but measured fault may leave with 1."""

BAD = ("wrong", "false alarm", "broken output", "lab broken")
"""Results that fail a scoring run."""


@dataclass
class Score:
    """One scenario's result.

    ``result``: right · accepted (another headline that the scenario takes as true) · partial (a second
    cause missed) · unknown · wrong (another cause, or "healthy") · false alarm (a healthy network or part
    blamed, an untrue note) · broken output (contract.md not kept, hung, text on stderr) · lab broken (a
    proof failed) · skipped.
    """

    scenario: str
    kind: str
    truth: str
    result: str
    answer: str = ""
    confidence: str = ""
    seconds: float = 0.0
    why: list[str] = field(default_factory=list)
    missing_notes: list[str] = field(default_factory=list)
    report: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """As a JSON-able mapping."""
        return asdict(self)


def judge(scenario: Scenario, ran: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]) -> Score:
    """Score one run: first the lab itself, then the contract, then the answer."""
    score = Score(scenario.id, scenario.kind, scenario.truth.cause, "right", seconds=float(ran["seconds"]))
    report, problems = read_report(ran)
    score.report = report
    if report is not None:
        score.answer, score.confidence = str(report.get("cause")), str(report.get("confidence"))
    broken = [f"proof failed: {_short(proof)}" for proof in proofs if not proof["held"]]
    if broken:
        score.result, score.why = "lab broken", broken
    elif problems or report is None:
        score.result, score.why = "broken output", problems
    else:
        _judge_answer(score, scenario, report)
    return score


def _short(proof: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in proof.items() if key != "held")


def read_report(ran: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, list[str]]:
    """The report on stdout and everything in which the run breaks contract.md."""
    if ran["code"] is None:
        return None, ["hung: killed"]
    try:
        report = json.loads(ran["out"])
    except ValueError:
        return None, [f"stdout is not one JSON document: {ran['out'][:200]!r} {ran['err'][-400:]}"]
    problems = [f"stderr: {ran['err'][-400:]}"] if ran["err"].strip() else []
    return report, [*problems, *_form(report, ran["code"])]


def _form(report: Mapping[str, Any], code: int) -> list[str]:
    wanted = {"schema", "version", "target", "verdict", "cause", "confidence", "summary", "next", "findings"}
    missing = (wanted | {"ladder", "probes", "elapsed_ms"}) - report.keys()
    if missing:
        return [f"missing {', '.join(sorted(missing))}"]
    found = []
    if report["schema"] != "tshoot.report/1":
        found.append(f"schema {report['schema']}")
    if code not in EXITS.get(report["verdict"], set()):
        found.append(f"exit code {code} with verdict {report['verdict']}")
    if (report["verdict"] == "healthy") != (report["cause"] == "none"):
        found.append(f"verdict {report['verdict']} with cause {report['cause']}")
    if [rung["rung"] for rung in report["ladder"]][: len(RUNGS)] != RUNGS:
        found.append("the ladder's rungs are not the contract's")
    found += [f"rung state {rung['state']}" for rung in report["ladder"] if rung["state"] not in STATES]
    found += [f"no {key}" for key in ("summary", "next") if not report[key]]
    return found


def _judge_answer(score: Score, scenario: Scenario, report: Mapping[str, Any]) -> None:
    truth = scenario.truth
    named = {item["cause"] for item in report["findings"]}
    notes = {cause for cause in named if cause.startswith("note.")}
    blamed = {*(named - notes), score.answer} - {"none", "unknown"}
    lies = sorted((notes - truth.true_notes) | (blamed - truth.headlines - {*truth.also, *truth.may}))
    missed = sorted({*truth.also} - blamed)
    score.missing_notes = sorted({*truth.notes} - notes)
    if score.answer == "unknown":
        score.result, score.why = "unknown", [str(report["summary"])]
    elif score.answer not in truth.headlines:
        trap = scenario.kind == "trap"
        score.result, score.why = "false alarm" if trap else "wrong", [f"said {score.answer}"]
    elif score.answer != truth.cause:
        score.result, score.why = "accepted", [f"said {score.answer}, which is as true"]
    if score.result in {"right", "accepted", "unknown"} and lies:
        score.result, score.why = "false alarm", [f"untrue: {', '.join(lies)}"]
    elif score.result in {"right", "accepted"} and missed:
        score.result, score.why = "partial", [f"missed {', '.join(missed)}"]


def table(scores: Sequence[Score]) -> str:
    """The score table with its totals."""
    lines = [f"{'scenario':30} {'kind':7} {'truth':22} {'answer':22} {'sure':7} {'result':13} {'s':>5}"]
    for score in scores:
        lines.append(
            f"{score.scenario:30} {score.kind:7} {score.truth:22} {score.answer:22} "
            f"{score.confidence:7} {score.result:13} {score.seconds:5.2f}"
        )
        lines += [f"{'':30} · {line}" for line in score.why if score.result != "right"]
        lines += [f"{'':30} · note not given: {note}" for note in score.missing_notes]
    return "\n".join([*lines, "", totals(scores)])


def totals(scores: Sequence[Score]) -> str:
    """How many of each result, and how long they took."""
    counts: dict[str, int] = {}
    for score in scores:
        counts[score.result] = counts.get(score.result, 0) + 1
    said = " · ".join(f"{count} {result}" for result, count in sorted(counts.items()))
    times = sorted(score.seconds for score in scores if score.result != "skipped") or [0.0]
    middle = times[len(times) // 2]
    return f"{len(scores)} scenarios: {said}; median {middle:.2f} s, longest {times[-1]:.2f} s"


def failed(scores: Sequence[Score]) -> bool:
    """True where a scoring run must not pass."""
    return any(score.result in BAD for score in scores)
