"""The order of fixes against the worked example of flow-anchors.md, section a, and against brute force."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.vocabulary import ROOT
from tshoot.flow.loader import load_flows
from tshoot.flow.model import DoStep
from tshoot.flow.order import Fix, advise, best_order, expected_minutes

CONNECTION, WORDS, VPN = Fix("connectivity", 0.30, 1), Fix("credentials", 0.25, 2), Fix("vpn", 0.10, 1)
CACHE, APP, LOCKOUT = Fix("cache", 0.15, 4), Fix("app", 0.07, 6), Fix("lockout", 0.08, 15)
GUIDE = (CONNECTION, WORDS, CACHE, APP, VPN, LOCKOUT)


def test_the_worked_example():
    assert expected_minutes(GUIDE, 20) == pytest.approx(9.18)
    best = best_order(GUIDE, 20)
    assert [fix.step for fix in best] == ["connectivity", "credentials", "vpn", "cache", "app"]
    assert expected_minutes((*best, LOCKOUT), 20) == pytest.approx(8.40)
    assert expected_minutes(best, 20) == pytest.approx(8.05)


FIXES = st.lists(st.tuples(st.floats(0.01, 0.2), st.floats(0.2, 10)), min_size=1, max_size=4)


@given(FIXES, st.floats(1, 25))
def test_no_other_order_is_cheaper(pairs, support):
    fixes = [Fix(str(number), share, minutes) for number, (share, minutes) in enumerate(pairs)]
    best = expected_minutes(best_order(fixes, support), support)
    for length in range(len(fixes) + 1):
        for order in permutations(fixes, length):
            assert best <= expected_minutes(order, support) + 1e-9


SHIPPED = load_flows([ROOT / "flows"]).flows


@pytest.mark.parametrize("flow_id", sorted(SHIPPED))
def test_the_shipped_fixes_are_within_a_tenth_of_the_quickest_order(flow_id):
    for advice in advise(SHIPPED[flow_id]):
        assert round(advice.excess, 6) <= 0.10, [fix.step for fix in advice.fixes]


def test_every_fix_for_the_connection_says_how_likely_it_helps():
    fixes = [step for step in SHIPPED["connectivity"].steps if isinstance(step, DoStep)]
    assert [step.id for step in fixes if step.likely is None] == []
