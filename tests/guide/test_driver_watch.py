"""Watch and wait in the loop of a dialogue: who ends a watch, what is shown, how one leaves a pause."""

import asyncio

import pytest

from tests.guide import flows as f
from tests.guide.test_driver import Clock, Front
from tshoot.guide.driver import Driver, Ended
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.following import Tick
from tshoot.guide.model import Chosen, Measured, WentBack

WHAT = {"probe": "gateway", "until": ["ok"], "gone": ["dead"]}
FLOW = f.flow(
    [
        f.do("restart", "back", "sad"),
        f.watch("back", WHAT, "pause", "sad", "sad"),
        f.wait("pause", "good"),
        f.end("good"),
        f.end("sad", "unresolved"),
    ]
)


class WatchFront(Front):
    """``by_hand``: what the person does during the watches; None: nothing."""

    def __init__(self, events, by_hand=()):
        super().__init__(events, Clock())
        self.by_hand, self.given_up = list(by_hand), 0

    def show_tick(self, tick, watch):
        self.seen.append(("tick", tick.state))

    async def leave_watch(self, watch, can_go_back):
        assert can_go_back
        event = self.by_hand.pop(0) if self.by_hand else None
        if event is not None:
            return event
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up += 1


class Watched(AskedEvidence):
    """Tells one tick; ends as ``outcome``, or never where that is None."""

    def __init__(self, outcome):
        self.outcome, self.stopped = outcome, 0

    async def watch(self, wanted, told):
        told(Tick("gone", "dead", 1.0))
        try:
            await (asyncio.Event().wait() if self.outcome is None else asyncio.sleep(0))
        finally:
            self.stopped += 1
        return Measured(wanted.step, self.outcome)


async def drive(events, outcome, by_hand=()):
    front, evidence = WatchFront(events, by_hand), Watched(outcome)
    guide = f.engine(FLOW)
    async with asyncio.timeout(5):
        try:
            return (
                await Driver(guide, evidence, front, front.clock).run(*guide.start("main")),
                front,
                evidence,
            )
        except Ended as ended:
            return ended, front, evidence


DONE, ON = Chosen("restart", "done"), Chosen("pause", "go-on")


async def test_it_goes_on_by_itself():
    walk, front, _ = await drive([DONE, ON], "ok")
    assert walk.finish.step == "good"
    assert front.seen[1:4] == [("tick", "gone"), ("measuring", "back"), ("measured", "ok", None)]
    assert front.given_up == 1
    assert f.lines(walk.state)[1:3] == [
        ("main", "back", "watch", "seen", "probe"),
        ("main", "pause", "wait", "go-on", "person"),
    ]


@pytest.mark.parametrize(("choice", "end"), [("seen", "good"), ("cannot_tell", "sad")])
async def test_the_person_ends_it(choice, end):
    walk, _, evidence = await drive([DONE, ON], None, [Chosen("back", choice)])
    assert (walk.finish.step, evidence.stopped) == (end, 1)
    assert f.lines(walk.state)[1] == ("main", "back", "watch", choice, "person")


async def test_going_back_stops_it_and_it_starts_anew():
    walk, front, evidence = await drive(
        [DONE, Chosen("restart", "done")], None, [WentBack(), Chosen("back", "cannot_tell")]
    )
    assert (walk.finish.step, evidence.stopped) == ("sad", 2)
    assert [seen for seen in front.seen if seen[0] == "do"] == [("do", "restart", False)] * 2


async def test_who_comes_back_later_leaves_at_the_pause():
    ended, _, _ = await drive([DONE, Chosen("pause", "later")], "ok")
    assert (ended.step, ended.left) == ("pause", True)
    assert (ended.walk.finish, len(ended.walk.state.transcript)) == (None, 2)
    assert len(ended.walk.seconds) == 2
