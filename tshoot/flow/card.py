"""A flow as a card to print: every step with its words and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tshoot.flow.graph import step_edges
from tshoot.flow.model import DoStep, EndStep, Flow, Step, kind_of

WIDTH = 78


def card(flow: Flow) -> str:
    """The whole flow as plain text, at most :data:`WIDTH` columns wide, ending with a line break."""
    lines = [
        f"{flow.title}  ({flow.flow} {flow.version})",
        "=" * min(WIDTH, len(flow.title)),
        *_text(flow.about),
    ]
    lines += ["", f"starts at {flow.start}"]
    for number, step in enumerate(flow.steps, 1):
        lines += ["", *_step(number, step)]
    return "\n".join(lines) + "\n"


def _step(number: int, step: Step) -> Iterator[str]:
    cites = f"  [{' '.join(step.cite)}]" if step.cite else ""
    yield f"{number}. {step.id}: {kind_of(step)}{cites}"
    for text in (_headline(step), step.say):
        if text:
            yield from _text(text, "   ")
    if isinstance(step, DoStep):
        yield from _how(step)
    for name, text in (("Why", step.why), ("Agent", step.agent)):
        if text:
            yield from _text(f"{name}: {text}", "   ")
    yield from _ways(step)


def _headline(step: Step) -> str:
    kind = kind_of(step)
    value = getattr(step, kind, "")
    if isinstance(value, str) and kind not in {"probe", "diagnose", "use", "end"}:
        return value
    if isinstance(step, EndStep):
        channels = f" Help: {', '.join(step.help)}." if step.help else ""
        return f"Result: {step.end.replace('_', ' ')}.{channels}"
    return f"Measures: {value}" if kind == "probe" else ""


def _how(step: DoStep) -> Iterator[str]:
    lists = step.how if isinstance(step.how, dict) else {"": step.how}
    for name, actions in lists.items():
        indent = "   "
        if name:
            yield f"   On {name}:"
            indent = "     "
        for number, action in enumerate(actions, 1):
            first, *rest = wrap(action, WIDTH - len(indent) - 6) or [""]
            yield f"{indent}[ ] {number}. {first}"
            yield from (f"{indent}       {line}" for line in rest)
    yield f"   About {step.minutes:g} minutes; risk: {step.risk}."
    for name, text in (("Loses", step.loses), ("Undo", step.undo)):
        if text:
            yield from _text(f"{name}: {text}", "   ")


def _ways(step: Step) -> Iterator[str]:
    labels = {option.id: option.label for option in getattr(step, "options", ())}
    for edge in step_edges(step):
        yield from _text(f"{labels.get(edge.label, edge.label)} -> {edge.target}", "   ")


def _text(text: str, indent: str = "") -> list[str]:
    return [
        f"{indent}{line}" for part in text.split("\n") for line in wrap(part, WIDTH - len(indent)) or [""]
    ]
