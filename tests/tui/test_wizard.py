import asyncio

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.guide.model import Finish, Measure


async def test_a_healthy_network_is_said_to_be_fine_without_a_question():
    program = app(battery())
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "✓ Service"))
        assert "✓ Link" in text_of(program)
        assert "✗" not in text_of(program)


async def test_a_dead_resolver_is_named_and_followed_to_the_end():
    program = app(battery(**DNS_DEAD), battery())
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "✗ Names"))
        for _ in range(12):
            await pilot.press("1")
            await pilot.pause()
            if isinstance(session_of(program).state.pending, Finish):
                break
        await settle(pilot, shown(program, "Solved"))
        await pilot.press("q")
    assert program.return_value == 0


async def test_the_ladder_fills_while_probes_run_and_keys_work_meanwhile():
    gate = asyncio.Event()
    program = app(battery(), gate=gate)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "… Link"))
        await pilot.press("question_mark")
        await settle(pilot, shown(program, "─ Keys"))
        await pilot.press("escape")
        gate.set()
        await settle(pilot, shown(program, "✓ Link"))


async def test_quitting_while_probes_hang_is_quick_and_says_that_it_was_not_finished():
    program = app(battery(), gate=asyncio.Event())
    async with program.run_test() as pilot:
        await settle(pilot, lambda: isinstance(getattr(session_of(program).state, "pending", None), Measure))
        await pilot.press("q")
    assert program.return_value == 3


async def test_control_c_is_130():
    program = app(battery())
    async with program.run_test() as pilot:
        await pilot.press("ctrl+c")
    assert program.return_value == 130


async def test_help_is_found_by_the_persons_own_words():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("slash", *"forgot pasword")
        await settle(pilot, shown(program, "I forgot my name or password"))
        await pilot.press("enter")
        await settle(pilot, lambda: session_of(program).state.flow == "recovery")
        await pilot.press("slash", "escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)


FLOW = small.flow(
    [
        small.ask("colour", {"red": "shape", "blue": "shape"}),
        small.ask("shape", {"round": "fine", "flat": "bad"}),
        small.end("fine"),
        small.end("bad", "unresolved", help=["phone"]),
    ]
)


async def test_back_changes_an_earlier_answer():
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.press("b")
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("1", "1")
        await settle(pilot, shown(program, "Solved"))
        answers = [(taken.step, taken.value) for taken in session_of(program).state.transcript]
    assert answers[:2] == [("colour", "red"), ("shape", "round")]


async def test_arrows_enter_and_mouse_choose_too():
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("down", "enter")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.click("#choices", offset=(3, 1))
        await settle(pilot, shown(program, "Call support"))
        await pilot.press("q")
    assert program.return_value == 1


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_opens_and_closes_at_every_size(size):
    program = app(battery(**DNS_DEAD))
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "✗"))
        for key in ("e", "r", "question_mark"):
            await pilot.press(key)
            await settle(pilot, lambda: len(program.screen_stack) == 3)
            await pilot.press("escape")
            await settle(pilot, lambda: len(program.screen_stack) == 2)
