"""How many steps are left to an edge or to an end, read from the graphs of the flows in use."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache

from tshoot.flow.graph import EXHAUSTED, Edge, step_edges
from tshoot.flow.model import EndStep, Flow
from tshoot.guide.state import Frame, State

NO_WAY = 10**6


class WayLeft:
    """Estimates the way left from a state to ``edge`` of the flow, or to any end of it (None)."""

    def __init__(self, flows: Mapping[str, Flow], flow_id: str, edge: Edge | None) -> None:
        self._flows, self._flow, self._edge = flows, flow_id, edge
        self._to_goal = distances(flows[flow_id], _ends(flows[flow_id]) if edge is None else [edge.source])
        self._round = self._shortest_round()
        self._source = next(step for step in flows[flow_id].steps if edge is None or step.id == edge.source)

    def left(self, state: State) -> int:
        """Steps left; :data:`NO_WAY` or more where the graph shows none."""
        base, *inner = state.stack
        if not inner:
            return self._in_flow(base.step, state)
        ways = self._ways(base.step)
        if self._edge and base.step == self._edge.source and self._edge.label != EXHAUSTED:
            return 1 + self._out_of(tuple(inner), self._edge.label)
        return 1 + min(
            self._out_of(tuple(inner), edge.label) + self._in_flow(edge.target, state)
            for edge in ways
            if edge.label != EXHAUSTED
        )

    def _out_of(self, frames: tuple[Frame, ...], wanted: str | None) -> int:
        """Steps left until the outermost of the used flows hands back ``wanted``."""
        here, *inner = frames
        left = self._to_return(here.flow, wanted)
        if not inner:
            return left.get(here.step, NO_WAY)
        ways = next(step_edges(step) for step in self._flows[here.flow].steps if step.id == here.step)
        return 1 + min(
            self._out_of(tuple(inner), edge.label) + left.get(edge.target, NO_WAY)
            for edge in ways
            if edge.label != EXHAUSTED
        )

    def _in_flow(self, here: str, state: State) -> int:
        left = self._to_goal.get(here, NO_WAY)
        if self._edge is not None and self._edge.label == EXHAUSTED:
            step = self._source
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
