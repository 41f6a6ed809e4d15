"""A report as the JSON document ``tshoot.report/1`` (contract.md). Fields may grow; none may change."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from math import isfinite
from typing import Any

from tshoot.diagnosis.model import Finding
from tshoot.report.explained import explanation_json
from tshoot.report.model import Report

SCHEMA = "tshoot.report/1"


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain mappings, lists, texts, numbers and None: ``json.dumps`` takes it as it is."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": report.version,
        "target": {"service": report.service, "hosts": list(report.hosts)},
        "verdict": report.verdict,
        "cause": report.cause,
        "confidence": report.confidence,
        "summary": report.summary,
        "next": report.next,
        "findings": [_finding(finding) for finding in report.findings],
        "ladder": [asdict(rung) for rung in report.ladder],
        "probes": [result.to_json() for result in report.probes],
        "contacted": list(report.contacted),
        "code": report.code,
        "signals": dict(report.signals),
        "changed": [asdict(change) for change in report.changed],
        "elapsed_ms": round(report.elapsed_ms),
    }
    if report.explanation is not None:
        document["explanation"] = explanation_json(report.explanation)
    plain: dict[str, Any] = _plain(document)
    return plain


def _finding(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def _plain(value: Any) -> Any:
    """Only what JSON knows: a probe's data may hold enumerations, sets, times, or infinite numbers."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, str | bool | int) else str(value)
