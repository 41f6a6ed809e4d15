"""Probes that aim at the service the person has named."""

import pytest

from tests.guide import flows as f
from tshoot.guide.setup import upcoming_of

STEPS = [f.probe("page", "http", {"ok": "good", "*": "bad"}, **{"with": {"target": "named"}})]
ENDS = [f.end("good"), f.end("bad", "unresolved")]


@pytest.mark.parametrize(
    ("known", "params"),
    [
        ({}, {}),
        ({"service": "t-mobile"}, {}),
        ({"service": "t-mobile", "product": "metro"}, {"target": "metro"}),
        ({"service": "t-mobile", "product": "account"}, {}),
        ({"service": "metro", "product": "account"}, {"target": "t-mobile"}),
        ({"service": "t-mobile", "product": "unsure"}, {}),
        ({"service": "t-mobile", "product": "home", "secret": "metro"}, {"target": "metro"}),
        ({"service": "t-mobile", "product": "metro", "secret": "wifi"}, {"target": "metro"}),
        ({"product": "home"}, {"target": "t-mobile"}),
    ],
)
def test_the_closest_answer_names_what_is_measured(known, params):
    _, effect = f.engine(f.flow([*STEPS, *ENDS])).start("main", known)
    assert dict(effect.params) == params


def test_a_check_and_a_watch_aim_at_it_too():
    aimed = {"probe": "http", "with": {"target": "named"}}
    check = f.verify("check", {**aimed, "fixed": ["ok"]}, "good", "bad", "bad")
    watch = f.watch("page", {**aimed, "until": ["ok"], "at_most": 1}, "good", "bad", "bad")
    for step in (check, watch):
        _, effect = f.engine(f.flow([step, *ENDS])).start("main", {"product": "metro"})
        assert dict(effect.params) == {"target": "metro"}


def test_what_is_not_named_yet_is_not_measured_ahead():
    ask = f.ask("which", {"one": "page", "unsure": "page"})
    steps = [ask, *STEPS, *ENDS]
    assert list(upcoming_of({"main": f.flow(steps)})("main", "which")) == []


@pytest.mark.parametrize(
    ("known", "service"),
    [
        ({}, ""),
        ({"service": "home-internet"}, "home-internet"),
        ({"service": "t-mobile", "product": "metro"}, "metro"),
        ({"product": "home"}, "t-mobile"),
    ],
)
def test_the_end_tells_whose_help_is_meant(known, service):
    _, effect = f.engine(f.flow([f.end("good")])).start("main", known)
    assert effect.service == service
