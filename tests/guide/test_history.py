"""Going back, suggestions, and rebuilding a session from its transcript."""

import pytest

from tests.guide import flows as f
from tshoot.guide.errors import NothingEarlier
from tshoot.guide.history import replay
from tshoot.guide.model import Chosen, Finish, Measured, Prompt, WentBack

STEPS = [
    f.ask("room", {"kitchen": "check", "hall": "check", "garden": "far"}),
    f.tell("far", "check"),
    f.diagnose("check", {"none": "good"}, "fix"),
    f.do("fix", "again", "bad"),
    f.verify(
        "again",
        {"diagnose": "all", "fixed": ["none"]},
        "good",
        "works",
        "works",
        **f.instead("none", "unknown"),
    ),
    f.ask("works", {"yes": "good", "no": "bad"}),
    f.end("good"),
    f.end("bad", "unresolved"),
]
EVENTS = [
    Chosen("room", "hall"),
    Measured("check", "dns.slow", "slow", values={"summary": "Slow."}, outcomes={"link": "ok"}),
    Chosen("fix", "done"),
    Chosen("again", "says-unknown"),
    Chosen("works", "no"),
]


@pytest.fixture
def guide():
    return f.engine(f.flow(STEPS))


@pytest.mark.parametrize(
    ("position", "step", "earlier", "lines"),
    [
        (None, "works", "no", 4),
        (4, "works", "no", 4),
        (3, "again", "says-unknown", 3),
        (2, "fix", "done", 2),
        (0, "room", "hall", 0),
    ],
)
def test_back_to_an_earlier_prompt_with_its_answer(guide, position, step, earlier, lines):
    state, _ = f.walk(guide, EVENTS)
    back, effect = guide.handle(state, WentBack(position))
    prompt = effect if isinstance(effect, Prompt) else effect.instead
    assert (prompt.step, prompt.earlier, len(back.transcript)) == (step, earlier, lines)
    assert back.pending == effect


def test_what_a_probe_said_is_no_place_to_go_back_to(guide):
    state, _ = f.walk(guide, EVENTS)
    assert state.prompts() == (0, 2, 3, 4)
    with pytest.raises(NothingEarlier):
        guide.handle(state, WentBack(1))


def test_later_answers_come_back_as_suggestions_where_the_step_is_met_again(guide):
    state, _ = f.walk(guide, EVENTS)
    state, _ = guide.handle(state, WentBack(0))
    state, effect = guide.handle(state, Chosen("room", "garden"))
    assert (effect.step, effect.earlier) == ("far", None)
    state, effect = guide.handle(state, Chosen("far", "next"))
    state, effect = guide.handle(state, EVENTS[1])
    assert (effect.step, effect.earlier) == ("fix", "done")
    state, effect = guide.handle(state, Chosen("fix", "done"))
    assert effect.instead.earlier == "says-unknown"
    state, effect = guide.handle(state, Measured("again", "unknown"))
    assert effect.earlier == "no"


def test_back_twice_keeps_the_answers_from_before_the_first(guide):
    state, _ = f.walk(guide, EVENTS)
    state, _ = guide.handle(state, WentBack())
    state, _ = guide.handle(state, WentBack(0))
    for event in EVENTS[:4]:
        state, effect = guide.handle(state, event)
    assert (effect.step, effect.earlier) == ("works", "no")


def test_what_was_done_stays_done(guide):
    state, _ = f.walk(guide, EVENTS)
    state, _ = guide.handle(state, WentBack(0))
    state, effect = guide.handle(state, EVENTS[0])
    assert effect.step == "check"
    assert effect.fresh
    assert effect.epoch == 1


@pytest.mark.parametrize("position", [0, 2, 3, 4])
def test_back_and_the_same_answers_give_the_same_transcript(guide, position):
    state, finish = f.walk(guide, EVENTS)
    back, _ = guide.handle(state, WentBack(position))
    for event in EVENTS[position:]:
        back, effect = guide.handle(back, event)
    assert (back.transcript, effect) == (state.transcript, finish)


@pytest.mark.parametrize("length", range(len(EVENTS) + 1))
def test_a_transcript_rebuilds_the_session(guide, length):
    state, effect = f.walk(guide, EVENTS[:length], known={"service": "metro"})
    again = replay(guide, "main", state.transcript, {"service": "metro"})
    assert (again.state, again.effect, again.stopped_at) == (state, effect, None)


def test_a_changed_flow_stops_the_replay_where_it_no_longer_fits(guide):
    state, _ = f.walk(guide, EVENTS)
    changed = [step for step in STEPS if step["id"] not in {"fix"}]
    new = f.engine(f.flow([*changed, f.ask("fix", {"done": "again", "later": "bad"})]))
    again = replay(new, "main", state.transcript)
    assert (again.stopped_at, again.effect.step) == (2, "fix")
    assert "fix" in again.reason


def test_an_answer_that_is_gone_stops_the_replay(guide):
    state, _ = f.walk(guide, EVENTS)
    new = f.engine(f.flow([f.ask("room", {"attic": "check", "cellar": "check"}), *STEPS[1:]]))
    again = replay(new, "main", state.transcript)
    assert (again.stopped_at, again.effect.step) == (0, "room")
    assert "hall" in again.reason


def test_a_decision_that_falls_otherwise_stops_the_replay():
    def built(value):
        return f.engine(
            f.flow(
                [
                    f.ask("one", {"yes": "choose", "no": "choose"}),
                    f.decide("choose", [({"one": [value]}, "left")], "right"),
                    f.tell("left", "good"),
                    f.tell("right", "good"),
                    f.end("good"),
                ]
            )
        )

    state, _ = f.walk(built("yes"), [Chosen("one", "yes"), Chosen("left", "next")])
    again = replay(built("no"), "main", state.transcript)
    assert (again.stopped_at, again.effect.step) == (1, "right")


def test_a_transcript_longer_than_the_flow_stops_at_its_end(guide):
    state, _ = f.walk(guide, EVENTS)
    short = f.engine(f.flow([f.ask("room", {"hall": "good", "attic": "good"}), f.end("good")]))
    again = replay(short, "main", state.transcript)
    assert isinstance(again.effect, Finish)
    assert again.stopped_at == 1
