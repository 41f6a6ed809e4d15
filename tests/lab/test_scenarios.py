"""The real program in every scenario's world: one test per scenario, worlds side by side.

What is not ``right`` at first is tried once more. ``right`` and ``accepted`` pass, ``unknown`` and
``partial`` are honest and end as expected failures, anything else fails.
Without namespaces and nftables the tests are skipped, or fail where TSHOOT_LAB_REQUIRED is set.
"""

from __future__ import annotations

import pytest

from tests.lab.handed_on import disagreements
from tests.lab.runner import run
from tests.lab.scenario import load_all
from tests.lab.score import table
from tests.lab.scores import Scores

SCENARIOS = load_all()
RIGHT_AT_LEAST = 0.9
"""Share of all scenarios that must be named rightly when the whole set runs."""

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("lab_stands")]


@pytest.mark.parametrize("name", SCENARIOS)
def test_names_the_truth(name: str, scores: Scores) -> None:
    score = scores[name]
    if score.result not in {"right", "accepted", "skipped"}:
        # Loss is random and machines are shared: what was missed gets one more try. `score` and the tables
        # in benchmarks/ count the first try only.
        score = run(SCENARIOS[name])
    if score.result == "skipped":
        pytest.skip("; ".join(score.why))
    if score.result in {"unknown", "partial"}:
        pytest.xfail(f"{score.result}: {'; '.join(score.why)}")
    assert score.result in {"right", "accepted"}, f"\n{table([score])}"


@pytest.mark.parametrize("name", SCENARIOS)
def test_file_and_code_lead_to_the_same_headline(name: str, scores: Scores) -> None:
    """Of the very run that the test above judges, right or not: no world is made for it."""
    report = scores[name].report
    if report is None:
        pytest.skip("; ".join(scores[name].why))
    assert disagreements(report) == []


def test_most_are_named_rightly(scores: Scores) -> None:
    if set(scores.wanted) < set(SCENARIOS):
        pytest.skip("only a part of the scenarios was selected")
    results = [scores[name] for name in SCENARIOS]
    ran = [score for score in results if score.result != "skipped"]
    right = [score for score in ran if score.result == "right"]
    assert len(right) >= RIGHT_AT_LEAST * len(ran), f"\n{table(results)}"
