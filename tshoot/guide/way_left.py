"""How many steps are left to an edge or to an end, read from the graphs of the flows in use."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache

from tshoot.flow.graph import EXHAUSTED, Edge, step_edges
from tshoot.flow.model import EndStep, Flow, UseStep
from tshoot.guide.state import State

NO_WAY = 10**6


class WayLeft:
    """Estimates the way left from a state to ``edge`` of the flow, or to any end of it (None)."""

    def __init__(self, flows: Mapping[str, Flow], flow_id: str, edge: Edge | None) -> None:
        self._flows, self._flow, self._edge = flows, flow_id, edge
        self._to_goal = distances(flows[flow_id], _ends(flows[flow_id]) if edge is None else [edge.source])
        self._round = self._shortest_round()

    def left(self, state: State) -> int:
        """Steps left; :data:`NO_WAY` or more where the graph shows none."""
        base, *inner = state.stack
        here = base.step
        left, inside = 0, False
        for depth, frame in enumerate(inner):
            wanted = self._return_wanted(here) if depth == 0 else None
            left += self._to_return(frame.flow, wanted).get(frame.step, NO_WAY)
            inside = True
        return left + self._in_flow(here, state, inside)

    def _in_flow(self, here: str, state: State, inside: bool) -> int:
        if inside and not (self._edge and here == self._edge.source):
            # The use step is behind us as soon as the inner flow ends.
            targets = [edge.target for edge in self._ways(here)]
            return 1 + min((self._to_goal.get(target, NO_WAY) for target in targets), default=NO_WAY)
        left = self._to_goal.get(here, NO_WAY)
        if self._edge is not None and self._edge.label == EXHAUSTED:
            step = next(step for step in self._flows[self._flow].steps if step.id == self._edge.source)
            missing = (step.at_most or 0) - state.met.get((self._flow, step.id), 0)
            if here == step.id and missing >= 0:
                left = self._round
            return left + self._round * max(0, missing)
        return left

    def _shortest_round(self) -> int:
        """The fewest steps from the edge's source back to it; 1 where no limit has to be used up."""
        if self._edge is None or self._edge.label != EXHAUSTED:
            return 1
        ways = self._ways(self._edge.source)
        back = (self._to_goal.get(edge.target, NO_WAY) for edge in ways if edge.label != EXHAUSTED)
        return 1 + min(back, default=NO_WAY)

    def _return_wanted(self, use_step: str) -> str | None:
        return self._edge.label if self._edge and use_step == self._edge.source else None

    @cache  # noqa: B019 - lives as long as one search
    def _ways(self, step_id: str) -> tuple[Edge, ...]:
        return next(step_edges(step) for step in self._flows[self._flow].steps if step.id == step_id)

    @cache  # noqa: B019
    def _to_return(self, flow_id: str, wanted: str | None) -> dict[str, int]:
        return distances(self._flows[flow_id], _ends(self._flows[flow_id], wanted))

    def farthest_first(self, found: Iterable[Edge]) -> list[Edge]:
        """Edges by their distance from the start, the farthest first; limits last, they need many rounds."""
        flow = self._flows[self._flow]
        ways = {step.id: [edge.target for edge in step_edges(step)] for step in flow.steps}
        depth = _spread([flow.start], ways)
        return sorted(found, key=lambda edge: (edge.label == EXHAUSTED, -depth.get(edge.source, 0)))


def distances(flow: Flow, goals: Iterable[str]) -> dict[str, int]:
    """For each step that can reach a goal the fewest edges to the nearest."""
    incoming: dict[str, list[str]] = {}
    for step in flow.steps:
        for edge in step_edges(step):
            if not isinstance(step, UseStep) or edge.target:
                incoming.setdefault(edge.target, []).append(step.id)
    return _spread(goals, incoming)


def _spread(starts: Iterable[str], targets: Mapping[str, Iterable[str]]) -> dict[str, int]:
    found = dict.fromkeys(starts, 0)
    todo = deque(found)
    while todo:
        here = todo.popleft()
        for target in targets.get(here, ()):
            if target not in found:
                found[target] = found[here] + 1
                todo.append(target)
    return found


def _ends(flow: Flow, result: str | None = None) -> list[str]:
    ends = [step for step in flow.steps if isinstance(step, EndStep)]
    return [step.id for step in ends if result in {None, EXHAUSTED, step.returns or step.end}]
