"""What was measured before something went away never reads as ok."""

import pytest

from tests.diagnosis.cases import EVERY
from tests.support.batteries import HOST, battery
from tshoot.diagnosis.aged import NOT_SINCE, aged_ladder
from tshoot.diagnosis.brief_words import LONGEST
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.ladder import build_ladder

LOCAL = {"clock", "hosts file"}


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_without_anything_new_only_this_computer_s_own_is_known(case):
    results = battery(**case.changes)
    before = build_ladder(Evidence(results, HOST))
    aged = aged_ladder(results, set(results), HOST)
    assert [rung.rung for rung, _ in aged] == [rung.rung for rung in before]
    for rung, words in aged:
        assert rung.rung in LOCAL or (rung.state, words) == ("unknown", NOT_SINCE)


def test_what_is_measured_since_then_is_shown_as_it_is():
    results = battery(gateway="dead")
    aged = {
        rung.rung: (rung.state, words) for rung, words in aged_ladder(results, {*results} - {"gateway"}, HOST)
    }
    assert aged["gateway"] == ("bad", "no answer")
    assert aged["internet"] == aged["dns"] == aged["service"] == ("unknown", NOT_SINCE)
    assert aged["mobile signal"] == ("unknown", NOT_SINCE)
    assert aged["clock"] == ("ok", "right")


def test_with_everything_new_it_is_the_ladder():
    for case in EVERY:
        results = battery(**case.changes)
        assert [rung for rung, _ in aged_ladder(results, set(), HOST)] == [
            *build_ladder(Evidence(results, HOST))
        ]


def test_the_words_fit_beside_a_rung():
    assert len(NOT_SINCE) <= LONGEST
