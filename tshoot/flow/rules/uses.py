"""Rules about flows that use each other (flow-anchors.md, b4: F208)."""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.flow.graph import reachable
from tshoot.flow.model import EndStep, Flow, UseStep
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.names import did_you_mean


def handed_back(flow: Flow) -> frozenset[str]:
    """What a flow can hand back: each end's ``returns``, else its outcome."""
    return frozenset(step.returns or step.end for step in flow.steps if isinstance(step, EndStep))


def used_flows_exist(subject: Subject) -> Iterator[LintProblem]:
    """A used flow exists."""
    known = subject.world.flows.files
    for step in _uses(subject.flow):
        if step.use not in known:
            message = f"There is no flow '{step.use}'."
            yield subject.at(step, "use-exists", message, did_you_mean(step.use, known), "use")


def every_return_routed(subject: Subject) -> Iterator[LintProblem]:
    """Whatever a used flow hands back has a way, and nothing else has."""
    yield from returns_without_way(subject)
    known = subject.world.flows.files
    for step in _uses(subject.flow):
        if step.use in known:
            results = handed_back(known[step.use].flow)
            for result in sorted(set(step.on) - results):
                message = f"'{step.use}' never hands back '{result}'."
                yield subject.at(step, "use-return", message, did_you_mean(result, results), "on", result)


def returns_without_way(subject: Subject) -> Iterator[LintProblem]:
    """Whatever a used flow hands back has a way; without one a session would stand still."""
    known = subject.world.flows.files
    for step in _uses(subject.flow):
        if step.use in known:
            results = handed_back(known[step.use].flow)
            for result in sorted(results - set(step.on)):
                message = f"'{step.use}' can hand back '{result}', which has no way here."
                yield subject.at(step, "use-return", message, f"add '{result}: <step>' under 'on'", "on")


def use_goes_not_round(subject: Subject) -> Iterator[LintProblem]:
    """No flow uses itself, directly or through others."""
    used = {
        name: tuple(step.use for step in _uses(file.flow)) for name, file in subject.world.flows.files.items()
    }
    for step in _uses(subject.flow):
        if subject.flow.flow in reachable(step.use, used):
            message = f"'{subject.flow.flow}' uses '{step.use}', which leads back to '{subject.flow.flow}'."
            yield subject.at(step, "use-circle", message, "end this flow and let the other go on", "use")


def returns_declared(subject: Subject) -> Iterator[LintProblem]:
    """``returns`` lists exactly what the ends hand back."""
    declared, real = frozenset(subject.flow.returns), handed_back(subject.flow)
    if declared and declared != real:
        said = ", ".join(sorted(declared ^ real))
        message = f"'returns' and the ends of the flow differ in: {said}."
        yield subject.at_flow("returns-differ", message, f"write: [{', '.join(sorted(real))}]", "returns")


def _uses(flow: Flow) -> Iterator[UseStep]:
    return (step for step in flow.steps if isinstance(step, UseStep))
