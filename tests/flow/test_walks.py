"""Every edge of every shipped flow is taken by the real engine; the ends that are reached are golden."""

from pathlib import Path

import pytest

from tests.flow.vocabulary import ROOT
from tshoot.cli.flow_tests import test_flow as run_flow_tests
from tshoot.flow.loader import load_flows

FLOWS = load_flows([ROOT / "flows"]).flows
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("flow_id", sorted(FLOWS))
def test_every_edge_is_taken_and_the_ends_are_the_known_ones(flow_id):
    done = run_flow_tests(flow_id, FLOWS)
    assert list(done.faults()) == []
    golden = (GOLDEN / f"{flow_id}.txt").read_text(encoding="utf-8").split()
    assert list(done.ends) == golden, "the ends of this flow changed: is that meant?"


def test_there_is_a_list_of_ends_for_every_flow():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(FLOWS)
