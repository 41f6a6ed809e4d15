"""The palette: flows, answers, probes, services, themes, and whatever a key does."""

from dataclasses import replace

import pytest

from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.tui import themes

FLOW = small.flow(
    [
        small.ask("colour", {"red": "shape", "blue": "shape"}),
        small.ask("shape", {"round": "fine", "flat": "fine"}),
        small.end("fine"),
    ]
)


async def typed(pilot, program, words, wanted):
    await pilot.press("ctrl+p")
    await settle(pilot, lambda: len(program.screen_stack) == 3)
    await pilot.press(*words)
    await settle(pilot, shown(program, wanted), turns=600)
    await pilot.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_it_lists_what_the_keys_do_before_anything_is_typed(size):
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("ctrl+p")
        await settle(pilot, shown(program, "key e"), turns=600)
        await pilot.press("escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)


async def test_it_jumps_to_a_probe():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await typed(pilot, program, "evidence clock", "Evidence: Clock of this computer")
        await settle(pilot, shown(program, "─ Evidence"))
        await settle(pilot, shown(program, "✓ Clock of this computer  ok"))


async def test_it_jumps_to_a_flow_and_to_an_answer():
    other = small.flow([small.ask("taste", {"sweet": "done", "sour": "done"}), small.end("done")], "other")
    other = replace(other, title="A matter of taste")
    program = app(flow="main", flows={"main": FLOW, "other": other})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What about shape?"))
        await typed(pilot, program, "back to what about colour", "Back to: What about colour?")
        await settle(pilot, lambda: session_of(program).state.transcript == ())
        await typed(pilot, program, "matter of taste", "A matter of taste")
        await settle(pilot, shown(program, "What about taste?"))


async def test_it_changes_the_theme_and_the_service():
    program = app(battery(), flow="start", home=True)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await typed(pilot, program, "theme light", "Theme: Light")
        await settle(pilot, lambda: themes.chosen(program) == "light")
        await typed(pilot, program, "check metro", "Check Metro")
        await settle(pilot, shown(program, "✓ Works: Metro"))


async def test_what_makes_no_sense_here_is_not_offered():
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("ctrl+p")
        await settle(pilot, shown(program, "key e"), turns=600)
        assert "Measure everything again" not in text_of(program)
        assert "One step back" not in text_of(program)


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_line_tells_the_one_key_that_does_something_beside_typing(size):
    program = app(home=True, flow="start")
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "Works"))
        await pilot.press("ctrl+p")
        await settle(pilot, shown(program, "What do you want to do?"))
        assert text_of(program).splitlines()[-1].strip() == "esc Close"
        await pilot.click(offset=(3, size[1] - 1))
        await settle(pilot, lambda: len(program.screen_stack) == 2)
