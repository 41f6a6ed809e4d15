"""Every screen of the desk at every size, as a grid of text. How to renew them: tests/tui/golden.py."""

import time
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.desk.calls import BEGAN, file
from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as f
from tests.tui.desk.desks import SIZES, desk_of, running
from tests.tui.golden import check
from tshoot.desk import moves
from tshoot.desk.courier import Courier
from tshoot.desk.outbox import StoreOutbox
from tshoot.desk.webhook import Delivery, Webhook
from tshoot.tui import motion

STEPS = [
    f.diagnose("look", {"none": "which"}, "restart", **f.instead("none", "unknown")),
    f.ask(
        "which",
        {"account": "restart", "gateway": "restart", "unsure": "restart"},
        say="Four different passwords look alike here.",
        why="Each has a page of its own.",
        agent="Do not let the caller read a password out.",
    ),
    f.do(
        "restart",
        "again",
        "reset",
        say="One restart often clears this.",
        why="A restart makes the gateway join the network afresh.",
        agent="If the call runs over their Wi-Fi, it will drop. Agree on a number first.",
        how=["Unplug the power cable.", "Wait 10 seconds.", "Plug it in again."],
        loses="Everybody is offline for two minutes.",
        undo="Nothing to undo.",
        risk="reversible",
    ),
    f.verify(
        "again",
        {"diagnose": "all", "fixed": ["none"]},
        "well",
        "reset",
        "reset",
        **f.instead("none", "unknown"),
    ),
    f.do("reset", "broken", "broken", risk="destructive", loses="Your own Wi-Fi name and every setting."),
    f.end("well"),
    f.end("broken", "unresolved", help=["phone", "store"]),
]
FLOWS = {"main": replace(f.flow(STEPS), title="I can't get online")}
sizes = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    names = iter(f"k3v9m2x{number}" for number in range(10))
    monkeypatch.setattr("tshoot.session.store.new_name", lambda: next(names))
    moment = [BEGAN]
    made = desk_of(str(tmp_path / "desk.db"), flows=FLOWS, now=lambda: moment[0])
    made.later = lambda minutes: moment.__setitem__(0, BEGAN + timedelta(minutes=minutes))
    yield made
    monkeypatch.undo()
    time.tzset()


async def sees(shown, text, name=None):
    await shown.until(text)
    for _ in range(3):
        await shown.pilot.pause(0.02)
    if name is not None:
        await check(shown.pilot, f"desk-{name}")


def chosen(desk, call, *choices):
    for choice in choices:
        call = desk.do(call, partial(moves.chosen, choice=choice, seconds=30.0))
    return call


@sizes
async def test_table_and_its_windows(desk, size):
    desk.begin("main", "Case 4711", "metro")
    desk.later(3)
    done = chosen(desk, desk.begin("main", "Case 4712", evidence=file(**DNS_DEAD)), "cannot", "cannot")
    desk.later(9)
    desk.agent = "bo"
    desk.begin("main", "Case 4713")
    desk.agent = "anna"
    desk.later(75)
    async with running(desk, size) as shown:
        motion.reduce(shown.app)
        await sees(shown, "You have", "table-own")
        await shown.press("m", "a")
        await sees(shown, "Case 4713", "table")
        await shown.press("slash", *"4712")
        await sees(shown, "with “4712”", "table-search")
        await shown.press("escape", "n")
        await sees(shown, "New call", "new-call")
        await shown.press("escape", "f")
        await sees(shown, "─ Show", "filter")
        await shown.press("escape", "question_mark")
        await sees(shown, "─ Keys", "table-keys")
        await shown.press("escape", "s")
        await sees(shown, "Causes", "statistics")
        await shown.press("escape", "up", "up", "up", "o")
        await sees(shown, "Take Case 4713 over?", "take-over")
    assert done.record.row.state == "unresolved"


@sizes
async def test_a_call_by_questions(desk, size):
    call = desk.begin("main", "Case 4711")
    desk.later(2)
    async with running(desk, size) as shown:
        motion.reduce(shown.app)
        await shown.on(call)
        await sees(shown, "What do you see?", "call-asked")
        await shown.press("1")
        await sees(shown, "What about which?", "call-question")
        await shown.press("e")
        await sees(shown, "What the caller has", "evidence")
        await shown.press("escape", "n")
        await sees(shown, "─ Note", "note")
        await shown.press("escape", "h")
        await sees(shown, "Hand the call over", "hand-over")
        await shown.press("escape", "x")
        await sees(shown, "Close: Case 4711", "close")
        await shown.press("escape", "p")
        await sees(shown, "The way so far", "call-path")
        await shown.press("escape", "question_mark")
        await sees(shown, "─ Keys", "call-keys")


@sizes
async def test_a_call_with_evidence(desk, size):
    call = desk.begin("main", "Case 4711", evidence=file(**DNS_DEAD))
    desk.do(call, lambda one: moves.noted(one, "A white light on the gateway."))
    desk.later(5)
    async with running(desk, size) as shown:
        motion.reduce(shown.app)
        await shown.on(desk.open(call.session))
        await sees(shown, "Do restart", "call-action")
        await shown.press("w")
        await sees(shown, "Do restart", "call-why")
        await shown.press("w", "1")
        await sees(shown, "What do you see?", "call-old-evidence")
        desk.do(
            desk.open(call.session), lambda one: moves.evidence_given(one, file("later.json"), now=desk.now())
        )
        shown.app.screen.look()
        await sees(shown, "Ended at well.", "call-solved")
        await shown.press("t")
        await sees(shown, "# Case 4711", "ticket")
        await shown.press("c")
        await sees(shown, "Copy the ticket?", "ticket-copy")
        await shown.press("escape", "s")
        await sees(shown, "Save the ticket", "ticket-save")


@sizes
async def test_a_call_of_somebody_else_and_a_guarded_step(desk, size):
    desk.agent = "bo"
    call = chosen(desk, desk.begin("main", "Case 4711", evidence=file(**DNS_DEAD)), "cannot")
    desk.agent = "anna"
    desk.later(12)
    async with running(desk, size) as shown:
        motion.reduce(shown.app)
        await shown.on(call)
        await sees(shown, "This is bo's call.", "call-looking-on")
        await shown.press("o")
        await sees(shown, "You have the call now.", "call-guard")
        await shown.press("x", "2")
        await sees(shown, "This call is closed.", "call-closed")


@sizes
async def test_a_ticket_that_does_not_get_through(desk, size, monkeypatch):
    monkeypatch.setattr("tshoot.desk.parcel._moment", lambda seconds, now: "14:03")
    call = desk.begin("main", "Case 4711")
    refused = Delivery("refused", "status 401")
    courier = Courier(StoreOutbox(desk.store), Webhook("", b""), carry=lambda *_: refused)
    async with running(desk, size, courier) as shown:
        motion.reduce(shown.app)
        await shown.on(call)
        await shown.press("t")
        await shown.until("p Send")
        await shown.press("p")
        await shown.until("The receiver refused")
        shown.app.clear_notifications()
        await sees(shown, "The receiver refused", "ticket-refused")
