"""Puts a diagnosis, its evidence and the target together into a report."""

from __future__ import annotations

from collections.abc import Mapping

from tshoot import __version__
from tshoot.diagnosis.model import Diagnosis
from tshoot.probes.model import ProbeResult
from tshoot.report.model import Report
from tshoot.target import Target


def build_report(
    diagnosis: Diagnosis, results: Mapping[str, ProbeResult], target: Target, elapsed_ms: float
) -> Report:
    """The report of one check; ``elapsed_ms`` is its duration in milliseconds."""
    contacted = (address for result in results.values() for address in result.contacted)
    return Report(
        version=__version__,
        service=target.service,
        label=target.label,
        hosts=target.hosts,
        verdict=diagnosis.verdict,
        cause=diagnosis.cause,
        confidence=diagnosis.confidence,
        summary=diagnosis.summary,
        next=diagnosis.next,
        findings=diagnosis.findings,
        ladder=diagnosis.ladder,
        probes=tuple(results.values()),
        contacted=tuple(dict.fromkeys(contacted)),
        measured=diagnosis.measured,
        elapsed_ms=elapsed_ms,
        signals=diagnosis.signals,
    )
