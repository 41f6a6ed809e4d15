"""Rules about the guides as a whole: every item carried or waived (flow-anchors.md, F402)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tshoot.catalog.advice import Advice
from tshoot.flow.loader import FlowSet
from tshoot.flow.rules.subject import LintProblem, Severity, World


def carriers(flows: FlowSet) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each guide item the steps that cite it, as (flow, step)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, file in flows.files.items():
        for step in file.flow.steps:
            for item in dict.fromkeys(step.cite):
                found.setdefault(item, []).append((name, step.id))
    return {item: tuple(steps) for item, steps in found.items()}


def advice_carried(world: World) -> Iterator[LintProblem]:
    """Every item of the guides is carried by a step or waived with a reason."""
    if world.advice is None:
        return
    carried = carriers(world.flows)
    for item in world.advice.items.values():
        yield from _of_item(item, carried, world.advice.file)


def _of_item(
    item: Advice, carried: Mapping[str, tuple[tuple[str, str], ...]], file: str
) -> Iterator[LintProblem]:
    def found(rule: str, message: str, hint: str, severity: Severity) -> LintProblem:
        return LintProblem(file, item.line, item.column, rule, message, hint, severity)

    if item.id not in carried and not item.waived:
        message = f"No step carries {item.id}."
        yield found("advice-missing", message, "cite it where it is said, or waive it with a reason", "error")
    if item.id in carried and item.waived:
        flow, step = carried[item.id][0]
        message = f"{item.id} is waived, and '{step}' of '{flow}' carries it."
        yield found("advice-waived", message, "remove one of the two", "warning")
