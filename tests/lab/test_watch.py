"""`tshoot check --watch` in worlds that change: what is told, when, and what never is."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.lab import sandbox
from tests.lab.scenario import ScenarioError
from tests.lab.timed.scenario import Timed, load, load_all

SCENARIOS = load_all()
PATIENCE = 90.0
"""Seconds for a whole world with its proofs, on a busy machine."""
Told = dict[str, Any]


def watch(name: str, *words: str) -> Told:
    line = [*sandbox.command()[:-1], "tests.lab.timed.inside", name, *words]
    done = subprocess.run(
        line, capture_output=True, text=True, env=sandbox.environment(), timeout=PATIENCE, check=False
    )
    assert done.stdout, done.stderr[-2000:]
    told: Told = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def runs(lab_stands: None) -> Any:
    """Starts every scenario, two worlds at a time; each test waits for its own."""
    pool = ThreadPoolExecutor(2)
    started: dict[str, Future[Told]] = {name: pool.submit(watch, name, "--json") for name in SCENARIOS}
    started["text"] = pool.submit(watch, "outage-heals", "--explain")
    yield started
    pool.shutdown(cancel_futures=True)


@pytest.mark.lab
@pytest.mark.parametrize("name", SCENARIOS)
def test_it_tells_what_happened_and_no_more(name: str, runs: dict[str, Future[Told]]) -> None:
    told, truth = runs[name].result(), SCENARIOS[name].truth
    assert all(proof["held"] for proof in told["proofs"]), told["proofs"]
    assert told["code"] == 130
    assert told["left_after"] < 1.5, "Ctrl-C leaves within a second, on a busy machine a little later"
    lines = [json.loads(line) for line in told["out"].splitlines()]
    assert {line["schema"] for line in lines} == {"tshoot.report/1"}
    events = [line["event"] | {"ts": line["ts"]} for line in lines if line["event"]]
    raised = [event for event in events if event["kind"] == "raised"]
    history = [(line["ts"], line["verdict"], line["cause"]) for line in lines]
    assert len(raised) == len(truth.raised), history
    for event, causes in zip(raised, truth.raised, strict=True):
        assert event["after"]["cause"] in causes, history
    assert lines[-1]["state"]["level"] == truth.ends, history
    for event in raised[:1]:
        waited = datetime.fromisoformat(event["ts"]).timestamp() - told["began"]
        assert waited - SCENARIOS[name].timeline[0].at <= truth.within, history
    clocks = {
        json.dumps(probe) for line in lines[1:] for probe in line["probes"] if probe["probe"] == "clock"
    }
    assert len(clocks) == 1, "time servers are not asked with every check"
    changed = {change["what"] for line in lines for change in line["changed"]}
    assert changed == set(truth.changed)
    assert "Watched T-Mobile account for" in told["err"]


@pytest.mark.lab
def test_in_text_only_changes_are_told_and_the_worst_moment_is_explained(
    runs: dict[str, Future[Told]],
) -> None:
    told = runs["text"].result()
    before, _, summary = told["out"].partition("Watched ")
    lines = before.strip().splitlines()
    assert [line[10] for line in lines] == ["✓", "✗", "✓"], told["out"]
    assert "First check" in lines[0]
    assert "wan.down" in lines[1]
    assert "Works again since" in lines[2]
    assert "Worst moment" in summary
    assert "Why wan.down" in summary
    assert told["code"] == 130


def written(folder: Path, text: str) -> Timed:
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("timeline", "part"),
    [
        ("[{at: 1, do: {carrier.slow: {delay_ms: 40}}}]", "only firewalls"),
        ("[{at: 1, undo: {carrier.block: {what: all}}}]", "nothing to undo"),
        ("[{at: 1, do: {carrier.bloc: {what: all}}}]", "unknown action"),
        ("[{at: 2, do: {carrier.silent_dns: }}, {at: 1, undo: {carrier.silent_dns: }}]", "order"),
        ("[{at: 40, do: {carrier.silent_dns: }}]", "its end"),
        ("[{at: 1}]", "do"),
    ],
)
def test_a_wrong_timeline_is_refused(timeline: str, part: str, tmp_path: Path) -> None:
    text = f"id: made\ntitle: made\nseconds: 10\ntimeline: {timeline}\ntruth: {{raised: [], ends: well}}\n"
    with pytest.raises(ScenarioError, match=part):
        written(tmp_path, text).plans()
