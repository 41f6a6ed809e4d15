"""The editor of a note: what was written is lost by no click, and cut by nobody; what is kept is seen."""

import pytest
from textual import events
from textual.widgets import TextArea

from tests.guide import flows as small
from tests.tui.benches import app, session_of, settle, shown, text_of
from tshoot.guide.notes import LONGEST

BESIDE = (1, 1)
LONG = "\n".join(f"Line {number} of what it says." for number in range(30))
FLOW = small.flow(
    [small.ask("colour", {"red": "fine", "blue": "fine"}, say=LONG), small.end("fine")],
)


async def writing(pilot, program, *keys):
    await settle(pilot, shown(program, "What about colour?"))
    await pilot.press("n")
    await settle(pilot, lambda: isinstance(program.focused, TextArea))
    await pilot.press(*keys)


def wizard():
    return app(flow="main", flows={"main": FLOW})


async def test_a_click_beside_it_takes_away_nothing_that_was_written():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await writing(pilot, program, *"A light")
        await pilot.click(offset=BESIDE)
        await pilot.press("!")
        assert program.focused.text == "A light!"


async def test_a_click_beside_it_closes_it_where_nothing_was_written():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await writing(pilot, program)
        await pilot.click(offset=BESIDE)
        await settle(pilot, lambda: len(program.screen_stack) == 2)


async def test_one_that_is_too_long_stays_to_be_shortened():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await writing(pilot, program)
        program.focused.text = "x" * (LONGEST + 41)
        await pilot.press("ctrl+s")
        await settle(pilot, shown(program, "This is too long: 2,041 characters, and 2,000 fit."))
        program.focused.text = "y" * LONGEST
        await pilot.press("ctrl+s")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        assert session_of(program).notes.at("main", "colour") == "y" * LONGEST


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_what_was_kept_comes_into_sight(size):
    program = wizard()
    async with program.run_test(size=size) as pilot:
        await writing(pilot, program, *"A light", "ctrl+s")
        await settle(pilot, shown(program, "Your note: A light"))


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n"])
async def test_the_lines_of_a_paste_stay_lines(ending):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await writing(pilot, program)
        program.post_message(events.Paste(f"one{ending}two"))
        await settle(pilot, lambda: "two" in program.focused.text)
        assert program.focused.text == "one\ntwo"
        assert "�" not in text_of(program)
