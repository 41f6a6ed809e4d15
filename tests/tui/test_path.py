"""The way so far: every answer can be gone back to, by key, digit or mouse, and what still holds is kept."""

import pytest

from tests.guide import flows as small
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.tui.widgets.path import PathView

FLOW = small.flow(
    [
        small.ask("colour", {"red": "shape", "blue": "shape"}),
        small.ask("shape", {"round": "size", "flat": "size"}),
        small.ask("size", {"big": "fine", "small": "fine"}),
        small.end("fine"),
    ]
)


def three():
    return app(flow="main", flows={"main": FLOW})


async def answer(pilot, program, *keys):
    for step, key in zip(["colour", "shape", "size"], keys, strict=False):
        await settle(pilot, shown(program, f"What about {step}?"))
        await pilot.press(key)


def taken(program):
    return [(line.step, line.value) for line in session_of(program).state.transcript]


@pytest.mark.parametrize("size", SIZES)
async def test_an_earlier_answer_is_changed_and_later_ones_are_kept(size):
    program = three()
    async with program.run_test(size=size) as pilot:
        await answer(pilot, program, "2", "2")
        await settle(pilot, shown(program, "What about size?"))
        await pilot.press("p")
        await settle(pilot, shown(program, "The way so far"))
        assert "What about colour?" in text_of(program)
        await pilot.press("1")
        await settle(pilot, lambda: taken(program) == [])
        await settle(pilot, shown(program, "The blue one (chosen before)"))
        await pilot.press("1")
        await settle(pilot, shown(program, "The flat one (chosen before)"))
        await pilot.press("enter")
        await settle(pilot, shown(program, "What about size?"))
    assert taken(program) == [("colour", "red"), ("shape", "flat")]


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_at_the_newest_answer_which_enter_takes(size):
    program = three()
    async with program.run_test(size=size) as pilot:
        await answer(pilot, program, "2", "2")
        await settle(pilot, shown(program, "What about size?"))
        await pilot.press("p")
        await settle(pilot, shown(program, "The way so far"))
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot, lambda: taken(program) == [("colour", "blue")])
        await settle(pilot, shown(program, "The flat one (chosen before)"))


async def test_a_line_of_the_pane_is_clicked():
    program = three()
    async with program.run_test(size=(80, 24)) as pilot:
        await answer(pilot, program, "2", "2")
        await settle(pilot, shown(program, "What about size?"))
        await pilot.click(PathView, offset=(5, 0))
        await settle(pilot, lambda: taken(program) == [])


async def test_the_pane_is_reached_by_tab_and_left_by_the_answer():
    program = three()
    async with program.run_test(size=(120, 40)) as pilot:
        await answer(pilot, program, "2", "1")
        await settle(pilot, shown(program, "What about size?"))
        await pilot.press("tab")
        assert isinstance(program.focused, PathView)
        await pilot.press("up", "enter")
        await settle(pilot, lambda: taken(program) == [])
        await pilot.press("1")
        await settle(pilot, shown(program, "What about shape?"))


async def test_at_the_first_step_there_is_nothing_to_go_back_to():
    program = three()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("p")
        await settle(pilot, shown(program, "This is the first step."))
        await pilot.press("1", "escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        assert taken(program) == []


async def test_progress_is_told_and_gone_at_the_end():
    program = three()
    async with program.run_test(size=(80, 24)) as pilot:
        await answer(pilot, program, "1")
        await settle(pilot, shown(program, "step 2 · about a minute left"))
        await pilot.press("1")
        await settle(pilot, shown(program, "step 3"))
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        assert "step " not in text_of(program)
