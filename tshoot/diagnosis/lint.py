"""Proofs about the catalogue, by enumerating the closed outcomes of probes and signals.

Every piece of evidence is taken as free to end in any of its outcomes, independently of the others. So a
rule that can't fire here can't fire at all, and a combination that is excluded here never happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from tshoot.diagnosis.catalog import evidence_outcomes
from tshoot.diagnosis.cause import Catalog, Cause
from tshoot.diagnosis.grades import GRADES
from tshoot.diagnosis.rules import demanded_trouble
from tshoot.diagnosis.signals import SIGNALS
from tshoot.probes.model import ProbeSpec

Domains = dict[str, frozenset[str]]
"""Evidence → the outcomes left to it."""


def catalog_problems(catalog: Catalog, specs: Mapping[str, ProbeSpec] | None = None) -> list[str]:
    """What is wrong with the rules as a whole, in sentences; empty when nothing is.

    ``specs`` are the probes' declarations; without them the vocabulary of ``docs/probes.md`` counts.
    """
    known = dict(evidence_outcomes(specs))
    catalog = Catalog(tuple(cause for cause in catalog.causes if not cause.asked))
    return [
        *_never_firing(catalog, known),
        *_fired_by_health(catalog),
        *_no_trouble(catalog),
        *_unclear_precedence(catalog, known),
        *_unused_signals(catalog, known),
    ]


def _never_firing(catalog: Catalog, known: Domains) -> Iterator[str]:
    for cause in catalog.causes:
        if not any(_ways(known, cause)):
            yield f"{cause.id} can never fire: its conditions contradict each other."


def _fired_by_health(catalog: Catalog) -> Iterator[str]:
    healthy = {**{probe: _good_outcomes(probe) for probe in GRADES}, **_good_signals()}
    for cause in catalog.causes:
        if cause.severity != "note" and any(_ways(healthy, cause)):
            yield f"{cause.id} fires although every probe says that all is well."


def _good_outcomes(probe: str) -> frozenset[str]:
    good = {outcome for outcome, state in GRADES[probe].items() if state == "ok"}
    return frozenset(good | {"not_applicable", "skipped", "error"})


def _good_signals() -> Domains:
    return {name: signal.good for name, signal in SIGNALS.items()}


def _no_trouble(catalog: Catalog) -> Iterator[str]:
    for cause in catalog.causes:
        if cause.severity == "broken" and not demanded_trouble({**cause.when, **cause.any_of}):
            yield f"{cause.id} rests on no probe that is in trouble, so nothing deeper can explain it."


def _unclear_precedence(catalog: Catalog, known: Domains) -> Iterator[str]:
    """Two causes may claim the same trouble only where the earlier one explains it."""
    for first, second in combinations(catalog.causes, 2):
        if first.severity != second.severity or first.severity == "note":
            continue
        if any(_claims_again(first, second, left) for left in _ways(known, first, second)):
            yield f"{first.id} and {second.id} claim the same trouble; neither explains the other."


def _claims_again(first: Cause, second: Cause, left: Domains) -> bool:
    theirs = [demanded_trouble({**cause.when, **cause.any_of}) & left.keys() for cause in (first, second)]
    same = bool(theirs[1]) and theirs[1] <= theirs[0]
    return same and not (second.may_fold_under(first) and theirs[1] <= set(first.explains))


def _unused_signals(catalog: Catalog, known: Domains) -> Iterator[str]:
    """A signal that no rule names is superfluous or forgotten."""
    named = {
        (name, outcome)
        for cause in catalog.causes
        for group in cause.conditions().values()
        for name, outcomes in group.items()
        for outcome in outcomes
    }
    for signal in SIGNALS.values():
        if not any((signal.name, outcome) in named for outcome in signal.outcomes):
            yield f"The signal {signal.name} is used by no rule."


def _ways(known: Mapping[str, frozenset[str]], *causes: Cause) -> Iterator[Domains]:
    """The ways in which all ``causes`` hold at once: what is left to each piece of evidence they name."""
    left: Domains = {}
    for cause in causes:
        for name, outcomes in cause.when.items():
            left[name] = left.get(name, known.get(name, frozenset())) & outcomes
    yield from _with_any_of(known, left, causes, causes)


def _with_any_of(
    known: Mapping[str, frozenset[str]], left: Domains, rest: tuple[Cause, ...], causes: tuple[Cause, ...]
) -> Iterator[Domains]:
    if not rest:
        remaining = _without_unless(left, causes)
        if all(remaining.values()):
            yield remaining
        return
    cause, *others = rest
    if not cause.any_of:
        yield from _with_any_of(known, left, tuple(others), causes)
    for name, outcomes in cause.any_of.items():
        narrowed = {**left, name: left.get(name, known.get(name, frozenset())) & outcomes}
        yield from _with_any_of(known, narrowed, tuple(others), causes)


def _without_unless(left: Domains, causes: tuple[Cause, ...]) -> Domains:
    remaining = dict(left)
    for cause in causes:
        for name, outcomes in cause.unless.items():
            if name in remaining:
                remaining[name] = remaining[name] - outcomes
    return remaining
