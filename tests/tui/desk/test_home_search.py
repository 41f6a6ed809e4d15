"""Searching in the desk's table: what is found, and how one leaves it again."""

import pytest

from tests.desk.calls import small
from tests.tui.desk.desks import SIZES, begun, desk_of, running
from tshoot.desk import moves


async def test_search_finds_notes_and_escape_forgets_it(address):
    desk = desk_of(address, "bo", flows=small())
    call = begun(desk, "Garden")
    desk.do(call, lambda one: moves.noted(one, "Calls from the greenhouse."))
    begun(desk, "Other")
    desk.agent = "anna"
    async with running(desk) as shown:
        await shown.until("Other")
        await shown.press("slash")
        await shown.type("greenh")
        await shown.until(lambda: "Other" not in shown.text and "Garden" in shown.text)
        await shown.press("enter", "enter")
        await shown.until("Say to the caller")
        await shown.press("escape")
        await shown.until("with “greenh”")
        await shown.press("escape")
        await shown.until("Other")


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_line_tells_how_to_end_a_search(address, size):
    desk = desk_of(address, flows=small())
    begun(desk, "Garden")
    async with running(desk, size) as shown:
        await shown.until("Garden")
        assert "End search" not in shown.text
        await shown.press("slash")
        await shown.until("esc End search")
        assert "/ Search" not in shown.text
        await shown.press("enter")
        await shown.until("n New call")
        assert "esc End search" in shown.text
        await shown.press("escape")
        await shown.until(lambda: "End search" not in shown.text)


async def test_a_search_that_finds_nothing_can_be_left_again(address):
    desk = desk_of(address, flows=small())
    begun(desk, "Garden")
    async with running(desk) as shown:
        await shown.until("Garden")
        await shown.press("slash")
        await shown.type("zz")
        await shown.until("No call fits these words.")
        assert "n begins" not in shown.text
        await shown.press("enter")
        await shown.until("n begins a new call")
        await shown.press("question_mark")
        await shown.until("begin a new call")
        await shown.press("escape")
        await shown.press("slash")
        await shown.type("z")
        await shown.press("escape")
        await shown.until("Garden")
        await shown.press("enter")
        await shown.until("Say to the caller")
