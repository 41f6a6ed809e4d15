"""Flows and steps found by a person's own words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.vocabulary import ROOT
from tests.guide import flows as small_flows
from tshoot.flow.loader import load_flows
from tshoot.flow.model import kind_of
from tshoot.flow.search import SearchIndex

FLOWS = load_flows([ROOT / "flows"]).flows
INDEX = SearchIndex(FLOWS)


def small(name, title):
    return replace(small_flows.flow([small_flows.end("over")], name), title=title)


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


@pytest.mark.parametrize(
    ("words", "flows"),
    [
        ("cant log in", {"start", "credentials"}),
        ("I can't log in", {"start", "credentials"}),
        ("login doesn't work", {"start", "credentials"}),
        ("unable to sign in", {"start", "credentials"}),
        ("invalid login", {"credentials"}),
        ("fake website", {"security"}),
        ("is this email real", {"security"}),
        ("someone called me and wants a code", {"security"}),
        ("suspicious link", {"security"}),
        ("wifi not working", {"connectivity"}),
        ("internet is down", {"connectivity"}),
        ("my internet is so slow", {"connectivity"}),
        ("nothing loads", {"connectivity", "browser"}),
        ("white screen", {"browser"}),
        ("cookies", {"browser"}),
        ("2fa code does not arrive", {"recovery"}),
        ("i dont remember my password", {"recovery"}),
        ("reset my password", {"recovery"}),
        ("too many attempts", {"recovery"}),
        ("locked out", {"recovery"}),
        ("password incorrect", {"credentials"}),
        ("access denied", {"vpn"}),
        ("error 403", {"vpn"}),
        ("app crashes", {"app"}),
        ("t-life app wont open", {"app"}),
        ("gateway admin page", {"gateway-login"}),
        ("change wifi password", {"gateway-login"}),
        ("factory reset", {"reset"}),
        ("reset router", {"reset"}),
        ("call support", {"support"}),
        ("customer service", {"support"}),
    ],
)
def test_what_people_type_leads_to_the_right_help_at_once(words, flows):
    assert INDEX.search(words)[0].flow in flows


def test_a_title_that_is_meant_as_a_whole_comes_before_one_that_holds_more():
    first, second = small("long", "Open the big red door"), small("short", "Open the door")
    index = SearchIndex({flow.flow: flow for flow in (first, second)})
    assert [match.flow for match in index.search("open door")][:2] == ["short", "long"]
