"""Finds walks of a flow that together take every edge, with the real engine and made-up evidence.

For each edge that no walk took yet, a best-first search over the engine's own states leads there and on to an
end. The distance still to go is read from the graph, so the search hardly strays; what the engine would
refuse (a step met too often, an answer that is known already) is never assumed.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from tshoot.catalog.services import official_domains
from tshoot.flow.graph import EXHAUSTED, Edge, edges
from tshoot.flow.model import Flow
from tshoot.guide.engine import Engine
from tshoot.guide.errors import EngineError
from tshoot.guide.evidence_made import Setting, events_for, settings_of, settings_of_case
from tshoot.guide.model import Effect, Event, Finish
from tshoot.guide.standin import with_stand_ins
from tshoot.guide.state import State
from tshoot.guide.taken import FlowEdge, edges_taken
from tshoot.guide.way_left import NO_WAY, WayLeft
from tshoot.probes.model import ProbeSpec

MOST_STATES = 400
"""So many states are looked at from one start before another is tried, or the edge is given up."""
_EAGERNESS = 2.5
"""How much the way left weighs against the way made; above 1 for speed, at the cost of a detour."""


@dataclass(frozen=True)
class Walk:
    """One walk from the start of a flow to an end."""

    flow: str
    setting: Setting
    events: tuple[Event, ...]
    taken: tuple[FlowEdge, ...]
    finish: Finish


@dataclass(frozen=True)
class Explored:
    """The walks found, and the flow's own edges that none could take."""

    walks: tuple[Walk, ...]
    untaken: tuple[Edge, ...]


@dataclass(frozen=True)
class _Node:
    state: State
    effect: Effect
    events: tuple[Event, ...]


class Explorer:
    """Explores flows. ``causes`` are the headlines that a diagnosis can name, ``specs`` the probes."""

    def __init__(
        self, flows: Mapping[str, Flow], specs: Mapping[str, ProbeSpec], causes: Collection[str]
    ) -> None:
        self._all, self.specs, self.causes = flows, specs, tuple(sorted(causes))
        self.flows: Mapping[str, Flow] = flows
        self.engine = Engine(flows, "linux")
        self._budget = 0
        steps = [step for flow in flows.values() for step in flow.steps]
        decided = {fact for step in steps for case in getattr(step, "decide", ()) for fact in case.when}
        asked = {name for step in steps if (name := getattr(step, "remember", None))}
        self._routing = frozenset(decided | asked)

    def explore(self, flow_id: str) -> Explored:
        """Walks that take every edge of the flow that can be taken, and those that can't.

        The flows it uses are stood in for: they hand back whatever they can, one after another.
        """
        self.flows = with_stand_ins(self._all, flow_id)
        self.engine = Engine(self.flows, "linux")
        left = dict.fromkeys(edges(self.flows[flow_id]))
        walks, untaken = list[Walk](), list[Edge]()
        settings = settings_of(self.flows, flow_id, self.specs)
        # Long ways first: they take many edges on the way.
        order = WayLeft(self.flows, flow_id, None).farthest_first(left)
        for edge in order:
            if edge not in left:
                continue
            walk = self._walk_taking(flow_id, edge, settings)
            if walk is None:
                untaken.append(edge)
                del left[edge]
                continue
            walks.append(walk)
            for flow, done in walk.taken:
                if flow == flow_id:
                    left.pop(done, None)
        return Explored(tuple(walks), tuple(untaken))

    def _walk_taking(self, flow_id: str, edge: Edge, settings: Sequence[Setting]) -> Walk | None:
        to_edge, to_end = WayLeft(self.flows, flow_id, edge), WayLeft(self.flows, flow_id, None)
        fitting = settings_of_case(self.flows, flow_id, edge, self.specs)
        for setting in (*fitting, *settings, *self._used_before(flow_id, edge)):
            self._budget = MOST_STATES
            start = self._started(flow_id, setting)
            there = self._search(start, to_edge, setting, (flow_id, edge)) if start else None
            ended = self._search(there, to_end, setting, None) if there else None
            if ended and isinstance(ended.effect, Finish):
                taken = tuple(edges_taken(self.flows, ended.state.transcript))
                return Walk(flow_id, setting, ended.events, taken, ended.effect)
        return None

    def _started(self, flow_id: str, setting: Setting) -> _Node | None:
        try:
            state, effect = self.engine.start(flow_id, setting.known)
        except EngineError:
            return None
        return _Node(replace(state, met={**setting.met, **state.met}), effect, ())

    def _used_before(self, flow_id: str, edge: Edge) -> Iterator[Setting]:
        """For the limit of a flow that others use: a session that has walked it once already."""
        used = any(
            getattr(step, "use", None) == flow_id for flow in self._all.values() for step in flow.steps
        )
        if used and edge.label == EXHAUSTED:
            step = self.engine.step(flow_id, edge.source)
            yield Setting(met={(flow_id, step.id): step.at_most or 0})

    def _search(self, start: _Node, way: WayLeft, setting: Setting, goal: FlowEdge | None) -> _Node | None:
        """The node where the goal edge has been taken; without a goal, where the flow has ended."""
        if self._reached(start, goal, 0):
            return start
        order, seen = count(1), {self._key(start.state)}
        heap = [(0.0, 0, start)] if way.left(start.state) < NO_WAY else []
        while heap and self._budget > 0:
            self._budget -= 1
            node = heapq.heappop(heap)[2]
            for found in self._next(node, setting):
                if self._reached(found, goal, len(node.state.transcript)):
                    return found
                key, left = self._key(found.state), way.left(found.state)
                if key not in seen and left < NO_WAY and not isinstance(found.effect, Finish):
                    seen.add(key)
                    cost = len(found.state.transcript) + _EAGERNESS * left
                    heapq.heappush(heap, (cost, next(order), found))
        return None

    def _next(self, node: _Node, setting: Setting) -> Iterator[_Node]:
        for event in events_for(
            node.effect, self.engine, self.specs, self.causes, setting, official_domains()
        ):
            try:
                state, effect = self.engine.handle(node.state, event)
            except EngineError:
                continue
            yield _Node(state, effect, (*node.events, event))

    def _reached(self, node: _Node, goal: FlowEdge | None, before: int) -> bool:
        if goal is None:
            return isinstance(node.effect, Finish)
        if before == len(node.state.transcript):
            return goal in edges_taken(self.flows, node.state.transcript)
        return goal in _lately(self.flows, node.state, before)

    def _key(self, state: State) -> tuple[object, ...]:
        """What of a state decides how it goes on."""
        places = tuple((frame.flow, frame.step, frame.call == 0) for frame in state.stack)
        met = tuple(
            (key, times)
            for key, times in sorted(state.met.items())
            if self.engine.step(*key).at_most is not None
        )
        facts = tuple(
            sorted((name, fact.value) for name, fact in state.facts.items() if name in self._routing)
        )
        return places, met, facts, type(state.pending)


def _lately(flows: Mapping[str, Flow], state: State, before: int) -> Iterator[FlowEdge]:
    """The edges of the transcript's new lines; the whole is read where a used flow was left in them."""
    new = state.transcript[before:]
    whole = any(line.kind == "end" for line in new)
    yield from edges_taken(flows, state.transcript if whole else new)
