"""Which causes hold on given evidence, and which of them only follow from a deeper one. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from tshoot.diagnosis.cause import Catalog, Cause, Conditions
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.grades import grade
from tshoot.diagnosis.model import Confidence
from tshoot.diagnosis.signals import SIGNALS


def holds(cause: Cause, evidence: Evidence) -> bool:
    """True when the rule fits. A broken cause never holds against a target that works.

    What is asked has no rule and is never measured.
    """
    if cause.asked or len(evidence.fitting(cause.when)) < len(cause.when) or evidence.fitting(cause.unless):
        return False
    if cause.any_of and not evidence.fitting(cause.any_of):
        return False
    return not acquitted(cause, evidence)


def acquitted(cause: Cause, evidence: Evidence) -> bool:
    """True for a cause that would break a target which works all the same."""
    blames = cause.severity == "broken" and not cause.although_reached
    return blames and evidence.outcome("target") == "reached"


def trouble_of(cause: Cause, evidence: Evidence) -> frozenset[str]:
    """The probes in trouble that the cause rests on."""
    fitting = {*evidence.fitting(cause.when), *evidence.fitting(cause.any_of)}
    return demanded_trouble({**cause.when, **cause.any_of}) & fitting


def demanded_trouble(conditions: Conditions) -> frozenset[str]:
    """The probes that must be in trouble for the conditions to fit.

    Where a good outcome would do as well ("the internet is ok, lossy or slow"), the probe is context.
    """
    return frozenset(
        name
        for name, outcomes in conditions.items()
        if name not in SIGNALS and all(grade(name, outcome) in ("warn", "bad") for outcome in outcomes)
    )


def standing_causes(catalog: Catalog, evidence: Evidence) -> tuple[Cause, ...]:
    """The causes that hold and do not merely follow from an earlier one, in the catalogue's order."""
    standing: list[Cause] = []
    for cause in catalog.causes:
        if holds(cause, evidence) and not _follows(cause, evidence, standing):
            standing.append(cause)
    return tuple(standing)


def _follows(cause: Cause, evidence: Evidence, deeper: Iterable[Cause]) -> bool:
    return bool(explained_by(cause, evidence, deeper))


def explained_by(cause: Cause, evidence: Evidence, deeper: Iterable[Cause]) -> tuple[Cause, ...]:
    """The causes of ``deeper`` from which the whole trouble of ``cause`` follows; empty where it does not."""
    trouble = trouble_of(cause, evidence)
    takers = tuple(
        other for other in deeper if cause.may_fold_under(other) and trouble.intersection(other.explains)
    )
    explained = {probe for other in takers for probe in other.explains}
    return takers if trouble and trouble <= explained else ()


def confidence_of(cause: Cause, evidence: Evidence) -> Confidence:
    """The one place where confidence is decided (contract.md; diagnosis-anchors.md, section d.3).

    The rule itself is the contrast: ``likely``. Independent corroboration makes it ``strong``, anything
    that speaks against it ``weak``.
    """
    if evidence.fitting(cause.weakened_by):
        return "weak"
    return "strong" if evidence.fitting(cause.confirmed_by) else "likely"
