"""Two agents in one call: nothing is overwritten, the second is told, what was typed is offered again."""

import asyncio

import pytest

from tests.desk.calls import file, small
from tests.tui.desk.desks import desk_of, finish_threads, running
from tshoot.desk import moves
from tshoot.tui.desk import doing, listing


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_address")
    return str(tmp_path / "desk.db")


@pytest.fixture
def two(where):
    """Anna's desk and Bo's on one store."""
    desks = desk_of(where, "anna", small()), desk_of(where, "bo", small())
    yield desks
    finish_threads()
    for desk in desks:
        desk.store.close()


@pytest.fixture(autouse=True)
def no_polling(monkeypatch):
    """So that the second agent does not see the first one's doing before the key is pressed."""
    monkeypatch.setattr(doing, "POLL_SECONDS", 1000.0)


def taken_over_and_answered(bo, call):
    call = bo.do(bo.open(call.session), lambda _: moves.taken_over("bo"))
    return bo.do(call, lambda one: moves.chosen(one, "says-down", 1.0))


async def test_the_second_is_told_who_did_what_and_sees_the_new_step(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        taken_over_and_answered(bo, call)
        await shown.press("1")
        await shown.until("So yours was not kept.")
        assert "bo took the call over" in shown.text
        assert "bo answered “What do you see?: It is down”" in shown.text
        assert "This is bo's call." in shown.text
        assert "Do restart" in shown.text
        record = bo.store.record(call.session)
        assert [(taken.step, taken.value) for taken in record.transcript] == [("look", "down")]


async def test_a_note_typed_meanwhile_is_offered_again(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("Important")
        taken_over_and_answered(bo, call)
        await shown.press("f2")
        await shown.until("bo took the call over")
        assert "Important" in shown.text
        await shown.press("f2")
        await shown.until(lambda: bo.store.record(call.session).notes)
        (note,) = bo.store.record(call.session).notes
        assert (note.text, note.who) == ("Important", "anna")


async def test_somebody_elses_note_is_in_nobodys_way(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        bo.do(bo.open(call.session), lambda one: moves.noted(one, "From the shift before"))
        await shown.press("1")
        await shown.until("What about which?")
        record = bo.store.record(call.session)
        assert [note.text for note in record.notes] == ["From the shift before"]
        assert record.transcript[0].value == "ok"


async def test_the_same_choice_is_offered_again_where_it_is_still_asked(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        screen = await shown.on(call)
        other = bo.do(bo.open(call.session), lambda _: moves.taken_over("bo"))
        bo.do(other, lambda _: moves.taken_over("anna"))
        await shown.press("2")
        await shown.until("So yours was not kept.")
        assert screen.query_one("ChoiceList").highlighted == 1
        await shown.press("enter")
        await shown.until("Do restart")


async def test_closing_meanwhile_is_offered_again_with_its_reason(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        await shown.press("x")
        await shown.until("Close: Ticket 4711")
        await shown.press("shift+tab")
        await shown.type("Hung up")
        await shown.press("enter")
        taken_over_and_answered(bo, call)
        await shown.press("2")
        await shown.until("bo took the call over")
        await shown.until("Hung up")
        assert bo.store.row(call.session).state == "open"


async def test_taking_over_goes_on_at_the_same_step_with_everything_known(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711", evidence=file(link="down"))
    call = anna.do(call, lambda one: moves.noted(one, "Seen: no light"))
    anna.do(call, lambda one: moves.chosen(one, "done", 3.0))
    async with running(bo) as shown:
        await shown.until("Ticket 4711")
        await shown.press("o", "2")
        await shown.until("What do you see?")
        assert "Network adapter: down (file" in shown.text
        assert "The caller's file" in shown.text
        assert "bo · " in shown.text
        await shown.press("1")
        await shown.until("Ended at well.")
    assert anna.store.row(call.session).state == "resolved"


async def test_what_the_other_does_is_seen_without_a_key(two, monkeypatch):
    monkeypatch.setattr(doing, "POLL_SECONDS", 0.05)
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        taken_over_and_answered(bo, call)
        await shown.until("bo took the call over")
        assert "Do restart" in shown.text


async def test_a_call_deleted_meanwhile_is_told(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.on(call)
        bo.store.delete(call.session)
        await shown.press("1")
        await shown.until("This call was deleted meanwhile.")
        assert "Try once more" not in shown.text
        await shown.press("escape")
        await shown.until("No call fits.")


async def test_a_note_for_a_call_deleted_meanwhile_is_still_there_to_be_copied(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        screen = await shown.on(call)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("Important")
        bo.store.delete(call.session)
        await shown.press("f2")
        await shown.until(lambda: shown.app.screen is not screen and "was deleted" in shown.text)
        assert "Important" in shown.text
        assert "There is no session" not in shown.text
        await shown.press("escape", "escape")
        await shown.until("No call fits.")


async def test_a_call_in_the_table_that_was_just_deleted_is_told_so(two, monkeypatch):
    monkeypatch.setattr(listing, "POLL_SECONDS", 1000.0)
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    async with running(anna) as shown:
        await shown.until("Ticket 4711")
        bo.store.delete(call.session)
        await shown.press("enter")
        await shown.until("This call was deleted meanwhile.")


async def test_two_programs_side_by_side(two):
    anna, bo = two
    call = anna.begin("main", "Ticket 4711")
    looking_on, taken, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def annas():
        async with running(anna) as shown:
            await shown.on(call)
            looking_on.set()
            await taken.wait()
            await shown.press("1")
            await shown.until("So yours was not kept.")
            assert "This is bo's call." in shown.text
            answered.set()

    async def bos():
        async with running(bo) as shown:
            await looking_on.wait()
            await shown.until("Ticket 4711")
            await shown.press("enter")
            await shown.until("This is anna's call.")
            await shown.press("o")
            await shown.until("You have the call now.")
            taken.set()
            await answered.wait()
            await shown.press("2")
            await shown.until("Do restart")
            return [taken.value for taken in bo.store.record(call.session).transcript]

    # Each program in a task of its own: Textual keeps its running program in the task's context.
    _, transcript = await asyncio.gather(asyncio.create_task(annas()), asyncio.create_task(bos()))
    assert transcript == ["down"]
