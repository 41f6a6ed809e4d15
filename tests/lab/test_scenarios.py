"""The real program in every scenario's world: one test per scenario, two worlds at a time.

What is not ``right`` at first is tried once more. ``right`` and ``accepted`` pass, ``unknown`` and
``partial`` are honest and end as expected failures, anything else fails.
Without namespaces and nftables the tests are skipped, or fail where TSHOOT_LAB_REQUIRED is set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.lab import sandbox
from tests.lab.handed_on import disagreements
from tests.lab.runner import run
from tests.lab.scenario import load_all
from tests.lab.score import Score, table

SCENARIOS = load_all()
RIGHT_AT_LEAST = 0.9
"""Share of all scenarios that must be named rightly when the whole set runs."""

pytestmark = pytest.mark.lab
Scores = dict[str, Future[Score]]


@pytest.fixture(scope="session")
def scores(request: pytest.FixtureRequest) -> Iterator[Scores]:
    """Starts every selected scenario; each test waits for its own."""
    reason = sandbox.unusable()
    if reason and os.environ.get("TSHOOT_LAB_REQUIRED"):
        pytest.fail(f"the lab is required: {reason}")
    if reason:
        pytest.skip(reason)
    names = [getattr(item, "callspec", None) for item in request.session.items]
    params = [spec.params.get("name") for spec in names if spec]
    # Two tests ask for each scenario; its world is made once.
    wanted = dict.fromkeys(name for name in params if name in SCENARIOS)
    pool = ThreadPoolExecutor(2)
    yield {name: pool.submit(run, SCENARIOS[name]) for name in wanted}
    pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", SCENARIOS)
def test_names_the_truth(name: str, scores: Scores) -> None:
    score = scores[name].result()
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
    report = scores[name].result().report
    if report is None:
        pytest.skip("; ".join(scores[name].result().why))
    assert disagreements(report) == []


def test_most_are_named_rightly(scores: Scores) -> None:
    if len(scores) < len(SCENARIOS):
        pytest.skip("only a part of the scenarios was selected")
    results = [future.result() for future in scores.values()]
    ran = [score for score in results if score.result != "skipped"]
    right = [score for score in ran if score.result == "right"]
    assert len(right) >= RIGHT_AT_LEAST * len(ran), f"\n{table(results)}"
