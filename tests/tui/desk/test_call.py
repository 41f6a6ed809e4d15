"""A call on the screen, driven by keys."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.calls import file, report, small
from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as f
from tests.tui.desk.desks import SIZES, desk_of, running
from tshoot.desk import moves
from tshoot.session.errors import DiskFull


@pytest.fixture
def desk(tmp_path):
    return desk_of(str(tmp_path / "desk.db"), flows=small())


@pytest.mark.parametrize("size", SIZES)
async def test_both_texts_the_choices_and_the_timer_are_on_every_screen(tmp_path, size):
    desk = desk_of(str(tmp_path / "desk.db"))
    call = desk.begin("start", "Ticket 4711", evidence=file(**DNS_DEAD))
    async with running(desk, size) as shown:
        await shown.on(call)
        await shown.press("1")
        await shown.until("Restart the gateway")
        await shown.until("1 I have done this")
        assert "dns.unreachable" in shown.text
        if size[0] > 40:
            assert "For you" in shown.text
            assert "anna · 0:0" in shown.text
            assert "If the call runs over" in shown.text
        else:
            for _ in range(6):
                await shown.press("space")
            await shown.until("If the call runs over")


async def test_answers_by_keys_lead_to_the_end_and_each_is_kept(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        for title in ("What about which?", "Do restart", "What do you see?", "Ended at well."):
            await shown.press("1")
            await shown.until(title)
        row = desk.store.row(call.session)
        assert (row.state, row.answered) == ("resolved", 4)
        record = desk.store.record(call.session)
        assert all(spent >= 0 for spent in record.seconds)


async def test_a_key_pressed_twice_answers_once(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("1", "1", "1", "1", "1", "1")
        await shown.until(lambda: desk.store.row(call.session).answered >= 1)
        record = desk.store.record(call.session)
        assert [taken.step for taken in record.transcript] == ["look", "which", "restart", "again"][
            : len(record.transcript)
        ]


async def test_back_offers_the_earlier_answer(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("1")
        await shown.until("What about which?")
        await shown.press("2")
        await shown.until("Ended at well.")
        await shown.press("b")
        await shown.until("The that one (chosen before)")


async def test_the_path_leads_back_to_any_answer(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("1")
        await shown.until("What about which?")
        await shown.press("1")
        await shown.until("Do restart")
        await shown.press("p")
        await shown.until("The way so far")
        await shown.press("1")
        await shown.until("It is ok (chosen before)")


async def test_what_the_caller_can_not_do_is_put_off(desk):
    call = desk.begin("main", "Ticket 4711", evidence=file(link="down"))
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("c")
        await shown.until("Ended at broken.")
        assert desk.store.record(call.session).transcript[-1].value == "cannot"


async def test_a_note_is_kept_with_its_step_and_seen(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("In the garden")
        await shown.press("f2")
        await shown.until("anna: In the garden")
        (note,) = desk.store.record(call.session).notes
        assert (note.text, note.step, note.who) == ("In the garden", "look", "anna")


@pytest.mark.parametrize(
    ("opens", "title"),
    [
        (("n",), "Note"),
        (("l",), "The caller in the table"),
        (("h", "tab"), "Hand the call over"),
        (("x", "shift+tab"), "Close: Ticket"),
        (("e",), "What the caller has"),
    ],
)
async def test_a_click_beside_a_window_loses_nothing_that_was_typed(desk, opens, title):
    call = desk.begin("main", "Ticket")
    async with running(desk) as shown:
        screen = await shown.on(call)
        await shown.press(*opens[:1])
        await shown.until(title)
        await shown.press(*opens[1:])
        await shown.type("In the garden")
        await shown.until("In the garden")
        await shown.pilot.click(offset=(1, 1))
        await shown.pilot.pause()
        assert "In the garden" in shown.text
        await shown.press("escape")
        await shown.until(lambda: shown.app.screen is screen)
        await shown.press("l")
        await shown.until("The caller in the table")
        await shown.pilot.click(offset=(1, 1))
        await shown.until(lambda: shown.app.screen is screen)


async def test_evidence_in_mid_call_answers_what_is_asked(desk, tmp_path):
    path = tmp_path / "later.json"
    path.write_text(json.dumps(report(link="ok")))
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        assert "Nothing from the caller's network yet." in shown.text
        await shown.press("e")
        await shown.until("What the caller has")
        await shown.type(str(path))
        await shown.press("enter")
        await shown.until("What about which?")
        assert "The caller's file" in shown.text
        assert "Network adapter: works (file" in shown.text


async def test_evidence_that_answers_what_was_asked_offers_to_start_over(desk, tmp_path):
    path = tmp_path / "later.json"
    path.write_text(json.dumps(report(link="ok")))
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("2")
        await shown.until("Do restart")
        await shown.press("e")
        await shown.type(str(path))
        await shown.press("enter")
        await shown.until("This answers what was asked before")
        await shown.press("1")
        await shown.until("What about which?")
        assert [taken.by for taken in desk.store.record(call.session).transcript] == ["probe"]


async def test_evidence_that_is_none_is_told(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("e")
        await shown.until("What the caller has")
        await shown.type("/etc/hostname")
        await shown.press("enter")
        await shown.until("is not JSON")
        await shown.press("escape")
        assert desk.store.record(call.session).evidence == ()


async def test_old_evidence_says_so_after_an_action(desk):
    call = desk.begin("main", "Ticket 4711", evidence=file(link="down"))
    async with running(desk) as shown:
        await shown.on(call)
        assert "! from before" not in shown.text
        await shown.press("1")
        await shown.until("! from before the last")


async def test_handing_over_leaves_the_call_for_others(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("h")
        await shown.until("Hand the call over")
        await shown.press("tab")
        await shown.type("Wants a call back")
        await shown.press("enter")
        await shown.until("Nobody has this call.")
        await shown.press("1")
        await shown.press("o")
        await shown.until("You have the call now.")
        record = desk.store.record(call.session)
        assert (record.row.agent, record.transcript) == ("anna", ())
        assert record.notes[0].text == "Wants a call back"


async def test_closing_and_opening_again(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("x")
        await shown.until("Close: Ticket 4711")
        await shown.press("shift+tab")
        await shown.type("Hung up")
        await shown.press("enter", "2")
        await shown.until("This call is closed.")
        assert desk.store.record(call.session).closed.reason == "Hung up"
        await shown.press("1")
        assert desk.store.row(call.session).answered == 0
        await shown.press("a")
        await shown.until(lambda: desk.store.row(call.session).state == "open")


async def test_a_call_of_somebody_else_is_only_looked_at(desk):
    desk.agent = "bo"
    call = desk.begin("main", "Bo's")
    desk.agent = "anna"
    async with running(desk) as shown:
        await shown.on(call)
        await shown.until("This is bo's call.")
        await shown.press("1", "2", "c", "b", "x", "h", "e")
        assert desk.store.row(call.session).last == call.last
        await shown.press("n")
        await shown.until("Note")
        await shown.type("From anna")
        await shown.press("f2")
        await shown.until(lambda: desk.store.row(call.session).last == call.last + 1)


async def test_what_can_not_be_kept_is_not_shown_as_done(desk, monkeypatch):
    call = desk.begin("main", "Ticket 4711")
    append = desk.store.append

    def full(*args, **more):
        raise DiskFull("There is no room left.")

    async with running(desk) as shown:
        await shown.on(call)
        monkeypatch.setattr(desk.store, "append", full)
        await shown.press("1")
        await shown.until("Not kept: There is no room left.")
        assert "What do you see?" in shown.text
        monkeypatch.setattr(desk.store, "append", append)
        await shown.press("1")
        await shown.until("What about which?")


async def test_a_destructive_step_shows_how_only_after_the_word(tmp_path):
    steps = [
        f.do("reset", "well", "well", risk="destructive", loses="Your settings."),
        f.end("well"),
    ]
    desk = desk_of(str(tmp_path / "desk.db"), flows={"main": f.flow(steps)})
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.until("Show me how")
        assert "Press the button." not in shown.text
        await shown.press("1")
        await shown.until("Careful")
        await shown.type("agree")
        await shown.press("enter")
        await shown.until("Press the button.")
        assert "▸ 1" not in shown.text
        await shown.press("1")
        await shown.until("Ended at well.")


async def test_an_unexpected_error_is_told(desk, monkeypatch):
    call = desk.begin("main", "Ticket 4711")

    def broken(*args):
        raise RuntimeError("Oops")

    async with running(desk) as shown:
        await shown.on(call)
        monkeypatch.setattr(moves, "noted", broken)
        monkeypatch.setattr(desk, "do", broken)
        await shown.press("1")
        await shown.until("RuntimeError: Oops")


async def test_every_key_is_in_the_help(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("question_mark")
        await shown.until("take in a code or a file")
        assert "1 to 9" in shown.text


async def test_an_empty_label_is_told_and_not_taken(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("l")
        await shown.until("The caller in the table")
        await shown.press("ctrl+u", "enter")
        await shown.until("Type something to find the call by.")
        await shown.press("escape")
        await shown.until("tshoot desk · Ticket 4711")


async def test_the_label_can_be_changed(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("l")
        await shown.until("The caller in the table")
        await shown.type(" b")
        await shown.press("enter")
        await shown.until("tshoot desk · Ticket 4711 b")


async def test_an_address_is_typed_judged_and_not_kept_as_typed(tmp_path):
    ways = dict.fromkeys(
        ("official", "look_alike", "other_site", "short_link", "private_address", "not_an_address"), "well"
    )
    options = [{"id": "none", "label": "There is no address", "then": "well"}]
    steps = [
        {"id": "site", "address": "What stands in the address line?", "on": ways, "options": options},
        f.end("well"),
    ]
    desk = desk_of(str(tmp_path / "desk.db"), flows={"main": f.flow(steps)})
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.until("There is no address")
        await shown.type("t-mobi1e.com/login?user=me")
        desk.do(desk.open(call.session), lambda one: moves.noted(one, "Meanwhile"))
        await shown.press("enter")
        await shown.until("Ended at well.")
        (taken,) = desk.store.record(call.session).transcript
        assert (taken.kind, taken.value) == ("address", "look_alike")
        assert "user=me" not in "".join(desk.store.export(call.session))
        await shown.press("t")
        await shown.until("What stands in the address line?")


async def test_the_time_at_a_step_outlasts_a_note_and_a_restart_of_the_desk(tmp_path):
    address, moment = str(tmp_path / "desk.db"), [datetime(2026, 5, 4, 12, 0, tzinfo=UTC)]

    def clock():
        return moment[0]

    desk = desk_of(address, flows=small(), now=clock)
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        moment[0] += timedelta(minutes=4)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("In the garden")
        await shown.press("f2")
        await shown.until("anna: In the garden")
    desk = desk_of(address, flows=small(), now=clock)
    async with running(desk) as shown:
        moment[0] += timedelta(minutes=1)
        await shown.on(desk.open(call.session))
        await shown.press("1")
        await shown.until("What about which?")
        moment[0] += timedelta(seconds=30)
        await shown.press("1")
        await shown.until("Do restart")
        assert desk.store.record(call.session).seconds == (300.0, 30.0)


async def test_where_nothing_is_wrong_no_cause_is_named(tmp_path):
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    call = desk.begin("main", "Ticket 4711", evidence=file())
    async with running(desk, (120, 40)) as shown:
        await shown.on(call)
        await shown.until("The caller's file")
        assert "none," not in shown.text


@pytest.mark.parametrize(("size", "there"), [((120, 60), False), ((80, 60), True)])
async def test_the_help_lists_why_only_where_it_does_something(desk, size, there):
    async with running(desk, size) as shown:
        await shown.on(desk.begin("main", "Ticket 4711"))
        await shown.press("question_mark")
        await shown.until("take in a code or a file")
        assert ("why this is asked" in shown.text) is there
