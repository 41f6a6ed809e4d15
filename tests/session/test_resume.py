"""Going on: the same state as before, also after going back; flows that have changed meanwhile."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide import flows as f
from tests.session.conftest import BEGIN
from tshoot.guide.errors import EngineError
from tshoot.guide.model import Chosen, Finish, Measure, Measured, Prompt, WentBack
from tshoot.session.events_json import event_from, kind_of_event, payload_of
from tshoot.session.model import Recorded
from tshoot.session.record import fold
from tshoot.session.resume import CannotGoOn, resumed
from tshoot.session.walking import opened_by, walked_by
from tshoot.target import Target

STEPS = [
    f.ask("room", {"kitchen": "check", "hall": "check", "garden": "far"}),
    f.tell("far", "check"),
    f.diagnose("check", {"none": "good"}, "fix"),
    f.do("fix", "again", "more"),
    f.verify(
        "again",
        {"diagnose": "all", "fixed": ["none"]},
        "good",
        "more",
        "more",
        **f.instead("none", "unknown"),
    ),
    f.use("more", "deep", {"resolved": "good", "unresolved": "bad"}),
    f.end("good"),
    f.end("bad", "unresolved"),
]
DEEP = [
    f.wait("pause", "works"),
    f.ask("works", {"yes": "deep-good", "no": "deep-bad"}),
    f.end("deep-good"),
    f.end("deep-bad", "unresolved"),
]
EVENTS = [
    Chosen("room", "hall"),
    Measured("check", "dns.slow", "slow", values={"summary": "Slow."}, outcomes={"link": "ok"}),
    Chosen("fix", "done"),
    Measured("again", "dns.slow"),
    Chosen("pause", "go-on"),
    WentBack(0),
    Chosen("room", "kitchen"),
]


def guide(steps=STEPS, deep=DEEP):
    return f.engine(f.flow(steps), f.flow(deep, "deep", ["resolved", "unresolved"]))


def kept(event):
    return event_from(kind_of_event(event), json.loads(json.dumps(payload_of(event))))


def recorded(engine, events):
    """The states of a walk, and the record after each of its events."""
    state, _ = engine.start("main", {"service": "metro"})
    so_far = [opened_by(engine, "wizard", state, Target("example.com"))]
    walk = [(state, so_far[:])]
    for event in events:
        before, (state, _) = state, engine.handle(state, event)
        so_far += walked_by(engine, before.transcript, event, state, 2.0)
        walk.append((state, so_far[:]))
    return [
        (
            state,
            fold("s", [Recorded("s", number, BEGIN, "", kept(one)) for number, one in enumerate(all_, 1)]),
        )
        for state, all_ in walk
    ]


def test_at_every_step_the_very_state_is_rebuilt():
    engine = guide()
    for state, record in recorded(engine, EVENTS):
        again = resumed(engine, record)
        assert again.state == state
        assert again.effect == state.pending
        assert again.notice == ""
        assert len(again.seconds) == len(state.transcript)


def choices(engine, state):
    wanted = state.pending
    found = [WentBack(place) for place in state.prompts()]
    if isinstance(wanted, Prompt):
        found += [Chosen(wanted.step, choice.id) for choice in wanted.choices]
    if isinstance(wanted, Measure):
        found += [Measured(wanted.step, outcome, "d") for outcome in ("none", "dns.slow", "unknown")]
        instead = wanted.instead.choices if wanted.instead else ()
        found += [Chosen(wanted.step, choice.id) for choice in instead]
    return found


@given(st.data())
def test_any_walk_goes_on_where_it_stood(data):
    engine = guide()
    state, events = engine.start("main", {"service": "metro"})[0], []
    for _ in range(data.draw(st.integers(0, 12))):
        possible = choices(engine, state)
        if not possible:
            break
        event = data.draw(st.sampled_from(possible))
        try:
            state, _ = engine.handle(state, event)
        except EngineError:
            continue
        events.append(event)
    state, record = recorded(engine, events)[-1]
    again = resumed(engine, record)
    assert again.state == state
    assert record.transcript == state.transcript
    assert record.row.title
    assert (record.finish is not None) == isinstance(state.pending, Finish)


def test_what_is_kept_of_a_walk():
    _, record = recorded(guide(), EVENTS[:4])[-1]
    assert record.row.topic == "A test"
    assert (record.row.at_flow, record.row.step) == ("deep", "pause")
    assert record.row.title == "Wait until the lights stop changing."
    assert record.row.cause == "dns.slow"
    assert record.aim.host == "example.com"
    assert record.versions == {"main": "1.0.0", "deep": "1.0.0"}
    assert record.known == {"os": "linux", "service": "metro"}


def test_a_fix_is_told_with_what_its_check_said():
    engine = guide()
    state = f.walk(engine, EVENTS[:3])[0]
    for outcome, result in (("none", "fixed"), ("dns.slow", "not_fixed"), ("unknown", "cannot_tell")):
        event = Measured("again", outcome)
        after = engine.handle(state, event)[0]
        tried = walked_by(engine, state.transcript, event, after, 1.0)[0].tried
        assert (tried.line, tried.flow, tried.step, tried.result) == (2, "main", "fix", result)
    refused = f.walk(engine, [*EVENTS[:2], Chosen("fix", "cannot")])[0]
    assert walked_by(engine, refused.transcript[:2], Chosen("fix", "cannot"), refused, 1.0)[0].tried is None


def test_a_flow_that_has_changed_goes_on_where_it_still_fits():
    _, record = recorded(guide(), EVENTS[:5])[-1]
    asked = f.ask("floor", {"up": "fix", "down": "fix"})
    changed = [*STEPS[:2], f.diagnose("check", {"none": "good"}, "floor"), asked, *STEPS[3:]]
    engine = guide(changed)
    again = resumed(engine, record)
    assert again.effect.step == "floor"
    assert [line.step for line in again.state.transcript] == ["room", "check"]
    assert again.seconds == (2.0, 2.0)
    assert "changed" in again.notice
    assert "suggestions" in again.notice
    _, prompt = engine.handle(again.state, Chosen("floor", "up"))
    assert (prompt.step, prompt.earlier) == ("fix", "done")


def test_a_step_that_was_renamed_is_asked_again():
    _, record = recorded(guide(), EVENTS[:1])[-1]
    steps = [f.ask("place", {"kitchen": "check", "hall": "check", "garden": "far"}), *STEPS[1:]]
    again = resumed(guide(steps), record)
    assert (again.effect.step, again.state.transcript) == ("place", ())


def test_an_answer_that_is_no_more_is_asked_again_and_a_new_wording_is_not():
    _, record = recorded(guide(), EVENTS[:1])[-1]
    fewer = [f.ask("room", {"kitchen": "check", "garden": "far"}, say="New words."), *STEPS[1:]]
    assert resumed(guide(fewer), record).effect.step == "room"
    reworded = [f.ask("room", {"kitchen": "check", "hall": "check"}, say="New words."), *STEPS[1:]]
    assert resumed(guide(reworded), record).effect.step == "check"
    assert resumed(guide(reworded), record).notice == ""


def test_a_flow_that_is_gone_is_said():
    _, record = recorded(guide(), EVENTS)[-1]
    with pytest.raises(CannotGoOn, match="'main'"):
        resumed(f.engine(f.flow(DEEP, "deep", ["resolved", "unresolved"])), record)


def test_a_used_flow_that_is_gone_goes_on_before_it():
    _, record = recorded(guide(), EVENTS[:5])[-1]
    engine = f.engine(f.flow([*STEPS[:5], *(step for step in STEPS[6:]), f.tell("more", "bad")]))
    again = resumed(engine, record)
    assert again.effect.step == "more"
    assert "changed" in again.notice
