"""An explanation as JSON and as lines of text: one line per condition, with the evidence that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from tshoot.diagnosis.explain import Explanation
from tshoot.diagnosis.reading import mappings_at, text_at, texts_at, value_at

_PARTS = {
    "variant": "its words follow from",
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
    return explained_lines(explanation_json(explanation))


def explained_lines(explanation: Mapping[str, Any]) -> Iterator[str]:
    """The same of a report's field ``explanation``, which may come from anybody: never raises."""
    fired = value_at(explanation, "fired")
    if isinstance(fired, Mapping):
        yield from _fired_lines(fired)
    else:
        yield "Why no cause is named: no rule's conditions are all met."
    rivals = tuple(mappings_at(explanation, "nearest"))
    if rivals:
        yield "What ruled out the nearest other causes"
    for rival in rivals:
        yield from _rival_lines(rival)


def _fired_lines(fired: Mapping[str, Any]) -> Iterator[str]:
    yield f"Why {text_at(fired, 'cause')}: each line is a condition of its rule and what was measured"
    for clue in mappings_at(fired, "clues"):
        another_fits = text_at(clue, "part") == "any_of" and not clue.get("fits")
        yield f"  {'-' if another_fits else _mark(clue)} {_clue_line(clue)}"
    yield f"  Confidence {text_at(fired, 'why')}."


def _rival_lines(rival: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {text_at(rival, 'cause')}"
    yield from (f"    {_mark(clue)} {_clue_line(clue)}" for clue in mappings_at(rival, "against"))
    if rival.get("works_anyway"):
        yield "    ✗ the service answers; with this cause it would not"
    deeper = ", ".join(texts_at(rival, "follows_from"))
    if deeper:
        trouble = ", ".join(texts_at(rival, "trouble"))
        yield f"    ✗ it fits, but its trouble ({trouble}) already follows from {deeper}"


def _mark(clue: Mapping[str, Any]) -> str:
    """✓ speaks for the cause, ✗ against it, - is a corroboration or an objection that is not there."""
    part, fits = text_at(clue, "part"), bool(clue.get("fits"))
    if part in ("unless", "weakened_by"):
        return "✗" if fits else ("✓" if part == "unless" else "-")
    return "✓" if fits else ("-" if part == "confirmed_by" else "✗")


def _clue_line(clue: Mapping[str, Any]) -> str:
    figures = f" ({text_at(clue, 'figures')})" if text_at(clue, "figures") else ""
    part = text_at(clue, "part")
    wanted = " or ".join(texts_at(clue, "wanted"))
    return (
        f"{text_at(clue, 'name')} = {text_at(clue, 'outcome')}{figures}; {_PARTS.get(part, part)}: {wanted}"
    )
