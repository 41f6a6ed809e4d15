"""When a file was saved, by the caller's clock, decides what it proves, not when it was sent."""

import pytest

from tests.desk.calls import Desk, file, report, small
from tshoot.desk import moves
from tshoot.desk.ticket_of import ticket_of
from tshoot.desk.way import source_of
from tshoot.evidence.recorded import recorded_of
from tshoot.evidence.telling import code_for
from tshoot.guide.model import Finish
from tshoot.session.model import EvidenceGiven

DONE_AT = 1
"""Minutes after the call began at which the restart is answered."""


def clock(outcome, ahead):
    return outcome, {"offset_seconds": ahead}


def restarted(**given):
    return Desk(small()).begin(evidence=file(link="down", **given)).choose("done")


def test_a_file_saved_before_the_action_and_sent_after_it_proves_nothing():
    desk = restarted().give(file(link="down", saved=DONE_AT - 5))
    assert (desk.at, desk.call.wanted.kind) == ("again", "instead")
    assert desk.call.age(desk.call.pieces[-1]) == "old"
    assert all(fix.result == "" for fix in ticket_of(desk.call, "", "").tried)


def test_a_file_saved_after_it_does():
    desk = restarted().give(file(saved=DONE_AT + 0.5))
    assert isinstance(desk.call.wanted, Finish)
    assert desk.call.age(desk.call.pieces[-1]) == "new"


def test_an_old_file_that_comes_late_does_not_hide_the_new_one():
    desk = restarted()
    desk.keep((file(saved=DONE_AT + 0.5), file(link="down", saved=-5)))
    assert desk.call.wanted.outcome == "ok"


@pytest.mark.parametrize(
    ("saved", "changes"),
    [
        (60, {}),
        (1.5, {"clock": clock("wrong", 7200.0)}),
        (-60, {"clock": clock("wrong", -3600.0)}),
    ],
    ids=["saved in the future", "a clock that is ahead", "a clock that is behind"],
)
def test_where_the_times_contradict_it_is_asked(saved, changes):
    desk = restarted().give(file(saved=saved, **changes))
    assert desk.call.wanted.kind == "instead"
    assert desk.call.age(desk.call.pieces[-1]) == "unsure"


@pytest.mark.parametrize(("saved", "age"), [(0.5, "new"), (3.5, "new"), (-3, "old"), (6, "unsure")])
def test_a_clock_that_is_a_little_off_is_set_right(saved, age):
    ahead = 120.0 if saved > 1 else -120.0
    desk = restarted().give(file(saved=saved, clock=clock("skewed", ahead)))
    assert desk.call.age(desk.call.pieces[-1]) == age


def test_clocks_may_differ_by_some_seconds():
    desk = restarted().give(file(saved=2 + 30 / 60))
    assert isinstance(desk.call.wanted, Finish)


def test_before_anything_was_done_any_time_will_do():
    for saved in (-10_000, 10_000):
        desk = Desk(small()).begin(evidence=file(saved=saved))
        assert desk.lines() == [("look", "ok", "probe")]


def test_a_file_from_before_the_action_does_not_offer_to_start_over():
    desk = Desk(small()).begin().choose("says-down", "done", "says-down", "done", "says-down")
    assert moves.first_answerable(desk.call, file(saved=0), now=desk.now) is None


def test_the_way_names_what_answered_not_what_was_too_old():
    code = EvidenceGiven(report(), "code", code_for(recorded_of(report()).checkup()))
    desk = restarted()
    desk.keep((code, file(link="down", saved=-5)))
    desk.keep(moves.evidence_given(desk.call, file(saved=-4), now=desk.now))
    line = desk.call.lines.here[-1]
    assert (line.taken.step, line.taken.value, source_of(desk.call, line)) == ("again", "ok", "code")
