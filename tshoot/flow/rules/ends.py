"""A rule about ends: the cause that one names is a cause that leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tshoot.flow.graph import reachable
from tshoot.flow.headlines import diagnosis_way, matches
from tshoot.flow.model import DecideStep, DiagnoseStep, EndStep, Step, UseStep
from tshoot.flow.rules.evidence import NO_CAUSE
from tshoot.flow.rules.subject import LintProblem, Subject

_CAUSE = "cause"


def end_causes_lead_there(subject: Subject) -> Iterator[LintProblem]:
    """A written ``cause`` of an end is one whose route leads to that end, past no other diagnosis.

    An end that no diagnosis leads to is left alone: its flow knows the cause by other means.
    """
    known = subject.world.causes | NO_CAUSE
    ends = {
        step.id: step
        for step in subject.flow.steps
        if isinstance(step, EndStep) and step.cause is not None and step.cause in known
    }
    diagnosed = _diagnosed(subject) if ends else set()
    for name, end in ends.items():
        if name in diagnosed and name not in _led_to(str(end.cause), subject):
            message = f"No diagnosis that finds '{end.cause}' leads to '{name}'."
            hint = "name a cause that leads there, or none: then the headline stands"
            yield subject.at(end, "end-cause", message, hint, _CAUSE)


def _diagnosed(subject: Subject) -> set[str]:
    """Every step behind a diagnosis."""
    targets = {name: tuple(edge.target for edge in ways) for name, ways in subject.ways.items()}
    starts = (step for step in subject.flow.steps if isinstance(step, DiagnoseStep))
    return {name for step in starts for way in targets[step.id] for name in reachable(way, targets)}


def _led_to(cause: str, subject: Subject) -> set[str]:
    """The steps that can be reached while the headline is this cause.

    A used flow may have found any cause, so all its ways count.
    """
    targets = {step.id: _ways_of(step, cause, subject) for step in subject.flow.steps}
    starts = [way for step in subject.flow.steps for way in _found_at(step, cause, targets)]
    return {name for start in starts for name in reachable(start, targets)}


def _found_at(step: Step, cause: str, targets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if isinstance(step, DiagnoseStep):
        return (diagnosis_way(cause, step.on, step.else_),)
    return targets[step.id] if isinstance(step, UseStep) else ()


def _ways_of(step: Step, cause: str, subject: Subject) -> tuple[str, ...]:
    if isinstance(step, DiagnoseStep):
        return (step.exhausted,) if step.exhausted else ()
    if isinstance(step, DecideStep):
        return tuple(_decided(step, cause))
    return tuple(edge.target for edge in subject.ways[step.id])


def _decided(step: DecideStep, cause: str) -> Iterator[str]:
    """The ways out of a ``decide`` that are open to this cause."""
    for case in step.decide:
        wanted = case.when.get(_CAUSE)
        if wanted is None or any(matches(cause, pattern) for pattern in wanted):
            yield case.then
            if wanted is not None and len(case.when) == 1:
                return
    yield step.else_
