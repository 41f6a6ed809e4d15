"""An explanation as JSON and as lines of text: one line per condition, with the evidence that decided it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tshoot.diagnosis.explain import Clue, Explanation, Fired, RuledOut

_PARTS = {
    "when": "needed",
    "any_of": "one of these needed",
    "unless": "must not be",
    "confirmed_by": "would confirm",
    "weakened_by": "would weaken",
}


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """The field ``explanation`` of ``tshoot.report/1``; ``fired`` is None where no cause heads the report."""
    fired = None if explanation.fired is None else asdict(explanation.fired)
    nearest = [asdict(rival) | {"unmet": rival.unmet} for rival in explanation.nearest]
    return {"fired": fired, "nearest": nearest}


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The explanation for people, not yet wrapped; deeper lines are indented."""
    if explanation.fired is not None:
        yield from _fired_lines(explanation.fired)
    else:
        yield "Why no cause is named: no rule's conditions are all met."
    if explanation.nearest:
        yield "What ruled out the nearest other causes"
    for rival in explanation.nearest:
        yield from _rival_lines(rival)


def _fired_lines(fired: Fired) -> Iterator[str]:
    yield f"Why {fired.cause}: each line is a condition of its rule and what was measured"
    for clue in fired.clues:
        another_fits = clue.part == "any_of" and not clue.fits
        yield f"  {'-' if another_fits else _mark(clue)} {_clue_line(clue)}"
    yield f"  Confidence {fired.why}."


def _rival_lines(rival: RuledOut) -> Iterator[str]:
    yield f"  {rival.cause}"
    yield from (f"    {_mark(clue)} {_clue_line(clue)}" for clue in rival.against)
    if rival.works_anyway:
        yield "    ✗ the service answers; with this cause it would not"
    if rival.follows_from:
        trouble, deeper = ", ".join(rival.trouble), ", ".join(rival.follows_from)
        yield f"    ✗ it fits, but its trouble ({trouble}) already follows from {deeper}"


def _mark(clue: Clue) -> str:
    """✓ speaks for the cause, ✗ against it, - is a corroboration or an objection that is not there."""
    if clue.part in ("unless", "weakened_by"):
        return "✗" if clue.fits else ("✓" if clue.part == "unless" else "-")
    return "✓" if clue.fits else ("-" if clue.part == "confirmed_by" else "✗")


def _clue_line(clue: Clue) -> str:
    figures = f" ({clue.figures})" if clue.figures else ""
    return f"{clue.name} = {clue.outcome}{figures}; {_PARTS[clue.part]}: {' or '.join(clue.wanted)}"
