"""What a diagnosis says. The words for verdicts, severities and confidence are those of contract.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["healthy", "degraded", "broken", "unknown"]
Severity = Literal["broken", "degraded", "note"]
Confidence = Literal["strong", "likely", "weak"]
RungState = Literal["ok", "warn", "bad", "unknown", "not_applicable"]


RUNGS = ("link", "address", "gateway", "internet", "dns", "secure connection", "service")
"""The fixed rungs of the ladder in their order; optional ones come after (contract.md)."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a person is guided to the fix: a flow and one of its steps."""

    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause that holds, with its evidence.

    ``because`` are lines ``probe: outcome (figures)``; ``explains`` the probes whose trouble it accounts
    for; ``say`` is for the person, ``agent`` for a support agent, ``next`` the next step; ``who`` can fix
    it: you, provider, site or administrator.
    """

    cause: str
    severity: Severity
    confidence: Confidence
    because: tuple[str, ...]
    explains: tuple[str, ...]
    say: str
    agent: str
    next: str
    who: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder. ``unknown`` never reads as ok; ``detail`` carries data also when ok."""

    rung: str
    state: RungState
    detail: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The judgement on one set of evidence.

    ``cause`` is the headline: an id of causes.md, ``none`` when healthy, ``unknown`` when undetermined.
    ``values`` are the named values ({dns_server}, {gateway}, {host} …) that texts may use.
    """

    verdict: Verdict
    cause: str
    confidence: Confidence
    summary: str
    next: str
    findings: tuple[Finding, ...]
    ladder: tuple[Rung, ...]
    measured: bool
    """False where nothing could be measured at all (exit code 3)."""
    values: Mapping[str, str] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    """What followed from the data of several probes; with the outcomes all that the judgement rests on."""
