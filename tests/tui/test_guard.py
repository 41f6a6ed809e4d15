"""Before something that can't be undone: what is lost, a word to type, and a note offered first."""

import pytest

from tests.guide import flows as small
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.guide.words import CONFIRM_WORD

LOSING = small.flow(
    [
        small.do("reset", "over", "kept", risk="destructive", loses="Every setting."),
        small.end("over"),
        small.end("kept", "unresolved"),
    ]
)


def losing():
    return app(flow="main", flows={"main": LOSING})


def answers(program):
    return [(taken.step, taken.value) for taken in session_of(program).state.transcript]


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_preselected_and_nothing_is_told_of_how_before_the_word(size):
    program = losing()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "You lose: Every setting."))
        assert "Press the button." not in text_of(program)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert answers(program) == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_word_opens_the_step_and_another_does_not(size):
    program = losing()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "You lose: Every setting."))
        await pilot.press("2")
        await settle(pilot, shown(program, "type the word"))
        await pilot.press(*"yes", "enter")
        await settle(pilot, shown(program, "That is not the word"))
        await pilot.press(*["backspace"] * 3, *CONFIRM_WORD.upper(), "enter")
        await settle(pilot, shown(program, "Press the button."))
        await pilot.press("enter")
        await pilot.pause()
        assert answers(program) == []
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
    assert answers(program) == [("reset", "done")]


async def test_closing_the_window_is_a_no_and_the_way_round_is_open():
    program = losing()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "You lose: Every setting."))
        await pilot.press("2")
        await settle(pilot, shown(program, "type the word"))
        await pilot.press("escape")
        await settle(pilot, lambda: "type the word" not in text_of(program))
        await pilot.press("3")
        await settle(pilot, shown(program, "Not solved yet"))
    assert answers(program) == [("reset", "cannot")]


async def test_what_is_secret_goes_on_paper_first_and_anything_else_into_a_note():
    program = losing()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "You lose: Every setting."))
        await pilot.press("1")
        await settle(pilot, shown(program, "Write it on paper"))
        assert "You lose: Every setting." in text_of(program)
        await pilot.press("1")
        await settle(pilot, shown(program, "Careful: "))
        assert answers(program) == []
        await pilot.press("n")
        await settle(pilot, shown(program, "Write passwords and Wi-Fi keys on paper"))
        await pilot.press(*"Model KVD21", "ctrl+s")
        await settle(pilot, shown(program, "Your note: Model KVD21"))
        await pilot.press("2")
        await settle(pilot, shown(program, "type the word"))
