"""Rules about the cases of a ``decide`` (flow-anchors.md, b4: F304)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from tshoot.flow.model import Case, DecideStep
from tshoot.flow.rules.subject import LintProblem, Subject

_MOST_COMBINATIONS = 4096


def cases_not_shadowed(subject: Subject) -> Iterator[LintProblem]:
    """Every case can be the first that holds: the cases before it don't take all it would take."""
    for step in subject.flow.steps:
        if isinstance(step, DecideStep):
            for number, case in enumerate(step.decide):
                if number and _taken(case, step.decide[:number]):
                    message = (
                        f"Case {number + 1} of '{step.id}' can never be taken: others before it take all."
                    )
                    hint = "put it first, or remove it"
                    yield subject.at(step, "case-shadowed", message, hint, "decide", number, "when")


def _taken(case: Case, earlier: Sequence[Case]) -> bool:
    """True where every combination of the case's values is taken by one of the earlier cases.

    A fact that the case does not name may have any value, so a case that names it doesn't take all.
    """
    if prod(len(values) for values in case.when.values()) > _MOST_COMBINATIONS:
        return any(_holds_all(case.when, other.when) for other in earlier)
    facts = list(case.when)
    for values in product(*case.when.values()):
        known = dict(zip(facts, values, strict=True))
        if not any(
            _holds_all({fact: (value,) for fact, value in known.items()}, other.when) for other in earlier
        ):
            return False
    return True


def _holds_all(known: Mapping[str, Iterable[str]], when: Mapping[str, Iterable[str]]) -> bool:
    return all(
        fact in known and all(any(_matches(value, pattern) for pattern in patterns) for value in known[fact])
        for fact, patterns in when.items()
    )


def _matches(value: str, pattern: str) -> bool:
    return value == pattern or (pattern.endswith(".*") and value.startswith(pattern[:-1]))
