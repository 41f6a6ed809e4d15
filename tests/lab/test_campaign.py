"""Campaigns are drawn from their seed alone, and every world can be built."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.lab.actions import ACTIONS
from tests.lab.campaign.draw import draw, write
from tests.lab.campaign.extras import EXTRAS, TOGETHER, draw_extras
from tests.lab.campaign.faults_far import MENU
from tests.lab.campaign.faults_near import healthy
from tests.lab.campaign.home import draw_home
from tests.lab.campaign.run import figures, misses
from tests.lab.scenario import load_all
from tests.lab.score import Score

WORLDS = 200


def test_the_same_seed_gives_the_same_worlds() -> None:
    assert [draw(7, number) for number in range(60)] == [draw(7, number) for number in range(60)]
    assert [draw(7, number) for number in range(60)] != [draw(8, number) for number in range(60)]


def test_a_world_depends_on_its_number_alone() -> None:
    alone = draw(7, 59)
    assert alone == [draw(7, number) for number in range(60)][59]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_world_is_a_scenario_that_makes_a_plan(seed: int, tmp_path: Path) -> None:
    scenarios = write(tmp_path, seed, WORLDS)
    assert all(scenario.plan() for scenario in scenarios)
    share = sum(scenario.kind == "trap" for scenario in scenarios) / WORLDS
    assert 0.08 < share < 0.26
    assert len({scenario.truth.cause for scenario in scenarios}) > 35


def test_extras_keep_away_from_what_they_would_change() -> None:
    for number in range(400):
        rng = Random(number)
        home = draw_home(rng)
        fault = rng.choice([healthy, *MENU])(rng, home)
        chosen = draw_extras(rng, home, fault) if fault is not None else []
        names = {each.name for each in chosen}
        assert fault is None or not names & fault.clashes
        assert not any(pair <= names for pair in TOGETHER)
        assert all(each.fits(home) for each in chosen)


def test_clashes_name_extras_that_exist() -> None:
    known = {each.name for each in EXTRAS} | {"everything"}
    for number in range(400):
        rng = Random(number)
        fault = MENU[number % len(MENU)](rng, draw_home(rng))
        assert fault is None or fault.clashes <= known


def test_campaigns_use_the_vocabulary_of_actions(tmp_path: Path) -> None:
    used = {name for scenario in write(tmp_path, 1, WORLDS) for name, _ in scenario.faults}
    assert used <= ACTIONS.keys()


def test_a_miss_is_told_with_everything_that_was_done() -> None:
    scenario = load_all()["dns-slow"]
    miss = Score("dns-slow", "fault", "dns.slow", "wrong", "none", seconds=2.0, why=["said none"])
    told = misses([scenario], [miss])
    assert "said none" in told
    assert 'dns.slow {"server": "gateway", "seconds": 1.1}' in told
    miss.result = "right"
    assert misses([scenario], [miss]) == ""


def test_figures_keep_unknown_apart_and_time_faults_only() -> None:
    scores = [
        Score("a", "fault", "dns.slow", "unknown", seconds=2.0),
        Score("b", "fault", "dns.slow", "right", seconds=4.0),
        Score("c", "trap", "none", "false alarm", seconds=9.0),
        Score("d", "fault", "vpn.dead", "skipped"),
        Score("e", "fault", "dns.slow", "accepted", seconds=3.0),
    ]
    told = figures(scores)
    wanted = {
        "worlds": 4,
        "right": 1,
        "accepted": 1,
        "partial": 0,
        "unknown": 1,
        "wrong": 0,
        "false alarm": 1,
    }
    assert {name: told[name] for name in wanted} == wanted
    assert (told["median_s"], told["worst_s"]) == (3.0, 4.0)
