"""A report: what was found, on what evidence, for which target. The same object feeds JSON and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tshoot.diagnosis.changes import Change
from tshoot.diagnosis.explain import Explanation
from tshoot.diagnosis.model import Confidence, Finding, Rung, Verdict
from tshoot.probes.model import ProbeResult


@dataclass(frozen=True, slots=True)
class Report:
    """One check as ``tshoot.report/1`` (contract.md).

    ``service`` is a service id or None; ``hosts`` every host of the target, the main one first; ``label``
    how the target is named to the person. ``contacted`` are all addresses that packets were sent to, each
    once. ``elapsed_ms`` is the duration of the whole check in milliseconds. ``explanation`` is there where it
    was asked for; ``changed`` tells what differs from when this network last worked. ``signals`` are what
    followed from the data of several probes (``tshoot.diagnosis.signals``); ``code`` is what can be read out
    to support, empty where none was made.
    """

    version: str
    service: str | None
    label: str
    hosts: tuple[str, ...]
    verdict: Verdict
    cause: str
    confidence: Confidence
    summary: str
    next: str
    findings: tuple[Finding, ...]
    ladder: tuple[Rung, ...]
    probes: tuple[ProbeResult, ...]
    contacted: tuple[str, ...]
    measured: bool
    elapsed_ms: float
    explanation: Explanation | None = None
    changed: tuple[Change, ...] = ()
    signals: Mapping[str, str] = field(default_factory=dict)
    code: str = ""

    @property
    def headline(self) -> Finding | None:
        """The finding that the verdict rests on; None when healthy or undetermined."""
        return next((finding for finding in self.findings if finding.cause == self.cause), None)
