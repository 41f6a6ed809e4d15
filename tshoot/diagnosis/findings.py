"""From a cause that holds to a finding: its words with values put in, its evidence, its consequences."""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.diagnosis.cause import Cause, Variant
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.grades import SILENT_OUTCOMES
from tshoot.diagnosis.model import Finding
from tshoot.diagnosis.rules import confidence_of
from tshoot.diagnosis.signals import SIGNALS
from tshoot.diagnosis.values import fill


def finding_of(cause: Cause, evidence: Evidence, values: Mapping[str, str]) -> Finding:
    """The finding for a cause that holds on ``evidence``."""
    words = words_of(cause, evidence)
    probes = _evidence_of(cause, words, evidence)
    return Finding(
        cause=cause.id,
        severity=cause.severity,
        confidence=confidence_of(cause, evidence),
        because=tuple(evidence.line(probe) for probe in probes),
        explains=tuple(
            probe for probe in cause.explains if probe not in probes and _is_consequence(probe, evidence)
        ),
        say=fill(words.say, values),
        agent=fill(words.agent, values),
        next=fill(words.next, values),
        who=cause.who,
        fix=words.fix or cause.fix,
    )


def words_of(cause: Cause, evidence: Evidence) -> Cause | Variant:
    """Whose words are said: the first variant that fits the evidence, else the cause itself."""
    fitting = (each for each in cause.variants if len(evidence.fitting(each.when)) == len(each.when))
    return next(fitting, cause)


def _evidence_of(cause: Cause, words: Cause | Variant, evidence: Evidence) -> tuple[str, ...]:
    """The probes the rule and its words looked at and that had something to say, each once."""
    groups = (cause.when, cause.any_of, words.when, cause.confirmed_by, cause.weakened_by)
    named = [name for group in groups for name in evidence.fitting(group)]
    probes = [probe for name in named for probe in (SIGNALS[name].of if name in SIGNALS else (name,))]
    return tuple(probe for probe in dict.fromkeys(probes) if _speaks(probe, evidence))


def _speaks(probe: str, evidence: Evidence) -> bool:
    outcome = evidence.outcome(probe)
    return outcome is not None and outcome not in SILENT_OUTCOMES - {"not_applicable"}


def _is_consequence(probe: str, evidence: Evidence) -> bool:
    return evidence.in_trouble(probe) or evidence.outcome(probe) == "skipped"
