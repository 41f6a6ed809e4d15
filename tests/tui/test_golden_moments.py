"""Screens of moments that are rare and matter: going on, an address, a question before something is done, a
recorded case, the ends that hand over or stop. As tests/tui/test_golden.py.
"""

import pytest

from tests.guide import flows as small
from tests.tui.benches import app, session_of, settle
from tests.tui.keeping import STEPS, wizard
from tests.tui.test_address import FLOW as ADDRESS
from tests.tui.test_going_on import left_at_shape
from tests.tui.test_golden import ASKING, BROKEN, WELL, Still, sees, sizes, small_flow
from tshoot.demo.cases import BANNER
from tshoot.tui import themes
from tshoot.tui.left import Left

HANDED_OVER, STOPPED = (
    small.flow(
        [
            small.ask("light", {"white": "over", "red": "over"}),
            small.end("over", outcome, help=["phone", "store", "chat", "website", "app"])
            | {"say": "Somebody else has to go on from here."},
        ]
    )
    for outcome in ("handed_over", "stopped_for_safety")
)
OTHER = small.flow([small.ask("size", {"big": "fine", "small": "fine"}), STEPS[3]], "other")


@sizes
async def test_the_offer_to_go_on_and_its_refusal(size, store):
    await left_at_shape()
    program = wizard(OTHER)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "Go on there", "going-on")
        await pilot.press("1")
        await sees(pilot, program, "You can't go on there", "going-on-refused")


@sizes
async def test_an_address(size):
    program = app(WELL, flow="main", flows={"main": ADDRESS})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "Paste the address for paste", "address")
        await pilot.press("escape")
        await sees(pilot, program, "q Close", "address-answers")


@sizes
async def test_the_question_before_a_report_is_copied(size):
    program = small_flow(BROKEN)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("r")
        await sees(pilot, program, "─ Report")
        await pilot.press("c")
        await sees(pilot, program, "Copy the report?", "copy")


@sizes
async def test_what_to_write_on_paper_before_something_is_lost(size):
    program = small_flow(BROKEN)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("1")
        await sees(pilot, program, "You lose:")
        await pilot.press("1")
        await sees(pilot, program, "Write it on paper", "paper")


@sizes
async def test_the_question_before_a_walk_is_left(size):
    program = app(WELL, flow="main", flows={"main": ASKING, "other": OTHER})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What do you need help with?")
        await pilot.press("2")
        await sees(pilot, program, "Does the page open?")
        program.screen.turn_to("other")
        await sees(pilot, program, "Leave this help?", "leave")


@sizes
async def test_an_end_with_the_way_back_to_what_was_left(size):
    program = app(WELL, flow="main", flows={"main": HANDED_OVER})
    session_of(program).left = Left("k3f9", "The sign-in page does not work in my browser")
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("1")
        await sees(pilot, program, "2 Go back to:")
        await settle(pilot, lambda: "Code" in program.screen.step.card.facts.plain)
        await sees(pilot, program, "2 Go back to:", "end-left")


@sizes
async def test_a_recorded_case(size):
    program = app(BROKEN, flow="start", home=True)
    session_of(program).banner, session_of(program).can_aim = BANNER, False
    async with Still(program, size) as pilot:
        await sees(pilot, program, "✗ Does not work")
        await sees(pilot, program, "Recorded case, not your network.", "demo")


@sizes
@pytest.mark.parametrize(
    ("flow", "name"), [(HANDED_OVER, "end-handed-over"), (STOPPED, "end-stopped")], ids=["over", "stopped"]
)
async def test_ends_for_others_and_for_safety(size, flow, name):
    program = app(WELL, flow="main", flows={"main": flow})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("1")
        await sees(pilot, program, "1 Check again from the start")
        await settle(pilot, lambda: "Code" in program.screen.step.card.facts.plain)
        await sees(pilot, program, "1 Check again from the start", name)


@sizes
@pytest.mark.parametrize("name", ["light", "high-contrast"])
async def test_a_step_in_other_looks(size, name):
    program = app(WELL, flow="main", flows={"main": ASKING})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What do you need help with?")
        themes.choose(program, name)
        await sees(pilot, program, "What do you need help with?", f"question-{name}")
