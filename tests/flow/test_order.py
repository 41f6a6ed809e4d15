"""The order of fixes against the worked example of flow-anchors.md, section a, and against brute force."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.vocabulary import ROOT
from tshoot.flow.loader import load_flows
from tshoot.flow.model import DoStep
from tshoot.flow.order import PRIOR_SESSIONS, Fix, advise, best_order, counted, expected_minutes

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


def test_without_counts_the_shares_are_what_was_said():
    for was, now in zip(GUIDE, counted(GUIDE, {}), strict=True):
        assert (now.step, now.share, now.told) == (was.step, pytest.approx(was.share), 0)


def test_counts_draw_a_share_from_what_was_said_to_what_was_seen():
    first, second = Fix("first", 0.5, 1), Fix("second", 0.2, 1)
    some = counted(
        (first, second), {"first": (0, PRIOR_SESSIONS), "second": (PRIOR_SESSIONS, PRIOR_SESSIONS)}
    )
    assert some[0].share == pytest.approx(0.25)
    assert some[1].share == pytest.approx(0.75 * (1 + 0.4) / 2)
    many = counted((first, second), {"first": (100, 1000), "second": (450, 900)})
    assert many[0].share == pytest.approx(0.1, abs=0.01)
    assert many[1].share == pytest.approx(0.9 * 0.5, abs=0.01)
    assert (many[1].helped, many[1].told) == (450, 900)


@given(FIXES, st.data())
def test_counted_shares_are_shares(pairs, data):
    fixes = [Fix(str(number), share, minutes) for number, (share, minutes) in enumerate(pairs)]
    told = {fix.step: data.draw(st.integers(0, 500)) for fix in fixes}
    counts = {step: (data.draw(st.integers(0, count)), count) for step, count in told.items()}
    shares = [fix.share for fix in counted(fixes, counts)]
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-9
