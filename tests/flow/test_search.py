"""Flows and steps found by a person's own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.vocabulary import ROOT
from tshoot.flow.loader import load_flows
from tshoot.flow.model import kind_of
from tshoot.flow.search import SearchIndex

FLOWS = load_flows([ROOT / "flows"]).flows
INDEX = SearchIndex(FLOWS)


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("I forgot my password", "recovery"),
        ("my account is locked", "recovery"),
        ("the app does not open", "app"),
        ("the app dosn't instal", "app"),
        ("vpn", "vpn"),
        ("is this message genuine", "security"),
        ("reset the gateway", "reset"),
        ("gatway reest", "reset"),
        ("sign-in page in my brwoser", "browser"),
        ("talk to somebody", "support"),
        ("cant get online", "connectivity"),
    ],
)
def test_the_right_flow_is_among_the_first_three(words, flow):
    assert flow in [match.flow for match in INDEX.search(words)[:3]]


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("the clock is wrong", "set-clock"),
        ("Charge the hotspot", "hotspot-battery"),
        ("set the daet and time", "set-clock"),
        ("switch on wi-fi", "turn-on-wifi"),
    ],
)
def test_a_step_is_found_by_what_it_says(words, step):
    assert step in [match.step for match in INDEX.search(words)[:4]]


def test_a_step_is_found_by_the_cause_it_fixes():
    causes = {("connectivity", "automatic-dns"): "The zeppelin has landed."}
    assert INDEX.search("zeppelin") == ()
    assert [match.step for match in SearchIndex(FLOWS, causes).search("zepelin")] == ["automatic-dns"]


@pytest.mark.parametrize("words", ["", "the of my", "xqzzyv", "?!", "🙂"])
def test_what_fits_nothing_finds_nothing(words):
    assert INDEX.search(words) == ()


def test_a_result_says_what_the_step_says():
    found = next(match for match in INDEX.search("charge the hotspot") if match.step == "hotspot-battery")
    assert (found.flow, found.title) == ("connectivity", "Charge and wake the hotspot")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_words_give_few_ranked_places_that_exist(words):
    found = INDEX.search(words, most=5)
    assert len(found) <= 5
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    for match in found:
        assert match.score > 0
        assert not match.step or match.step in {step.id for step in FLOWS[match.flow].steps}


def test_the_command_prints_the_places_and_ends_with_1_where_nothing_fits():
    from click.testing import CliRunner

    from tshoot.cli.flows import flows

    done = CliRunner().invoke(flows, ["list", "charge", "hotspot"], standalone_mode=False)
    assert "connectivity/hotspot-battery  Charge and wake the hotspot\n" in done.stdout
    nothing = CliRunner().invoke(flows, ["list", "xqzzyv"], standalone_mode=False)
    assert (nothing.return_value, nothing.stdout) == (1, "")
    assert "Nothing fits" in nothing.stderr


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("hacked", "security"),
        ("my account was stolen", "security"),
        ("scam", "security"),
        ("5G", "connectivity"),
        ("no bars", "connectivity"),
        ("signal", "connectivity"),
    ],
)
def test_everyday_words_that_no_flow_uses_lead_to_the_right_one(words, flow):
    assert INDEX.search(words)[0].flow == flow


def test_a_result_never_shows_a_gap_a_step_id_or_somebody_elses_end():
    ends = {
        (name, step.id): step.say
        for name, flow in FLOWS.items()
        for step in flow.steps
        if kind_of(step) == "end"
    }
    asked = [
        "vpn",
        "extension",
        "sign",
        "in",
        "again",
        "slow",
        "line",
        "password",
        "gateway",
        "page",
        "summary",
        "address",
        "reset",
    ]
    found = [match for word in asked for match in INDEX.search(word, most=200)]
    assert found
    for match in found:
        assert "{" not in match.title and match.title.strip()
        assert match.title not in {step.id for step in FLOWS[match.flow].steps}
        assert match.title != FLOWS[match.flow].title
        if (match.flow, match.step) in ends:
            assert match.title == FLOWS[match.flow].about
