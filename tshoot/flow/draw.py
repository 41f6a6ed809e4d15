"""A flow drawn as Mermaid, Graphviz DOT, SVG or indented text, edges labelled, uncited steps marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from tshoot.flow.graph import Edge, edges, step_edges
from tshoot.flow.model import (
    AddressStep,
    AskStep,
    DoStep,
    EndStep,
    Flow,
    Step,
    TellStep,
    UseStep,
    WaitStep,
    kind_of,
)

Form = Literal["mermaid", "dot", "text", "svg"]
UNCITED = "uncited"
"""What marks a step that carries no guide item."""

_MERMAID_SHAPES: Mapping[str, tuple[str, str]] = {
    "ask": ("{{", "}}"),
    "address": ("{{", "}}"),
    "probe": ("[/", "/]"),
    "diagnose": ("[/", "/]"),
    "verify": ("[/", "/]"),
    "watch": ("[/", "/]"),
    "decide": ("{", "}"),
    "use": ("[[", "]]"),
    "end": ("([", "])"),
}
_DOT_SHAPES: Mapping[str, str] = {
    "ask": "hexagon",
    "address": "hexagon",
    "probe": "parallelogram",
    "diagnose": "parallelogram",
    "verify": "parallelogram",
    "watch": "parallelogram",
    "decide": "diamond",
    "use": "component",
    "end": "oval",
}


def draw(flow: Flow, form: Form) -> str:
    """The whole flow in one of the forms, ending with a line break."""
    drawers: Mapping[str, Callable[[Flow], str]] = {"mermaid": mermaid, "dot": dot, "text": text, "svg": _svg}
    return drawers[form](flow)


def _svg(flow: Flow) -> str:
    from tshoot.flow.svg import svg

    return svg(flow, _title, _joined(flow))


def mermaid(flow: Flow) -> str:
    """A Mermaid flowchart (mermaid.js.org, "Flowcharts")."""
    names = {step.id: f"s{index}" for index, step in enumerate(flow.steps)}
    lines = ["flowchart TD"]
    for step in flow.steps:
        left, right = _MERMAID_SHAPES.get(kind_of(step), ("[", "]"))
        lines.append(f'  {names[step.id]}{left}"{_for_mermaid(_title(step))}"{right}')
    for (source, target), label in _joined(flow).items():
        lines.append(f'  {names[source]} -->|"{_for_mermaid(label)}"| {names.get(target, "missing")}')
    return "\n".join(lines) + "\n"


def dot(flow: Flow) -> str:
    """A Graphviz digraph (graphviz.org, "DOT Language")."""
    lines = [f"digraph {_for_dot(flow.flow)} {{", "  node [shape=box];"]
    for step in flow.steps:
        shape = _DOT_SHAPES.get(kind_of(step), "box")
        lines.append(f"  {_for_dot(step.id)} [shape={shape}, label={_for_dot(_title(step))}];")
    for (source, target), label in _joined(flow).items():
        lines.append(f"  {_for_dot(source)} -> {_for_dot(target)} [label={_for_dot(label)}];")
    return "\n".join([*lines, "}"]) + "\n"


def text(flow: Flow) -> str:
    """One paragraph a step, its ways out indented below; for terminals and screen readers."""
    lines = [f"{flow.title} ({flow.flow} {flow.version}), starts at {flow.start}"]
    for step in flow.steps:
        lines += ["", _title(step)]
        lines += [f"  {edge.label} -> {edge.target}" for edge in step_edges(step)]
    return "\n".join(lines) + "\n"


def _joined(flow: Flow) -> dict[tuple[str, str], str]:
    """The edges with those between the same two steps drawn as one."""
    joined: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges(flow):
        joined.setdefault((edge.source, edge.target), []).append(edge)
    return {pair: ", ".join(edge.label for edge in found) for pair, found in joined.items()}


def _title(step: Step) -> str:
    return f"{step.id}: {kind_of(step)}{_said(step)}{'' if step.cite else f' [{UNCITED}]'}"


def _said(step: Step) -> str:
    speaking = isinstance(step, AskStep | AddressStep | DoStep | WaitStep | TellStep | EndStep | UseStep)
    said = getattr(step, kind_of(step)) if speaking else ""
    return f" ({_shortened(said)})" if said else ""


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


def _for_mermaid(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _for_dot(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
