"""Scores the program in the lab and appends one row for this commit to benchmarks/lab_scores.md.

    python benchmarks/lab_score.py [--seed N] [--worlds 200] [--jobs 2] [--note TEXT]

Runs every fixed scenario, then one campaign. Needs what the lab needs (docs/lab.md). The row is written
whatever the figures are; a commit id with "+" had changes that were not committed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_name("lab_scores.md")
sys.path.insert(0, str(TOP))

from tests.lab import sandbox  # noqa: E402
from tests.lab.campaign.run import figures, misses, run_campaign  # noqa: E402
from tests.lab.runner import run_many  # noqa: E402
from tests.lab.scenario import load_all  # noqa: E402
from tests.lab.score import Score  # noqa: E402

RESULTS = ("right", "partial", "unknown", "wrong", "false alarm")
"""Counted one by one; whatever else a run can end with ("broken output", "lab broken") is ``other``."""
HEAD = """# The lab's scores, commit by commit

One row per run of `python benchmarks/lab_score.py`: the fixed scenarios, then one campaign of random worlds.
`partial`: the headline is right, a second cause was missed. `accepted`: the headline is another cause that
the scenario takes as true; rows without that column counted it as right. Seconds are those of checks in
worlds with a fault.
Rows stay as they were measured.

"""
COLUMNS = ("commit", "date", "run", "worlds", *RESULTS, "other", "median s", "worst s", "note", "accepted")
"""The last one is the youngest: rows from before it end without it."""


def row(run: str, told: dict[str, Any], commit: str, day: str, note: str) -> str:
    """One line of the table."""
    accepted = told["accepted"]
    other = told["worlds"] - sum(told[name] for name in RESULTS) - accepted
    cells = [commit, day, run, told["worlds"], *(told[name] for name in RESULTS), other]
    return f"| {' | '.join(map(str, [*cells, told['median_s'], told['worst_s'], note, accepted]))} |\n"


def append(lines: Sequence[str], table: Path = TABLE) -> None:
    """Append rows, with the table's head where there is no table yet."""
    head = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    if not table.exists():
        table.write_text(HEAD + head, encoding="utf-8")
    with table.open("a", encoding="utf-8") as out:
        out.writelines(lines)


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=TOP, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _commit() -> str:
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "tshoot", "flows", "tests/lab")
    return _git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def _tell(score: Score) -> None:
    if score.result != "right":
        print(f"{score.scenario}: {score.result} {'; '.join(score.why)}", file=sys.stderr)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--note", default="")
    given = parser.parse_args()
    if reason := sandbox.unusable():
        sys.exit(reason)
    commit, day = _commit(), datetime.now(UTC).date().isoformat()
    fixed = list(load_all().values())
    scores = run_many(fixed, given.jobs, "", _tell)
    lines = [row("scenarios", figures(scores), commit, day, given.note)]
    print(misses(fixed, scores))
    append(lines)
    worlds, drawn = run_campaign(given.seed, given.worlds, given.jobs, "", _tell)
    print(misses(worlds, drawn))
    lines = [row(f"campaign, seed {given.seed}", figures(drawn), commit, day, given.note)]
    append(lines)
    print(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
