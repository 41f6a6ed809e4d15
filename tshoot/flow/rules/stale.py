"""Rules about time: results older than an action, questions already settled (flow-anchors.md, F308, F309)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tshoot.flow.graph import EXHAUSTED, Edge, reachable
from tshoot.flow.loader import FlowSet
from tshoot.flow.model import (
    AskStep,
    DecideStep,
    DiagnoseStep,
    DoStep,
    EndStep,
    Flow,
    ProbeStep,
    Step,
    UseStep,
    VerifyStep,
    WatchStep,
)
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.probes.model import COMMON_OUTCOMES

_ALIKE = 0.7
"""Two questions that share this part of their words ask the same."""
_SMALL_WORDS = frozenset(
    {
        "a", "an", "and", "are", "at", "by", "can", "do", "does", "for", "in", "is", "it", "now", "of",
        "on", "or", "that", "the", "this", "to", "you", "your",
    }
)  # fmt: skip


def results_fresh(subject: Subject) -> Iterator[LintProblem]:
    """A ``decide`` does not look at a result that an action since then may have changed."""
    for step in subject.flow.steps:
        for number, case in enumerate(step.decide if isinstance(step, DecideStep) else ()):
            for fact in case.when:
                if fact == "cause" or fact in subject.world.specs:
                    action = _action_since(step.id, fact, subject)
                    if action:
                        message = f"'{fact}' may be from before '{action}', which can have changed it."
                        hint = "measure it again after the action, before deciding on it"
                        yield subject.at(step, "result-stale", message, hint, "decide", number, "when", fact)


def _action_since(decide: str, fact: str, subject: Subject) -> str | None:
    """A step that acts, and from which a way without a new measurement leads to the decide."""
    incoming = _incoming(subject.ways)
    todo, seen = [decide], {decide}
    while todo:
        for edge in incoming.get(todo.pop(), ()):
            source = subject.steps[edge.source]
            if _acts(source, edge, fact, subject.world.flows, ()):
                if _measured_before(source.id, fact, subject):
                    return source.id
            elif edge.source not in seen and not _measures(source, edge, fact):
                seen.add(edge.source)
                todo.append(edge.source)
    return None


def _acts(step: Step, edge: Edge, fact: str, flows: FlowSet, above: tuple[str, ...]) -> bool:
    """True where taking the edge means that something was changed since the fact was last measured."""
    if isinstance(step, DoStep):
        return edge.label == "done"
    if isinstance(step, UseStep) and step.use in flows.files and step.use not in above:
        return edge.label in _stale_returns(flows.files[step.use].flow, fact, flows, (*above, step.use))
    return False


def _stale_returns(flow: Flow, fact: str, flows: FlowSet, above: tuple[str, ...]) -> frozenset[str]:
    """What a used flow can hand back after an action without having measured the fact again."""
    from tshoot.flow.graph import step_edges

    steps = {step.id: step for step in flow.steps}
    ways = {step.id: step_edges(step) for step in flow.steps}
    acted = [
        edge.target for step in flow.steps for edge in ways[step.id] if _acts(step, edge, fact, flows, above)
    ]
    unmeasured = {
        name: tuple(edge.target for edge in ways[name] if not _measures(steps[name], edge, fact))
        for name in steps
    }
    found = {name for start in acted for name in reachable(start, unmeasured)}
    ends = (step for step in flow.steps if isinstance(step, EndStep) and step.id in found)
    return frozenset(step.returns or step.end for step in ends)


def _measures(step: Step, edge: Edge, fact: str) -> bool:
    """True where the fact has just been measured when the edge is taken."""
    if edge.label == EXHAUSTED:
        return False
    if isinstance(step, VerifyStep):
        return step.verify.diagnose is not None or step.verify.probe == fact
    if isinstance(step, WatchStep):
        return step.watch.probe == fact
    return isinstance(step, DiagnoseStep) or getattr(step, "probe", None) == fact


def _measured_before(step_id: str, fact: str, subject: Subject) -> bool:
    """Where nothing has measured the fact before the action, there is no old result to trust."""
    targets = {name: tuple(edge.target for edge in ways) for name, ways in subject.ways.items()}
    measuring = [
        edge.target for name, ways in subject.ways.items() for edge in ways
        if _measures(subject.steps[name], edge, fact)
    ]  # fmt: skip
    return any(step_id in reachable(start, targets) for start in measuring)


def _incoming(ways: Mapping[str, tuple[Edge, ...]]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edges in ways.values():
        for edge in edges:
            found.setdefault(edge.target, []).append(edge)
    return found


def nothing_asked_twice(subject: Subject) -> Iterator[LintProblem]:
    """What a probe has settled is not asked (warning)."""
    asks = {step.id: _words(step.ask) for step in subject.flow.steps if isinstance(step, AskStep)}
    if not asks:
        return
    for step in subject.flow.steps:
        instead = getattr(step, "ask_instead", None)
        same = [name for name, words in asks.items() if _alike(words, _words(instead.ask))] if instead else []
        if same:
            reached = _settled_from(step, subject)
            for name in same:
                if name in reached:
                    message = f"'{name}' asks what '{step.id}' has found out already."
                    hint = "ask only where the measurement could not tell"
                    yield subject.warn(subject.steps[name], "ask-settled", message, hint, "ask")


def _settled_from(step: Step, subject: Subject) -> set[str]:
    """Steps that can be reached with a measured answer, before the next action."""
    targets = {name: tuple(edge.target for edge in ways) for name, ways in subject.ways.items()}
    targets |= {do.id: (do.then.cannot,) for do in subject.flow.steps if isinstance(do, DoStep)}
    targets[step.id] = ()
    sure = [edge.target for edge in subject.ways[step.id] if _conclusive(step, edge, subject)]
    return {name for start in sure for name in reachable(start, targets)}


def _conclusive(step: Step, edge: Edge, subject: Subject) -> bool:
    open_ends = {"*", EXHAUSTED, "else", "unknown", "cannot_tell", *COMMON_OUTCOMES}
    spec = subject.world.specs.get(step.probe) if isinstance(step, ProbeStep) else None
    return edge.label not in open_ends | (spec.inconclusive if spec else frozenset())


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))) - _SMALL_WORDS


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    together = one | other
    return bool(together) and len(one & other) / len(together) >= _ALIKE
