"""A flow as a graph: its labelled edges, what can be reached, and the shortest ways."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch

from tshoot.flow.model import (
    AddressStep,
    AskStep,
    DecideStep,
    DiagnoseStep,
    DoStep,
    Flow,
    ProbeStep,
    Step,
    TellStep,
    UseStep,
    VerifyStep,
    WaitStep,
    WatchStep,
)
from tshoot.lookalike.model import OUTCOMES

MeasuringStep = ProbeStep | DiagnoseStep | VerifyStep | WatchStep
HumanStep = AskStep | AddressStep | DoStep | TellStep | WaitStep
CheckStep = VerifyStep | WatchStep
"""Steps that measure whether something an action was meant to bring about is there."""
EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a step to another; ``label`` is the answer, outcome, cause or case that takes it."""

    source: str
    label: str
    target: str


def edges(flow: Flow) -> tuple[Edge, ...]:
    """Every way in the flow, in the order of the file."""
    return tuple(edge for step in flow.steps for edge in step_edges(step))


def step_edges(step: Step) -> tuple[Edge, ...]:
    """The ways out of one step; last the one taken when it was met ``at_most`` times."""
    ways = [Edge(step.id, label, target) for label, target in _ways(step)]
    if step.exhausted is not None:
        ways.append(Edge(step.id, EXHAUSTED, step.exhausted))
    return tuple(ways)


@singledispatch
def _ways(step: Step) -> Iterator[tuple[str, str]]:
    yield from ()  # an end


@_ways.register
def _(step: AskStep) -> Iterator[tuple[str, str]]:
    for option in step.options:
        yield option.id, option.then


@_ways.register
def _(step: AddressStep) -> Iterator[tuple[str, str]]:
    yield from ((outcome, getattr(step.on, outcome)) for outcome in OUTCOMES)
    for option in step.options:
        yield option.id, option.then


@_ways.register
def _(step: ProbeStep) -> Iterator[tuple[str, str]]:
    yield from step.on.items()


@_ways.register
def _(step: DiagnoseStep) -> Iterator[tuple[str, str]]:
    yield from step.on.items()
    yield "else", step.else_


@_ways.register
def _(step: DecideStep) -> Iterator[tuple[str, str]]:
    for case in step.decide:
        facts = (f"{fact} is {' or '.join(values)}" for fact, values in case.when.items())
        yield ", ".join(facts), case.then
    yield "else", step.else_


@_ways.register
def _(step: DoStep) -> Iterator[tuple[str, str]]:
    yield "done", step.then.done
    yield "cannot", step.then.cannot


@_ways.register
def _(step: VerifyStep) -> Iterator[tuple[str, str]]:
    yield "fixed", step.then.fixed
    yield "not_fixed", step.then.not_fixed
    yield "cannot_tell", step.then.cannot_tell


@_ways.register
def _(step: WatchStep) -> Iterator[tuple[str, str]]:
    yield "seen", step.then.seen
    yield "not_seen", step.then.not_seen
    yield "cannot_tell", step.then.cannot_tell


@_ways.register
def _(step: WaitStep) -> Iterator[tuple[str, str]]:
    yield "go_on", step.then


@_ways.register
def _(step: TellStep) -> Iterator[tuple[str, str]]:
    yield "next", step.then


@_ways.register
def _(step: UseStep) -> Iterator[tuple[str, str]]:
    yield from step.on.items()


def targets_by_step(flow: Flow) -> dict[str, tuple[str, ...]]:
    """For each step the existing steps it can lead to."""
    ids = {step.id for step in flow.steps}
    return {
        step.id: tuple(edge.target for edge in step_edges(step) if edge.target in ids) for step in flow.steps
    }


def reachable(start: str, targets: Mapping[str, Iterable[str]]) -> set[str]:
    """``start`` and everything that can be reached from it."""
    found, todo = {start}, [start]
    while todo:
        new = [target for target in targets.get(todo.pop(), ()) if target not in found]
        found.update(new)
        todo += new
    return found


def shortest_paths(flow: Flow) -> dict[str, tuple[Edge, ...]]:
    """For each step that can be reached the fewest edges that lead there from the start."""
    ways = {step.id: step_edges(step) for step in flow.steps}
    paths: dict[str, tuple[Edge, ...]] = {flow.start: ()} if flow.start in ways else {}
    todo = deque(paths)
    while todo:
        here = todo.popleft()
        for edge in ways[here]:
            if edge.target in ways and edge.target not in paths:
                paths[edge.target] = (*paths[here], edge)
                todo.append(edge.target)
    return paths


def upcoming_probes(flow: Flow, step_id: str) -> tuple[MeasuringStep, ...]:
    """What may be measured before the next human step, nearest first; for speculation.

    At a step for a person (:data:`HumanStep`): what may follow the answer. Behind the ``done`` of a ``do``,
    a ``wait`` and a ``watch`` nothing counts: what was measured before is stale then.
    Raises KeyError for an unknown step.
    """
    steps = {step.id: step for step in flow.steps}
    first = steps[step_id]
    todo = deque(_speculative(first) if isinstance(first, HumanStep) else (step_id,))
    seen: dict[str, Step] = {}
    while todo:
        step = steps.get(todo.popleft())
        if step is not None and step.id not in seen and not isinstance(step, HumanStep):
            seen[step.id] = step
            todo += _speculative(step)
    return tuple(step for step in seen.values() if isinstance(step, MeasuringStep))


def _speculative(step: Step) -> tuple[str, ...]:
    if isinstance(step, DoStep):
        return (step.then.cannot,)
    if isinstance(step, UseStep | WaitStep | WatchStep):
        return ()
    return tuple(edge.target for edge in step_edges(step))
