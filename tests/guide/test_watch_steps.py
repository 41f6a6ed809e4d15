"""The steps watch and wait in the engine: routes, ways out by hand, pauses, replay."""

import pytest

from tests.guide import flows as f
from tshoot.guide.effects import CANNOT_TELL, GO_ON, LATER, SEEN
from tshoot.guide.errors import UnknownChoice, WrongStep
from tshoot.guide.history import replay
from tshoot.guide.model import Chosen, Measured, Taken, Watch, WentBack

WHAT = {"probe": "gateway", "until": ["ok", "slow"], "gone": ["dead", "timeout"], "at_most": 4}
WAYS = ("check", "sad", "unclear")
ENDS = [f.end("good"), f.end("sad", "unresolved"), f.end("unclear", "unresolved")]


def flow(**more):
    return f.flow(
        [
            f.do("restart", "back", "sad"),
            f.watch("back", WHAT, *WAYS, say="Watching.", why="It takes a while.", **more),
            f.verify("check", {"probe": "tcp", "fixed": ["ok"]}, "good", "sad", "unclear"),
            *ENDS,
        ]
    )


ENGINE = f.engine(flow())
ASKING = f.engine(flow(**f.instead("ok", "dead", "error")))
DONE = Chosen("restart", "done")


def test_a_watch_says_all_that_is_needed_to_follow_it():
    state, effect = f.walk(ENGINE, [DONE])
    assert isinstance(effect, Watch)
    assert (effect.probe, effect.until, effect.gone, effect.at_most) == (
        "gateway",
        ("ok", "slow"),
        ("dead", "timeout"),
        4,
    )
    assert (effect.fresh, effect.purpose, effect.epoch, effect.instead) == (True, "watch", 1, None)
    assert (effect.leave.kind, effect.leave.step, effect.leave.why) == ("watch", "back", "It takes a while.")
    assert [choice.id for choice in effect.leave.choices] == [SEEN, CANNOT_TELL]
    assert state.pending is effect


@pytest.mark.parametrize(
    ("outcome", "value", "step"),
    [
        ("ok", "seen", "check"),
        ("slow", "seen", "check"),
        ("lossy", "not_seen", "sad"),
        ("dead", "not_seen", "sad"),
        ("timeout", "not_seen", "sad"),  # it is called gone, so it is an answer
        ("error", "cannot_tell", "unclear"),
        ("skipped", "cannot_tell", "unclear"),
    ],
)
def test_the_last_outcome_takes_the_way_and_is_kept(outcome, value, step):
    state, effect = f.walk(ENGINE, [DONE, Measured("back", outcome, "2 ms")])
    assert effect.step == step
    assert state.transcript[-1] == Taken(
        "main", "back", "watch", value, "probe", "2 ms", {}, {"gateway": outcome}
    )
    assert state.last_outcome("gateway") == outcome
    again = replay(ENGINE, "main", state.transcript)
    assert (again.state, again.effect, again.stopped_at) == (state, effect, None)


@pytest.mark.parametrize(("choice", "step"), [(SEEN, "check"), (CANNOT_TELL, "unclear")])
def test_a_person_can_end_it_by_hand(choice, step):
    state, effect = f.walk(ENGINE, [DONE, Chosen("back", choice)])
    assert effect.step == step
    assert f.lines(state)[-1] == ("main", "back", "watch", choice, "person")
    assert state.last_outcome("gateway") is None
    again = replay(ENGINE, "main", state.transcript)
    assert (again.state, again.effect) == (state, effect)


def test_it_can_be_asked_instead_and_still_be_ended_by_hand():
    state, effect = f.walk(ASKING, [DONE, Chosen("back", "says-dead", "answers")])
    assert (effect.step, f.lines(state)[-1][3:]) == ("sad", ("not_seen", "answers"))
    assert state.last_outcome("gateway") == "dead"
    assert replay(ASKING, "main", state.transcript).state == state
    _, effect = f.walk(ASKING, [DONE, Chosen("back", SEEN)])
    assert effect.step == "check"


@pytest.mark.parametrize("choice", ["says-dead", SEEN])
def test_going_back_suggests_what_was_answered(choice):
    state, _ = f.walk(ASKING, [DONE, Chosen("back", choice)])
    state, effect = ASKING.handle(state, WentBack())
    assert (effect.step, len(state.transcript)) == ("back", 1)
    assert {effect.instead.earlier, effect.leave.earlier} == {choice, None}
    again, _ = ASKING.handle(state, Chosen("back", choice))
    assert not again.suggestions


def test_nothing_else_ends_it():
    state, _ = f.walk(ENGINE, [DONE])
    for wrong in (Chosen("back", "not_seen"), Chosen("back", "says-dead")):
        with pytest.raises(UnknownChoice):
            ENGINE.handle(state, wrong)
    for wrong in (Chosen("restart", "done"), Measured("check", "ok")):
        with pytest.raises(WrongStep):
            ENGINE.handle(state, wrong)


def test_a_changed_watch_stops_the_replay_where_it_no_longer_fits():
    state, _ = f.walk(ENGINE, [DONE, Measured("back", "slow")])
    stricter = f.engine(
        f.flow(
            [
                f.do("restart", "back", "sad"),
                f.watch("back", {**WHAT, "until": ["ok"]}, *WAYS),
                f.tell("check", "good"),
                *ENDS,
            ]
        )
    )
    assert replay(stricter, "main", state.transcript).stopped_at == 1


PAUSE = f.engine(
    f.flow(
        [
            f.probe("look", "link", {"ok": "pause", "*": "pause"}),
            f.wait("pause", "again"),
            f.probe("again", "link", {"ok": "good", "*": "sad"}),
            *ENDS,
        ]
    )
)


def test_after_a_pause_older_results_are_stale():
    state, effect = f.walk(PAUSE, [Measured("look", "ok")])
    assert (effect.kind, effect.title) == ("wait", "Wait until the lights stop changing.")
    assert [choice.id for choice in effect.choices] == [GO_ON, LATER]
    state, effect = PAUSE.handle(state, Chosen("pause", GO_ON))
    assert (effect.step, effect.fresh, effect.epoch) == ("again", True, 1)
    assert f.lines(state)[-1] == ("main", "pause", "wait", GO_ON, "person")
    assert replay(PAUSE, "main", state.transcript).state == state


def test_coming_back_later_changes_nothing_and_replay_leads_there_again():
    state, prompt = f.walk(PAUSE, [Measured("look", "ok")])
    later, effect = PAUSE.handle(state, Chosen("pause", LATER))
    assert (later, effect) == (state, prompt)
    assert replay(PAUSE, "main", later.transcript).effect == prompt


def test_one_can_go_back_to_a_pause():
    state, _ = f.walk(PAUSE, [Measured("look", "ok"), Chosen("pause", GO_ON)])
    state, effect = PAUSE.handle(state, WentBack())
    assert (effect.step, effect.earlier, state.epoch) == ("pause", GO_ON, 1)
