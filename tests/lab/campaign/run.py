"""Runs a campaign and sums it up."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.lab.campaign.draw import write
from tests.lab.runner import run_many
from tests.lab.scenario import Scenario
from tests.lab.score import Score

Seen = Callable[[Score], None]


def run_campaign(
    seed: int, worlds: int, jobs: int, user: str, seen: Seen, keep: Path | None = None
) -> tuple[list[Scenario], list[Score]]:
    """Draw the worlds and run the program in each; ``keep`` is a folder where their files stay."""
    with tempfile.TemporaryDirectory(prefix="lab-campaign-") as folder:
        place = Path(folder) if keep is None else keep
        place.mkdir(parents=True, exist_ok=True)
        scenarios = write(place, seed, worlds)
        return scenarios, run_many(scenarios, jobs, user, seen)


def figures(scores: Sequence[Score]) -> dict[str, Any]:
    """The totals of a run, fit for a table.

    ``right`` counts rightly named headlines without anything untrue; ``accepted`` those that name another
    cause which the scenario takes as true; ``partial`` those that miss a second
    cause. ``median_s`` and ``worst_s`` are of the worlds with a fault.
    """
    ran = [score for score in scores if score.result != "skipped"]
    count = dict.fromkeys(("right", "accepted", "partial", "unknown", "wrong", "false alarm"), 0)
    for score in ran:
        count[score.result] = count.get(score.result, 0) + 1
    times = [score.seconds for score in ran if score.kind != "trap"] or [0.0]
    seconds = {"median_s": round(median(times), 2), "worst_s": round(max(times), 2)}
    return {"worlds": len(ran), **count, **seconds}


def misses(scenarios: Sequence[Scenario], scores: Sequence[Score]) -> str:
    """The table of what was not right, each with everything that was done to its world."""
    lines = []
    for scenario, score in zip(scenarios, scores, strict=True):
        if score.result in ("right", "skipped"):
            continue
        lines.append(f"{score.scenario}: {score.result}; truth {score.truth}, said {score.answer}")
        lines += [f"  · {line}" for line in score.why]
        lines += [f"    {name} {json.dumps(dict(given))}" for name, given in scenario.faults]
    return "\n".join(lines)
