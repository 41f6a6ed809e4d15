"""The table of calls, driven by keys."""

import json
import threading
from datetime import UTC, datetime

import pytest
from textual.widgets import Input, Select

from tests.desk.calls import file, report, small
from tests.diagnosis.situations import DNS_DEAD
from tests.tui.desk.desks import SIZES, begun, desk_of, running
from tshoot.desk import moves
from tshoot.desk.desk import PAGE, Desk
from tshoot.session.errors import Busy
from tshoot.session.model import Labelled, Opened
from tshoot.tui.desk import listing


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_desk_says_what_to_do(address, size):
    async with running(desk_of(address), size) as desk:
        await desk.until("No calls are open.")
        await desk.until("n New call")


async def test_calls_are_listed_newest_first_with_every_column(address):
    desk = desk_of(address)
    begun(desk, "First", service="metro")
    begun(desk, "Second", evidence=file(**DNS_DEAD))
    desk.store.append(begun(desk, "Third").session, 3, [Labelled("Third call")])
    async with running(desk) as shown:
        await shown.until("Third call")
        rows = [line for line in shown.text.splitlines() if "now" in line]
        assert [row.split()[0] for row in rows] == ["Third", "Second", "First"]
        assert "Metro by" in rows[2]
        assert "anna" in rows[2]
        assert "open" in rows[2]


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_call_begins_with_enter_alone(address, size):
    async with running(desk_of(address, flows=small()), size) as desk:
        await desk.until("No calls are open.")
        await desk.press("n")
        await desk.until("New call")
        await desk.type("Ticket 4711")
        await desk.press("enter")
        await desk.until("Say to the caller")
        assert "What do you see?" in desk.text
        await desk.press("escape")
        await desk.until("open calls: 1")
        (row,) = desk.desk.store.sessions()
        assert (row.label, row.agent, row.kind) == ("Ticket 4711", "anna", "desk")


@pytest.fixture
def slow(monkeypatch):
    """A store that takes its time to begin or open a call; ``go`` ends the wait."""
    under_way, go = threading.Event(), threading.Event()

    def slowed(does):
        def waits(*given):
            under_way.set()
            assert go.wait(20)
            return does(*given)

        return waits

    monkeypatch.setattr(Desk, "begin", slowed(Desk.begin))
    monkeypatch.setattr(Desk, "open", slowed(Desk.open))
    yield under_way, go
    go.set()


KEYS_OF_THE_TABLE = ("enter", "n", "s", "x", "f", "question_mark", "slash", "m", "enter")


@pytest.fixture
def slow_desk(address, slow):
    """A desk with one call, whose store is slow from now on."""
    under_way, go = slow
    go.set()
    desk = desk_of(address, flows=small())
    begun(desk, "Before")
    under_way.clear()
    go.clear()
    return desk


async def test_what_the_agent_did_is_no_news_in_the_table(address):
    async with running(desk_of(address, flows=small())) as desk:
        await desk.until("No calls are open.")
        await desk.press("n")
        await desk.until("Code or file")
        await desk.type("Garden")
        await desk.press("enter")
        await desk.until("tshoot desk · Garden")
        await desk.press("1")
        await desk.until("step 2")
        await desk.press("escape")
        await desk.until(lambda: "What about which?" in desk.text and "step 2" not in desk.text)
        assert "• Garden" not in desk.text


async def test_keys_pressed_while_a_call_begins_are_not_for_the_table(slow_desk, slow):
    under_way, go = slow
    async with running(slow_desk) as desk:
        await desk.until("Before")
        await desk.press("n")
        await desk.until("Code or file")
        await desk.type("New one")
        await desk.press("enter")
        await desk.until(under_way.is_set)
        await desk.until("q Quit")
        await desk.press(*KEYS_OF_THE_TABLE)
        go.set()
        await desk.until("tshoot desk · New one")
        assert screens(desk) == ["HomeScreen", "CallScreen"]
        await desk.press("escape")
        await desk.until("My open calls: 2")
        await desk.press("n")
        await desk.until("Code or file")


async def test_keys_pressed_while_a_call_is_opened_are_not_for_the_table(slow_desk, slow):
    under_way, go = slow
    async with running(slow_desk) as desk:
        await desk.until("Before")
        await desk.press("enter")
        await desk.until(under_way.is_set)
        await desk.press(*KEYS_OF_THE_TABLE)
        go.set()
        await desk.until("tshoot desk · Before")
        assert screens(desk) == ["HomeScreen", "CallScreen"]


def screens(desk):
    return [type(screen).__name__ for screen in desk.app.screen_stack][1:]


async def test_a_new_call_with_a_file_shows_what_the_network_says_at_once(address, tmp_path):
    path = tmp_path / "sent.json"
    path.write_text(json.dumps(report(**DNS_DEAD)))
    async with running(desk_of(address)) as desk:
        await desk.until("No calls are open.")
        await desk.press("n")
        await desk.until("Code or file")
        await desk.press("tab")
        await desk.type(str(path).replace("/", "/"))
        await desk.press("enter")
        await desk.until("dns.unreachable, strong")
        assert "✗ Names" in desk.text
        assert "T-Mobile account" in desk.text


async def test_a_bad_file_is_told_and_what_was_typed_stays(address, tmp_path):
    async with running(desk_of(address)) as desk:
        await desk.until("No calls are open.")
        await desk.press("n")
        await desk.until("New call")
        await desk.type("Label")
        await desk.press("tab")
        await desk.type("/nowhere/report.json")
        await desk.press("enter")
        await desk.until("can't be read")
        assert "Label" in desk.text
        assert desk.desk.store.count() == 0


async def test_own_open_calls_are_offered_first(address):
    desk = desk_of(address)
    begun(desk, "Mine")
    desk.agent = "bo"
    begun(desk, "Bo's")
    desk.agent = "anna"
    async with running(desk) as shown:
        await shown.until("You have a call open.")
        assert "Mine" in shown.text
        assert "Bo's" not in shown.text
        await shown.press("m")
        await shown.until("Bo's")


async def test_the_offer_goes_away_with_the_calls_it_is_about(address, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 0.05)
    desk, other = desk_of(address, flows=small()), desk_of(address, "bo", flows=small())
    calls = [begun(desk, "One"), begun(desk, "Two")]
    async with running(desk) as shown:
        await shown.until("You have 2 calls open.")
        other.do(other.open(calls[0].session), lambda _: moves.taken_over("bo"))
        await shown.until("You have a call open.")
        other.do(other.open(calls[1].session), lambda _: moves.taken_over("bo"))
        await shown.until("My open calls: 0")
        await shown.until(lambda: "Enter goes on" not in shown.text)
    other.store.close()


async def test_filters_narrow_the_table_and_are_named(address):
    desk = desk_of(address, "bo", flows=small())
    ended = begun(desk, "Ended", service="metro")
    desk.do(ended, lambda one: moves.closed("resolved", ""))
    begun(desk, "Open")
    desk.agent = "anna"
    async with running(desk) as shown:
        await shown.until("Open")
        assert "Ended" not in shown.text
        await shown.press("f", "5")
        await shown.until("Everybody's ended calls")
        await shown.until("✓ solved")
        await shown.press("a")
        await shown.until(lambda: "Open" in shown.text and "Ended" in shown.text)


async def test_only_a_page_is_loaded_and_pages_turn(address):
    desk = desk_of(address, "bo", flows=small())
    for number in range(PAGE + 7):
        begun(desk, f"Call {number}")
    desk.agent = "anna"
    async with running(desk) as shown:
        await shown.until(f"1 to {PAGE} of {PAGE + 7}")
        await shown.press("right_square_bracket")
        await shown.until(f"{PAGE + 1} to {PAGE + 7} of {PAGE + 7}")
        await shown.until("Call 6 ")
        await shown.press("right_square_bracket")
        await shown.press("left_square_bracket")
        await shown.until("1 to")


async def test_what_others_do_is_noticed_and_marked(address, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 0.05)
    desk, other = desk_of(address, flows=small()), desk_of(address, "bo", flows=small())
    call = begun(other, "Bo's")
    async with running(desk) as shown:
        await shown.until("Bo's")
        begun(other, "New one")
        await shown.until("• New one")
        other.do(call, lambda one: moves.closed("unresolved", ""))
        await shown.until(lambda: "Bo's" not in shown.text)
    other.store.close()


async def test_the_cursor_stays_on_its_call_when_rows_come(address, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 0.05)
    desk, other = desk_of(address, flows=small()), desk_of(address, "bo", flows=small())
    begun(other, "One")
    begun(other, "Two")
    async with running(desk) as shown:
        await shown.until("Two")
        await shown.press("down")
        begun(other, "Three")
        await shown.until("Three")
        assert shown.app.screen.current.label == "One"
    other.store.close()


async def test_the_cursor_is_on_the_call_that_was_just_left(address):
    desk = desk_of(address, flows=small())
    begun(desk, "Garden")
    async with running(desk) as shown:
        await shown.until("Garden")
        await shown.press("n")
        await shown.until("New call")
        await shown.type("Kitchen")
        await shown.press("enter")
        await shown.until("Say to the caller")
        await shown.press("escape")
        await shown.until("Garden")
        await shown.until(lambda: shown.app.screen.current.label == "Kitchen")
        await shown.press("x")
        await shown.until("Close: Kitchen")


async def test_closing_from_the_table(address):
    desk = desk_of(address, flows=small())
    begun(desk, "Mine")
    async with running(desk) as shown:
        await shown.until("Mine")
        await shown.press("x")
        await shown.until("Close: Mine")
        await shown.press("2")
        await shown.until("No call fits")
        (row,) = shown.desk.store.sessions()
        assert row.state == "unresolved"


async def test_deleting_needs_the_word(address):
    desk = desk_of(address, flows=small())
    begun(desk, "Mine")
    async with running(desk) as shown:
        await shown.until("Mine")
        await shown.press("delete")
        await shown.until("delete Mine")
        await shown.press("enter", "escape")
        assert shown.desk.store.count() == 1
        await shown.press("delete")
        await shown.until("delete Mine")
        await shown.type("agree")
        await shown.press("enter")
        await shown.until(lambda: shown.desk.store.count() == 0)


async def test_taking_over_from_another_asks_first(address):
    desk, other = desk_of(address, flows=small()), desk_of(address, "bo", flows=small())
    begun(other, "Bo's")
    async with running(desk) as shown:
        await shown.until("Bo's")
        await shown.press("o")
        await shown.until("Take Bo's over?")
        await shown.press("1")
        assert shown.desk.store.sessions()[0].agent == "bo"
        await shown.press("o")
        await shown.until("Take Bo's over?")
        await shown.press("2")
        await shown.until("Say to the caller")
        assert shown.desk.store.sessions()[0].agent == "anna"
    other.store.close()


async def test_a_store_that_can_not_be_read_is_told_and_tried_again(address, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 0.05)
    desk = desk_of(address, flows=small())
    begun(desk, "Mine")
    page, broken = desk.page, [True]

    def flaky(*args):
        if broken[0]:
            raise Busy("Another program is using it.")
        return page(*args)

    async with running(desk) as shown:
        await shown.until("Mine")
        monkeypatch.setattr(desk, "page", flaky)
        await shown.until("Can't read the calls: Another program is using it.")
        broken[0] = False
        await shown.until(lambda: "Can't read" not in shown.text)


async def test_sessions_of_callers_on_their_own_can_be_shown_and_taken_over(address):
    desk = desk_of(address)
    desk.store.create(Opened("wizard", "start", known={"os": "linux"}, variant="linux"), Labelled("Alone"))
    async with running(desk) as shown:
        await shown.until("No calls are open.")
        shown.app.screen.narrow(kind="")
        await shown.until("Alone")
        await shown.press("o")
        await shown.until("Say to the caller")
        assert "anna" in shown.text


async def test_quitting_keeps_calls_open(address):
    desk = desk_of(address, flows=small())
    begun(desk, "Mine")
    async with running(desk) as shown:
        await shown.until("Mine")
        await shown.press("q")
    assert shown.app.return_value == 0
    again = desk_of(address)
    assert [row.label for row in again.own_open()] == ["Mine"]
    again.store.close()


def test_the_age_is_that_of_the_call(address):
    desk = desk_of(address, flows=small())
    row = begun(desk, "Mine").record.row
    assert abs((datetime.now(UTC) - row.opened).total_seconds()) < 5
    desk.store.close()


async def test_keys_are_still_the_tables_when_the_last_call_ended_below_another_screen(address, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 0.05)
    desk = desk_of(address, flows=small())
    async with running(desk) as shown:
        await shown.until("No calls are open.")
        home = shown.app.screen
        await shown.press("n")
        await shown.until("Code or file")
        await shown.press("enter")
        await shown.until("Say to the caller")
        await shown.until(lambda: home.page.total == 1)
        await shown.press("x", "1")
        await shown.until("This call is closed")
        await shown.until(lambda: home.page.total == 0)
        await shown.press("escape")
        await shown.until("No calls are open.")
        await shown.until("q Quit")
        await shown.press("question_mark")
        await shown.until("begin a new call")
        await shown.press("escape")
        begun(desk, "Next")
        await shown.until("Next")
        await shown.press("enter")
        await shown.until("Say to the caller")


async def test_a_call_that_can_not_be_begun_is_offered_again_as_it_was_filled_in(address, monkeypatch):
    desk = desk_of(address, flows=small())

    def busy(*given):
        raise Busy("Another program is using it.")

    async with running(desk) as shown:
        await shown.until("No calls are open.")
        begin = desk.begin
        monkeypatch.setattr(desk, "begin", busy)
        await shown.press("n")
        await shown.until("Code or file")
        await shown.type("Ticket 4711")
        form = shown.app.screen
        form.query_one("#field-system", Select).value = "macos"
        await shown.press("f2")
        await shown.until(lambda: shown.app.screen is not form and "New call" in shown.text)
        await shown.until("The call was not begun: Another program is using it.")
        assert "Ticket 4711" in shown.text
        monkeypatch.setattr(desk, "begin", begin)
        await shown.press("f2")
        await shown.until("Say to the caller")
        (row,) = desk.store.sessions()
        assert (row.label, desk.store.record(row.session).variant) == ("Ticket 4711", "macos")


async def test_a_call_that_can_not_be_closed_is_asked_for_again_with_the_reason(address, monkeypatch):
    desk = desk_of(address, flows=small())
    begun(desk, "Mine")

    def busy(*given):
        raise Busy("Another program is using it.")

    async with running(desk) as shown:
        await shown.until("Mine")
        do = desk.do
        monkeypatch.setattr(desk, "do", busy)
        await shown.press("x")
        await shown.until("Not solved")
        await shown.press("shift+tab")
        await shown.until(lambda: isinstance(shown.app.focused, Input))
        await shown.type("Moved away")
        await shown.press("enter", "2")
        await shown.until("Another program is using it.")
        assert "Moved away" in shown.text
        monkeypatch.setattr(desk, "do", do)
        await shown.press("enter", "2")
        await shown.until(lambda: desk.store.sessions()[0].state == "unresolved")
