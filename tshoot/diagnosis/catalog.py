"""Reads ``flows/catalog/causes.yaml`` into a :class:`Catalog`, every problem at once with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tshoot.diagnosis.cause import Catalog, Cause, Conditions, Variant
from tshoot.diagnosis.grades import GRADES, known_outcomes
from tshoot.diagnosis.model import Fix, Severity
from tshoot.diagnosis.signals import SIGNALS
from tshoot.diagnosis.values import VALUES, placeholders
from tshoot.names import did_you_mean
from tshoot.paths import catalog_file
from tshoot.probes.model import ProbeSpec

if TYPE_CHECKING:
    from tshoot.yamldoc.fields import Fields

__all__ = ["Catalog", "Cause", "evidence_outcomes", "load_catalog"]

SEVERITIES = ("broken", "degraded", "note")
WHO = ("you", "provider", "site", "administrator")
TEXTS = ("say", "agent", "next")

Outcomes = Mapping[str, frozenset[str]]


def load_catalog(path: Path | None = None, specs: Mapping[str, ProbeSpec] | None = None) -> Catalog:
    """The shipped causes, or those of ``path``, in the order of the file.

    Names of probes and outcomes are checked against ``specs``, else against the vocabulary of
    ``docs/probes.md``. Raises DocumentError with every problem, OSError where the file can't be read.
    """
    from tshoot.yamldoc import read_document
    from tshoot.yamldoc.fields import Fields

    top = Fields(read_document(path or catalog_file("causes.yaml")))
    known = evidence_outcomes(specs)
    causes: dict[str, Cause] = {}
    for fields in top.children("causes"):
        cause = _cause(fields, known)
        if cause.id in causes:
            fields.add("cause-duplicate", f"The cause '{cause.id}' stands twice.", path=("id",))
        causes.setdefault(cause.id, cause)
    top.finish()
    return Catalog(tuple(causes.values()))


def evidence_outcomes(specs: Mapping[str, ProbeSpec] | None = None) -> Outcomes:
    """Everything a rule may name, with its closed set of outcomes: probes and signals."""
    probes = (
        {name: known_outcomes(name) for name in GRADES}
        if specs is None
        else {name: frozenset(spec.all_outcomes()) for name, spec in specs.items()}
    )
    return {**probes, **{signal.name: frozenset(signal.outcomes) for signal in SIGNALS.values()}}


def _cause(fields: Fields, known: Outcomes) -> Cause:
    severity = cast(Severity, fields.choice("severity", SEVERITIES))
    asked = fields.choice("asked", ("yes", "no"), "no") == "yes"
    cause = Cause(
        id=fields.text("id"),
        severity=severity,
        when=_conditions(fields, "when", known, required=not asked),
        any_of=_conditions(fields, "any_of", known),
        unless=_conditions(fields, "unless", known),
        confirmed_by=_conditions(fields, "confirmed_by", known),
        weakened_by=_conditions(fields, "weakened_by", known),
        explains=_probes(fields, known),
        folds_under=fields.texts("folds_under", ("*",)),
        although_reached=fields.choice("although_reached", ("yes", "no"), "no") == "yes",
        who=fields.choice("who", WHO),
        say=fields.text("say"),
        agent=fields.text("agent"),
        next=fields.text("next"),
        fix=None if _nothing_to_fix(fields, severity) else _fix(fields),
        variants=tuple(_variant(child, known) for child in fields.children("variants", required=False)),
        asked=asked,
    )
    _check_words(fields, cause)
    if asked:
        _check_has_no_rule(fields, cause)
    fields.close()
    return cause


def _variant(fields: Fields, known: Outcomes) -> Variant:
    variant = Variant(
        when=_conditions(fields, "when", known),
        say=fields.text("say"),
        agent=fields.text("agent"),
        next=fields.text("next"),
        fix=_fix(fields) if fields.has("fix") else None,
    )
    _check_words(fields, variant)
    fields.close()
    return variant


def _check_has_no_rule(fields: Fields, cause: Cause) -> None:
    for group in (name for name, conditions in cause.conditions().items() if conditions):
        message = f"'{group}' has no place in a cause that is asked, not measured."
        fields.add("cause-asked", message, path=(group,), of_key=True)


def _conditions(fields: Fields, key: str, known: Outcomes, required: bool = True) -> Conditions:
    group = fields.child(key)
    names = group.keys()
    listed = {name: group.texts(name) for name in names}
    for name, outcomes in listed.items():
        if name not in known:
            _unknown(group, name, known)
        else:
            _check_outcomes(group, name, outcomes, known[name])
    if key == "when" and required and not listed:
        fields.add("field-missing", "'when' is missing.", "evidence → list of outcomes was expected")
    return {name: frozenset(outcomes) for name, outcomes in listed.items()}


def _check_outcomes(group: Fields, name: str, outcomes: tuple[str, ...], allowed: frozenset[str]) -> None:
    for index, outcome in enumerate(outcomes):
        if outcome not in allowed:
            message, hint = f"'{name}' never ends in '{outcome}'.", did_you_mean(outcome, allowed)
            group.add("cause-outcome", message, hint, (name, index))


def _unknown(group: Fields, name: str, known: Iterable[str]) -> None:
    group.add(
        "cause-evidence", f"There is no probe or signal '{name}'.", did_you_mean(name, known), (name,), True
    )


def _probes(fields: Fields, known: Outcomes) -> tuple[str, ...]:
    """The probes that ``explains`` names, patterns written out, each once."""
    probes = [name for name in known if name not in SIGNALS]
    named: list[str] = []
    for index, pattern in enumerate(fields.texts("explains")):
        found = [probe for probe in probes if fnmatchcase(probe, pattern)]
        named += found
        if not found:
            hint = did_you_mean(pattern, probes)
            fields.add("cause-explains", f"There is no probe '{pattern}'.", hint, ("explains", index))
    return tuple(dict.fromkeys(named))


def _nothing_to_fix(fields: Fields, severity: Severity) -> bool:
    """Does ``fix: none`` say so? Only a note may."""
    return severity == "note" and fields.is_text("fix") and fields.choice("fix", ("none",)) == "none"


def _fix(fields: Fields) -> Fix:
    if not fields.has("fix"):
        fields.add("field-missing", "'fix' is missing.", "a flow and a step, or none for a note")
        return Fix("", "")
    child = fields.child("fix")
    fix = Fix(child.text("flow"), child.text("step"))
    child.close()
    return fix


def _check_words(fields: Fields, cause: Cause | Variant) -> None:
    for key in TEXTS:
        for name in placeholders(getattr(cause, key)):
            if name not in VALUES:
                fields.add(
                    "cause-value", f"There is no value '{{{name}}}'.", did_you_mean(name, VALUES), (key,)
                )


def sayings_by_fix(catalog: Catalog) -> dict[tuple[str, str], str]:
    """What is said of the causes that each step fixes, by flow and step: for finding a step by a symptom."""
    sayings: dict[tuple[str, str], str] = {}
    for cause in catalog.causes:
        if cause.fix is not None:
            fix = (cause.fix.flow, cause.fix.step)
            sayings[fix] = f"{sayings.get(fix, '')} {cause.say}"
    return sayings
