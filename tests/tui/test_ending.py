"""The end: what was wrong, what fixed it, which ways to support work now, and what one can do from here."""

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import all_ending, battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.guide.model import Finish

OFFLINE = all_ending("dead", "internet", "internet_v4", "internet_v6")
HELPED = small.flow(
    [
        small.diagnose("look", {"dns.unreachable": "restart"}, "sad"),
        small.do("restart", "again", "sad"),
        small.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "sad", "sad"),
        small.end("good"),
        small.end("sad", "unresolved", help=["chat", "website", "app", "phone", "store"]),
    ]
)


async def at_the_end(pilot, program):
    await settle(pilot, lambda: isinstance(getattr(session_of(program).state, "pending", None), Finish))
    await settle(pilot, shown(program, "Check again from the start"))


@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_was_wrong_and_what_fixed_it(size):
    program = app(battery(**DNS_DEAD), battery(), flow="main", flows={"main": HELPED})
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "Do restart"))
        await pilot.press("1")
        await at_the_end(pilot, program)
        card = program.screen.step.card
        assert "What was wrong: The DNS server 192.168.12.1 does not answer" in card.details.plain
        assert "What fixed it: Do restart" in card.details.plain
        assert "Before: trouble finding names. Now: all is well." in card.notice.plain
        await pilot.press("enter")
    assert program.return_value == 0


@pytest.mark.parametrize("size", SIZES)
async def test_without_internet_it_leads_to_the_phone_and_the_store(size):
    program = app(battery(**OFFLINE), flow="main", flows={"main": HELPED})
    async with program.run_test(size=size) as pilot:
        await at_the_end(pilot, program)
        details = program.screen.step.card.details.plain
        assert details.index("✓ Call support") < details.index("✗ Not now: chat")
        assert "✗ Not now: use the official website" in details
        assert "There is no internet here right now." in details
        assert "▸" not in text_of(program)
        await pilot.press("3")
    assert program.return_value == 1


async def test_from_the_end_one_can_start_anew_or_look_for_something_else():
    program = app(battery(**OFFLINE), battery(), flow="main", flows={"main": HELPED})
    async with program.run_test(size=(80, 24)) as pilot:
        await at_the_end(pilot, program)
        await pilot.press("2")
        await settle(pilot, shown(program, "In your own words"))
        await pilot.press("escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        await pilot.press("1")
        await settle(pilot, lambda: session_of(program).evidence.bench.played == 2)
        await at_the_end(pilot, program)
        assert session_of(program).diagnosis.cause == "none"


async def test_an_answer_can_still_be_changed_from_the_end():
    program = app(battery(**DNS_DEAD), battery(), flow="main", flows={"main": HELPED})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Do restart"))
        await pilot.press("1")
        await at_the_end(pilot, program)
        await pilot.press("b")
        await settle(pilot, shown(program, "I have done this (chosen before)"))
