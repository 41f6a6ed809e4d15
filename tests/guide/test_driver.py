"""The loop: front, evidence and engine joined; time spent; the session record."""

import asyncio

import pytest

from tests.guide import flows as f
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver, Ended, InputEnded
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.model import Chosen, Measured, WentBack
from tshoot.guide.record import ended_well, session_json

STEPS = [
    f.ask("colour", {"red": "choose", "blue": "choose"}),
    f.decide("choose", [({"colour": ["red"]}, "check")], "gone"),
    f.diagnose("check", {"none": "fine"}, "fix"),
    f.do("fix", "look", "gone"),
    f.verify("look", {"probe": "link", "fixed": ["ok"]}, "good", "gone", "gone", **f.instead("ok", "down")),
    f.end("good", cause="dns.slow"),
    f.end("gone", "handed_over"),
    f.end("fine", "not_applicable"),
]
FLOW = f.flow(STEPS)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Front:
    """Answers from a list; each answer takes two seconds."""

    def __init__(self, events, clock):
        self.events, self.clock, self.seen = list(events), clock, []
        self.states, self.after_end = [], []

    async def ask(self, prompt, can_go_back):
        self.seen.append((prompt.kind, prompt.step, can_go_back))
        self.clock.now += 2
        if not self.events:
            raise InputEnded(prompt.step)
        return self.events.pop(0)

    def show_measuring(self, measure):
        self.seen.append(("measuring", measure.step))

    def show_measured(self, measured, measure):
        self.seen.append(("measured", measured.outcome, measure.before))

    def arrived(self, walk):
        self.states.append(walk.state)

    async def finish(self, finish, can_go_back):
        self.seen.append(("finish", finish.step))
        return self.after_end.pop(0) if self.after_end else None


class Evidence(AskedEvidence):
    """Gives the outcomes in turn (None: ask instead), each after half a second."""

    def __init__(self, outcomes, clock):
        self.outcomes, self.clock, self.ahead = list(outcomes), clock, []

    async def measure(self, wanted):
        outcome = self.outcomes.pop(0)
        if outcome is None:
            return await super().measure(wanted)
        self.clock.now += 0.5
        return Measured(wanted.step, outcome)

    def prefetch(self, flow, step, epoch):
        self.ahead.append((step, epoch))


async def drive(events, outcomes, answers=None):
    clock = Clock()
    front, evidence = Front(events, clock), Evidence(outcomes, clock)
    source = AnsweredFirst(evidence, answers) if answers else evidence
    guide = f.engine(FLOW)
    try:
        return await Driver(guide, source, front, clock).run(*guide.start("main")), front, evidence
    except Ended as ended:
        return ended, front, evidence


async def test_a_walk_from_start_to_end():
    events = [Chosen("colour", "red"), Chosen("fix", "done"), Chosen("look", "says-ok")]
    walk, front, evidence = await drive(events, ["dns.slow", None])
    assert front.seen == [
        ("ask", "colour", False),
        ("measuring", "check"),
        ("measured", "dns.slow", None),
        ("do", "fix", True),
        ("instead", "look", True),
        ("finish", "good"),
    ]
    assert evidence.ahead == [("colour", 0), ("check", 0), ("fix", 0), ("look", 1)]
    assert session_json(walk, FLOW) == {
        "schema": "tshoot.session/1",
        "flow": "main",
        "subject": "this-device",
        "flow_version": "1.0.0",
        "steps": [
            {"step": "colour", "kind": "ask", "answer": "red", "by": "person", "seconds": 2, "flow": "main"},
            {
                "step": "choose",
                "kind": "decide",
                "outcome": "1",
                "by": "default",
                "seconds": 0,
                "flow": "main",
            },
            {
                "step": "check",
                "kind": "diagnose",
                "outcome": "dns.slow",
                "by": "probe",
                "seconds": 0.5,
                "flow": "main",
            },
            {"step": "fix", "kind": "do", "answer": "done", "by": "person", "seconds": 2, "flow": "main"},
            {"step": "look", "kind": "verify", "outcome": "ok", "by": "person", "seconds": 2, "flow": "main"},
        ],
        "end": {"step": "good", "outcome": "resolved", "cause": "dns.slow", "summary": "Ended at good."},
    }


async def test_going_back_takes_the_time_back_too():
    events = [Chosen("colour", "red"), WentBack(), Chosen("colour", "blue")]
    walk, front, _ = await drive(events, ["dns.slow"])
    assert front.seen[-1] == ("finish", "gone")
    assert [
        (taken.step, spent) for taken, spent in zip(walk.state.transcript, walk.seconds, strict=True)
    ] == [("colour", 2), ("choose", 0)]


async def test_the_end_of_input_names_the_step_and_keeps_what_was_reached():
    ended, _, _ = await drive([Chosen("colour", "red")], ["dns.slow"])
    assert ended.step == "fix"
    record = session_json(ended.walk, FLOW)
    assert record["end"] == {
        "step": "fix",
        "outcome": None,
        "cause": "dns.slow",
        "summary": "The input ended at step 'fix'.",
    }
    assert len(record["steps"]) == 3


async def test_an_answer_given_for_a_measurement_takes_its_place():
    events = [Chosen("colour", "red"), Chosen("fix", "done"), Chosen("look", "says-down")]
    walk, _, evidence = await drive(events, ["dns.slow", "ok"], Answers({"look": "says-down"}))
    assert walk.finish.step == "gone"
    assert evidence.outcomes == ["ok"]


@pytest.mark.parametrize(
    ("events", "outcomes", "well"),
    [
        ([Chosen("colour", "red")], ["none"], True),
        ([Chosen("colour", "blue")], [], False),
        ([Chosen("colour", "red"), Chosen("fix", "done")], ["dns.slow", "ok"], True),
        ([Chosen("colour", "red"), Chosen("fix", "cannot")], ["dns.slow"], False),
    ],
)
async def test_what_counts_as_ended_well(events, outcomes, well):
    walk, _, _ = await drive(events, outcomes)
    assert ended_well(walk.finish) is well


async def test_not_applicable_is_well_only_where_nothing_is_wrong():
    guide = f.engine(f.flow([f.end("x", "not_applicable", cause="browser.only"), f.end("y")]))
    assert not ended_well(guide.start("main")[1])


async def test_leaving_while_measuring_stops_the_measuring():
    started, stopped = asyncio.Event(), asyncio.Event()

    class Slow(AskedEvidence):
        async def measure(self, wanted):
            started.set()
            try:
                await asyncio.Event().wait()
            finally:
                stopped.set()

    guide = f.engine(f.flow([f.diagnose("check", {}, "good"), f.end("good")]))
    driver = Driver(guide, Slow(), Front([], Clock()))
    walk = asyncio.create_task(driver.run(*guide.start("main")))
    await started.wait()
    walk.cancel()
    await asyncio.wait({walk})
    async with asyncio.timeout(2):
        await stopped.wait()
