"""Rules about the graph: targets, reachability, ends, circles (flow-anchors.md, b4: F102, F201–F204)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from tshoot.flow.graph import EXHAUSTED, Edge, reachable, step_edges, targets_by_step
from tshoot.flow.model import EndStep, Step
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.names import nearest_name


def file_name(subject: Subject) -> Iterator[LintProblem]:
    """A flow's id is the name of its file."""
    stem = PurePath(subject.file.document.file).stem
    if stem != subject.flow.flow:
        message = f"The flow is called '{subject.flow.flow}', its file '{stem}'."
        yield subject.at_flow("flow-name", message, "give both the same name", "flow")


def duplicate_steps(subject: Subject) -> Iterator[LintProblem]:
    """Every step has an id of its own."""
    seen: set[str] = set()
    for step in subject.flow.steps:
        if step.id in seen:
            message = f"There is a second step '{step.id}'."
            yield subject.at(step, "step-duplicate", message, "give it an id of its own")
        seen.add(step.id)


def start_exists(subject: Subject) -> Iterator[LintProblem]:
    """The start is a step."""
    if subject.flow.start not in subject.ids:
        message = f"The flow starts at '{subject.flow.start}', which is no step."
        yield subject.at_flow("start-exists", message, _nearest(subject.flow.start, subject), "start")


def targets_exist(subject: Subject) -> Iterator[LintProblem]:
    """Every way leads to a step."""
    for step in subject.flow.steps:
        for edge in step_edges(step):
            if edge.target not in subject.ids:
                message = f"'{edge.label}' leads to '{edge.target}', which is no step."
                yield subject.at(
                    step, "target-exists", message, _nearest(edge.target, subject), *_place(step, edge)
                )


def steps_reachable(subject: Subject) -> Iterator[LintProblem]:
    """Every step can be reached from the start."""
    if subject.flow.start in subject.ids:
        found = reachable(subject.flow.start, targets_by_step(subject.flow))
        for step in subject.flow.steps:
            if step.id not in found:
                message = f"No way leads to the step '{step.id}'."
                yield subject.at(step, "step-unreachable", message, "lead a step to it, or remove it")


def end_in_reach(subject: Subject) -> Iterator[LintProblem]:
    """From every step an end can be reached."""
    backwards: dict[str, list[str]] = {}
    for source, targets in targets_by_step(subject.flow).items():
        for target in targets:
            backwards.setdefault(target, []).append(source)
    ends = [step.id for step in subject.flow.steps if isinstance(step, EndStep)]
    backwards[""] = ends  # one walk for all ends
    good = reachable("", backwards)
    for step in subject.flow.steps:
        if step.id not in good:
            message = f"From the step '{step.id}' no end can be reached."
            yield subject.at(step, "end-unreachable", message, "lead one of its ways to an end")


def caps_complete(subject: Subject) -> Iterator[LintProblem]:
    """``at_most`` and ``exhausted`` belong together."""
    for step in subject.flow.steps:
        if (step.at_most is None) != (step.exhausted is None):
            present, absent = ("at_most", EXHAUSTED) if step.exhausted is None else (EXHAUSTED, "at_most")
            message = f"The step '{step.id}' has '{present}' and no '{absent}'."
            yield subject.at(step, "cap-incomplete", message, f"add '{absent}', or leave out both", present)


def circles_capped(subject: Subject) -> Iterator[LintProblem]:
    """Nobody can walk in a circle for ever.

    A capped step is passed ``at_most`` times and then left by ``exhausted`` only. So a walk without end
    would take, of the capped steps, only these ways: where the graph of these ways and of all uncapped
    steps has no circle, every walk ends.
    """
    steps = {step.id: step for step in subject.flow.steps}
    lasting = {step.id: _lasting(step, subject) for step in subject.flow.steps}
    for circle in _circles(lasting):
        way = " -> ".join([*circle, circle[0]])
        message = f"These steps can go round for ever: {way}."
        hint = "give one of them 'at_most' and an 'exhausted' that leads out of the circle"
        yield subject.at(steps[circle[0]], "circle-endless", message, hint)


def _lasting(step: Step, subject: Subject) -> tuple[str, ...]:
    if step.at_most is not None and step.exhausted is not None:
        return (step.exhausted,) if step.exhausted in subject.ids else ()
    return tuple(edge.target for edge in step_edges(step) if edge.target in subject.ids)


def _circles(targets: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """One circle per knot, found depth first without recursion (a flow may be long)."""
    done: set[str] = set()
    for root in targets:
        path: list[str] = []
        on_path: dict[str, int] = {}
        todo: list[tuple[str, bool]] = [(root, False)]
        while todo:
            here, leaving = todo.pop()
            if leaving:
                del on_path[path.pop()]
                done.add(here)
            elif here in on_path:
                yield path[on_path[here] :]
            elif here not in done:
                on_path[here] = len(path)
                path.append(here)
                todo.append((here, True))
                todo += [(target, False) for target in targets[here]]


def _place(step: Step, edge: Edge) -> tuple[str | int, ...]:
    """Where in a step a way is written; good enough for a line number."""
    if edge.label == EXHAUSTED:
        return (EXHAUSTED,)
    if edge.label == "else":
        return ("else",)
    for key in ("on", "then"):
        holder = getattr(step, key, None)
        if isinstance(holder, dict) and edge.label in holder:
            return (key, edge.label)
        if holder is not None and hasattr(holder, edge.label):
            return (key, edge.label)
    return _indexed(step, edge)


def _indexed(step: Step, edge: Edge) -> tuple[str | int, ...]:
    for key, name in (("options", "options"), ("decide", "decide")):
        for index, entry in enumerate(getattr(step, name, ())):
            if entry.then == edge.target:
                return (key, index, "then")
    return ("then",)


def _nearest(wrong: str, subject: Subject) -> str:
    nearest = nearest_name(wrong, sorted(subject.ids))
    return f"did you mean '{nearest}'?" if nearest else "write the id of a step of this flow"
