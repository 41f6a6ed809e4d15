"""Which ways to support work now: told from the ladder, and never more than the ladder says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.diagnosis.model import RUNGS, Rung
from tshoot.guide.channels import channels_now
from tshoot.guide.words import HELP_WORDS

STATES = ["ok", "warn", "bad", "unknown", "not_applicable"]


def ladder(default="ok", **states):
    states = {name.replace("_", " "): state for name, state in states.items()}
    return [Rung(name, states.get(name, default), "") for name in RUNGS]


def working(names, rungs, official=True):
    return {channel.name: channel.works for channel in channels_now(names, rungs, official)}


def reason(name, rungs, official=True):
    return channels_now([name], rungs, official)[0].reason


def test_without_internet_a_call_and_a_store_are_left():
    found = working(["chat", "website", "app", "phone", "store"], ladder(internet="bad", service="bad"))
    assert found == {
        "phone": "works",
        "store": "works",
        "chat": "not_now",
        "website": "not_now",
        "app": "not_now",
    }
    assert list(found)[:2] == ["phone", "store"]


def test_with_everything_well_everything_works():
    names = ["chat", "website", "app", "phone", "store", "administrator"]
    assert set(working(names, ladder()).values()) == {"works"}


def test_without_names_the_website_does_not_work_and_the_app_may():
    found = working(["website", "chat", "app"], ladder(dns="bad", service="warn"))
    assert found == {"app": "works", "website": "not_now", "chat": "not_now"}
    assert "looked up" in reason("website", ladder(dns="bad"))
    assert "mobile data" in reason("chat", ladder(dns="bad"))


def test_the_website_of_somebody_else_tells_nothing_of_the_providers():
    assert working(["website"], ladder(service="bad"), official=False) == {"website": "not_known"}
    assert working(["website"], ladder(), official=False) == {"website": "not_known"}
    assert working(["website"], ladder(internet="bad"), official=False) == {"website": "not_now"}


def test_a_website_that_is_down_is_down_for_the_chat_on_it_too():
    found = working(["website", "chat", "app"], ladder(service="bad"))
    assert found == {"app": "works", "website": "not_now", "chat": "not_now"}


def test_before_anything_is_measured_only_what_needs_no_internet_works():
    found = working(["chat", "website", "app", "phone", "site_owner"], ladder("unknown"))
    assert found == {
        "phone": "works",
        "chat": "not_known",
        "website": "not_known",
        "app": "not_known",
        "site_owner": "not_known",
    }
    assert set(working(["chat", "website", "app"], []).values()) == {"not_known"}


@given(st.lists(st.sampled_from(STATES), min_size=len(RUNGS), max_size=len(RUNGS)), st.booleans())
def test_what_needs_the_internet_never_works_on_a_ladder_that_does_not_say_so(states, official):
    rungs = [Rung(name, state, "") for name, state in zip(RUNGS, states, strict=True)]
    found = channels_now(HELP_WORDS, rungs, official)
    assert [channel.name for channel in found if not channel.reason] == []
    assert {channel.name for channel in found} == set(HELP_WORDS)
    internet = dict(zip(RUNGS, states, strict=True))["internet"]
    for channel in found:
        if channel.name in {"chat", "website", "app"} and internet in {"bad", "unknown"}:
            assert channel.works != "works"


@pytest.mark.parametrize("name", ["pigeon", ""])
def test_a_channel_nobody_knows_is_left_out(name):
    assert channels_now([name, "phone"], ladder(), True)[0].name == "phone"
    assert len(channels_now([name, "phone", "phone"], ladder(), True)) == 1
