"""Runs the real program in scenarios' worlds and scores it; worlds may run side by side."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.lab import sandbox
from tests.lab.scenario import Scenario
from tests.lab.score import Score, judge

PATIENCE = 60.0
"""Seconds for a whole world, with building and proofs."""


def run(scenario: Scenario, user: str = "", command: Sequence[str] = ()) -> Score:
    """Build the scenario's world, run ``tshoot check --json`` (or another command) there, score it.

    ``user``: empty (root), ``--user`` or ``--no-ping``, as in ``inside.py``.
    """
    reasons = [reason for need in scenario.needs if (reason := sandbox.lacks(need))]
    if reasons:
        return _without_run(scenario, "skipped", reasons)
    words = ["--", *command] if command else []
    name = str(scenario.file) if scenario.file is not None else scenario.id
    line = sandbox.command(name, "check", *([user] if user else []), *words)
    try:
        done = subprocess.run(
            line,
            capture_output=True,
            text=True,
            env=sandbox.environment(),
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        said = done.stderr[-600:] if "done" in locals() else "the world itself hung"
        return _without_run(scenario, "lab broken", [said])
    return judge(scenario, told["ran"], told["proofs"])


def _without_run(scenario: Scenario, result: str, why: list[str]) -> Score:
    return Score(scenario.id, scenario.kind, scenario.truth.cause, result, why=why)


def run_many(
    scenarios: Sequence[Scenario], jobs: int, user: str, seen: Callable[[Score], None]
) -> list[Score]:
    """Run several, ``jobs`` at a time; ``seen`` is called with each score in order."""
    scores = []
    with ThreadPoolExecutor(jobs) as pool:
        for score in pool.map(lambda item: run(item, user), scenarios):
            seen(score)
            scores.append(score)
    return scores
