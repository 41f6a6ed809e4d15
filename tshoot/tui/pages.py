"""The texts of the reading pages: evidence, report, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content

from tshoot.diagnosis.explain import Explanation
from tshoot.diagnosis.model import Diagnosis, Finding
from tshoot.probes.model import ProbeResult, ProbeSpec
from tshoot.report.explained import explanation_lines
from tshoot.tui.safe import lines, plain

KEYS = (
    ("1 to 9", "choose an answer"),
    ("↑ ↓ and enter", "move and choose; the mouse works too"),
    ("space", "read on, where the text is longer than the screen"),
    ("b", "back to the step before, to change an answer"),
    ("/", "find help by your own words"),
    ("e", "evidence: what was measured, with figures"),
    ("r", "report: the whole check as text"),
    ("?", "this page"),
    ("q", "close"),
)


def evidence_page(
    diagnosis: Diagnosis,
    results: Mapping[str, ProbeResult],
    specs: Mapping[str, ProbeSpec],
    explanation: Explanation | None = None,
) -> Content:
    """Why the conclusion was drawn and what else was ruled out, then every probe with its figures and
    whom it contacted.
    """
    parts = [part for finding in diagnosis.findings for part in _finding(finding)]
    if explanation is not None and results:
        parts += [*(plain(line) for line in explanation_lines(explanation)), plain("")]
    if not results:
        parts.append(plain("Nothing has been measured yet."))
    for result in results.values():
        parts += list(_result(result, specs[result.probe]))
    return lines(parts)


def keys_page() -> Content:
    """Every key and what it does."""
    return lines([Content.assemble((f"{key:<15}", "bold"), plain(text)) for key, text in KEYS])


def _finding(finding: Finding) -> Iterator[Content]:
    yield plain(f"{finding.cause} ({finding.severity}, {finding.confidence})", "bold")
    for line in finding.because:
        yield plain(f"  because {line}")
    if finding.explains:
        yield plain(f"  explains the trouble of: {', '.join(finding.explains)}", "dim")
    yield plain("")


def _result(result: ProbeResult, spec: ProbeSpec) -> Iterator[Content]:
    good = result.outcome in spec.good
    neutral = result.outcome in {"skipped", "not_applicable"}
    style = "$success" if good else "$text-muted" if neutral else "$warning"
    yield Content.assemble(
        (spec.title, "bold"), "  ", (result.outcome, style), plain(f"  {result.ms:.0f} ms", "dim")
    )
    if result.detail:
        yield plain(f"  {result.detail}")
    if result.contacted:
        yield plain(f"  sent to {', '.join(result.contacted)}", "dim")
