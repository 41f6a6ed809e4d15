"""Which edges of the flows a session took, read from its transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tshoot.flow.graph import EXHAUSTED, Edge, step_edges
from tshoot.flow.headlines import matches
from tshoot.flow.model import DiagnoseStep, Flow, ProbeStep, Step, VerifyStep, WaitStep
from tshoot.guide.model import Taken
from tshoot.guide.routes import verify_result

FlowEdge = tuple[str, Edge]
"""An edge and the flow it belongs to."""


def edges_taken(flows: Mapping[str, Flow], transcript: Sequence[Taken]) -> Iterator[FlowEdge]:
    """Every edge in the order it was taken. Lines of steps that no longer exist are passed over."""
    using: list[tuple[str, Step]] = []
    for line in transcript:
        step = _step(flows, line)
        if step is None:
            continue
        if line.kind == "use" and line.value != EXHAUSTED:
            using.append((line.flow, step))
        elif line.kind == "end":
            if using:
                flow, user = using.pop()
                yield from _found(flow, user, line.value)
        else:
            yield from _found(line.flow, step, label_of(step, line.value))


def _step(flows: Mapping[str, Flow], line: Taken) -> Step | None:
    found = flows[line.flow].steps if line.flow in flows else ()
    return next((step for step in found if step.id == line.step), None)


def label_of(step: Step, value: str) -> str:
    """The label of the edge that a value of the transcript took: an outcome may have gone by ``*``."""
    if value == EXHAUSTED and step.exhausted is not None:
        return EXHAUSTED
    label = _LABELS.get(type(step))
    return label(step, value) if label else value


def _of_probe(step: ProbeStep, value: str) -> str:
    return value if value in step.on else "*"


def _of_diagnosis(step: DiagnoseStep, value: str) -> str:
    patterns = sorted((pattern for pattern in step.on if matches(value, pattern)), key=len)
    return value if value in step.on else patterns[-1] if patterns else "else"


def _of_verify(step: VerifyStep, value: str) -> str:
    return verify_result(value, step.verify.fixed)


def _of_wait(step: WaitStep, value: str) -> str:
    return value.replace("-", "_")


_LABELS: Mapping[type[Step], Callable[[Any, str], str]] = {
    ProbeStep: _of_probe,
    DiagnoseStep: _of_diagnosis,
    VerifyStep: _of_verify,
    WaitStep: _of_wait,
}


def _found(flow: str, step: Step, label: str) -> Iterator[FlowEdge]:
    edges = step_edges(step)
    if hasattr(step, "decide") and label.isdigit():
        yield flow, edges[int(label) - 1]
        return
    yield from ((flow, edge) for edge in edges if edge.label == label)
