"""Which steps carry which guide items, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.catalog.advice import AdviceList
from tshoot.flow.loader import FlowSet
from tshoot.flow.rules.advice import carriers


def coverage_lines(flows: FlowSet, guides: AdviceList) -> tuple[list[str], tuple[str, ...]]:
    """The lines of the report, and the items that are neither carried nor waived."""
    carried = carriers(flows)
    missing = tuple(item for item in guides.items if item not in carried and not guides.items[item].waived)
    waived = [item for item in guides.items.values() if item.waived and item.id not in carried]
    lines = ["Items and the steps that carry them", *_items(guides, carried), "", "Steps and their items"]
    lines += [*_steps(flows), ""]
    count = len(guides.items)
    lines.append(f"{count - len(missing) - len(waived)} of {count} items carried, {len(waived)} waived, "
                 f"{len(missing)} missing.")  # fmt: skip
    return lines, missing


def _items(guides: AdviceList, carried: dict[str, tuple[tuple[str, str], ...]]) -> Iterator[str]:
    for item in guides.items.values():
        if item.id in carried:
            said = ", ".join(f"{flow}/{step}" for flow, step in carried[item.id])
        else:
            said = f"waived: {item.waived}" if item.waived else "MISSING"
        yield f"  {item.id:<4} {said}"


def _steps(flows: FlowSet) -> Iterator[str]:
    for name in flows.ids():
        for step in flows.files[name].flow.steps:
            if step.cite:
                yield f"  {name}/{step.id}: {' '.join(step.cite)}"
