"""A flow as a card to print: every step with its words, and the number of the step that each way leads to.

On paper nobody measures, so a step that measures shows the question that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from tshoot.flow.graph import EXHAUSTED, step_edges
from tshoot.flow.model import (
    AddressStep,
    AskInstead,
    DoStep,
    EndStep,
    Flow,
    Step,
    UseStep,
    VerifyStep,
    WatchStep,
    kind_of,
)
from tshoot.lookalike.model import OUTCOME_WORDS

WIDTH = 78


def card(flow: Flow) -> str:
    """The whole flow as plain text, at most :data:`WIDTH` columns wide, ending with a line break."""
    lines = [
        f"{flow.title}  ({flow.flow} {flow.version})",
        "=" * min(WIDTH, len(flow.title)),
        *_text(flow.about),
    ]
    numbers = {step.id: number for number, step in enumerate(flow.steps, 1)}
    lines += ["", f"Start at {_place(flow.start, numbers)}"]
    for step in flow.steps:
        lines += ["", *_step(step, numbers)]
    return "\n".join(lines) + "\n"


def _step(step: Step, numbers: Mapping[str, int]) -> Iterator[str]:
    cites = f"  [{' '.join(step.cite)}]" if step.cite else ""
    yield f"{_place(step.id, numbers)}: {kind_of(step)}{cites}"
    for text in (_headline(step), step.say):
        if text:
            yield from _text(text, "   ")
    if isinstance(step, DoStep):
        yield from _how(step)
    for name, text in (("Why", step.why), ("Agent", step.agent)):
        if text:
            yield from _text(f"{name}: {text}", "   ")
    yield from _ways(step, numbers)
    instead: AskInstead | None = getattr(step, "ask_instead", None)
    if instead is not None:
        yield from _instead(instead)


def _headline(step: Step) -> str:
    kind = kind_of(step)
    value = getattr(step, kind, "")
    if isinstance(step, VerifyStep):
        return f"Measures again: {step.verify.probe or 'everything'}; fixed: {', '.join(step.verify.fixed)}"
    if isinstance(step, WatchStep):
        return f"Watches: {step.watch.probe}, until: {', '.join(step.watch.until)}"
    if isinstance(step, UseStep):
        return f"Goes through the flow: {step.use}"
    if isinstance(value, str) and kind not in {"probe", "diagnose", "end"}:
        return value
    if isinstance(step, EndStep):
        channels = f" Help: {', '.join(step.help)}." if step.help else ""
        return f"Result: {step.end.replace('_', ' ')}.{channels}"
    return {"probe": f"Measures: {value}", "diagnose": "Measures: everything"}.get(kind, "")


def _how(step: DoStep) -> Iterator[str]:
    lists = step.how if isinstance(step.how, dict) else {"": step.how}
    for name, actions in lists.items():
        indent = "   "
        if name:
            yield f"   On {name}:"
            indent = "     "
        for number, action in enumerate(actions, 1):
            first, *rest = _wrapped(action, WIDTH - len(indent) - 7)
            yield f"{indent}[ ] {number}. {first}"
            yield from (f"{indent}       {line}" for line in rest)
    yield f"   About {step.minutes:g} minutes; risk: {step.risk}."
    for name, text in (("Loses", step.loses), ("Undo", step.undo)):
        if text:
            yield from _text(f"{name}: {text}", "   ")


def _ways(step: Step, numbers: Mapping[str, int]) -> Iterator[str]:
    labels = dict(OUTCOME_WORDS) if isinstance(step, AddressStep) else {}
    labels |= {option.id: option.label for option in getattr(step, "options", ())}
    for edge in step_edges(step):
        label = labels.get(edge.label, edge.label)
        if edge.label == EXHAUSTED:
            label = "met once already" if step.at_most == 1 else f"met {step.at_most} times already"
        yield from _text(f"{label} -> {_place(edge.target, numbers)}", "   ")


def _instead(instead: AskInstead) -> Iterator[str]:
    yield from _text(f"Or ask: {instead.ask}", "   ")
    for option in instead.options:
        yield from _text(f"{option.label} = {option.outcome}", "     ")


def _place(step: str, numbers: Mapping[str, int]) -> str:
    return f"{numbers[step]}. {step}" if step in numbers else step


def _text(text: str, indent: str = "") -> list[str]:
    return [f"{indent}{line}" for part in text.split("\n") for line in _wrapped(part, WIDTH - len(indent))]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_on_hyphens=False) or [""]
