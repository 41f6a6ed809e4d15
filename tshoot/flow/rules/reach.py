"""Rules about how far things are: help, and the number of questions (flow-anchors.md, F206, F207)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from statistics import median

from tshoot.flow.graph import Edge
from tshoot.flow.loader import FlowSet
from tshoot.flow.model import AddressStep, AskStep, EndStep, Flow, UseStep
from tshoot.flow.rules.subject import LintProblem, Subject

FARTHEST_HELP = 6
"""So many moves away from any step an end that names a channel may be."""
MOST_QUESTIONS = 7
"""Questions on a median path: 7 are advised by vendors of guided help (flow-anchors.md, KM2)."""
_FAR = 10**6


def help_near(subject: Subject) -> Iterator[LintProblem]:
    """From every step an end that names a support channel is near."""
    moves = _moves_to_help(subject.flow, subject.ways, subject.world.flows, (subject.flow.flow,))
    ends = {step.id: 0 for step in subject.flow.steps if isinstance(step, EndStep)}
    ending = _distances(ends, subject.ways)  # where no end is, another rule says so
    for step in subject.flow.steps:
        distance = moves.get(step.id, _FAR)
        if distance > FARTHEST_HELP and ending.get(step.id):
            far = "never comes" if distance >= _FAR else f"is {distance} moves away"
            message = f"From '{step.id}' help {far}."
            hint = f"at most {FARTHEST_HELP} moves to an end with 'help'"
            yield subject.at(step, "help-far", message, hint)


def _moves_to_help(
    flow: Flow, ways: Mapping[str, tuple[Edge, ...]], flows: FlowSet, above: tuple[str, ...]
) -> dict[str, int]:
    """For each step the fewest moves to an end with help, also inside a used flow."""
    starts: dict[str, int] = {}
    for step in flow.steps:
        if isinstance(step, EndStep) and step.help:
            starts[step.id] = 0
        elif isinstance(step, UseStep) and step.use in flows.files and step.use not in above:
            starts[step.id] = _inside(flows.files[step.use].flow, flows, (*above, step.use))
    return _distances(starts, ways)


def _inside(flow: Flow, flows: FlowSet, above: tuple[str, ...]) -> int:
    from tshoot.flow.graph import step_edges

    ways = {step.id: step_edges(step) for step in flow.steps}
    return _moves_to_help(flow, ways, flows, above).get(flow.start, _FAR) + 1


def _distances(starts: Mapping[str, int], ways: Mapping[str, tuple[Edge, ...]]) -> dict[str, int]:
    """The fewest edges from each step to one of the starts, each counted from its own number."""
    incoming: dict[str, list[str]] = {}
    for edges in ways.values():
        for edge in edges:
            incoming.setdefault(edge.target, []).append(edge.source)
    best = dict(starts)
    todo = deque(sorted(starts, key=lambda name: starts[name]))
    while todo:
        here = todo.popleft()
        for source in incoming.get(here, ()):
            if best[here] + 1 < best.get(source, _FAR):
                best[source] = best[here] + 1
                todo.append(source)
    return best


def questions_few(subject: Subject) -> Iterator[LintProblem]:
    """On a median path at most seven questions are asked (warning)."""
    asked = median_questions(subject.flow, subject.ways)
    if asked > MOST_QUESTIONS and subject.flow.start in subject.ids:
        message = f"The median path asks {asked:g} questions; more than {MOST_QUESTIONS} tire people."
        step = subject.steps[subject.flow.start]
        yield subject.warn(step, "path-questions", message, "measure instead, or leave questions out")


def median_questions(flow: Flow, ways: Mapping[str, tuple[Edge, ...]]) -> float:
    """The median over one path per edge: the shortest from the start through the edge to an end.

    Questions are ``ask`` and ``address`` steps; those asked instead of a measurement don't count.
    """
    asks = {step.id for step in flow.steps if isinstance(step, AskStep | AddressStep)}
    ends = [step.id for step in flow.steps if isinstance(step, EndStep)]
    before = _counted(
        [flow.start], {name: tuple(edge.target for edge in way) for name, way in ways.items()}, asks
    )
    backwards: dict[str, list[str]] = {}
    for name, edges in ways.items():
        for edge in edges:
            backwards.setdefault(edge.target, []).append(name)
    after = _counted(ends, backwards, asks)
    counts = [
        before[name] + after[edge.target]
        for name, edges in ways.items() for edge in edges if name in before and edge.target in after
    ]  # fmt: skip
    return float(median(counts)) if counts else 0.0


def _counted(
    starts: list[str], targets: Mapping[str, tuple[str, ...] | list[str]], asks: set[str]
) -> dict[str, int]:
    """For each step the questions on the shortest path from a start, both ends included."""
    counts = {name: int(name in asks) for name in starts}
    todo = deque(starts)
    while todo:
        here = todo.popleft()
        for target in targets.get(here, ()):
            if target not in counts:
                counts[target] = counts[here] + int(target in asks)
                todo.append(target)
    return counts
