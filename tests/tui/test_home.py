"""The first screen: the verdict as soon as it is known, and the ways on from there."""

import asyncio

import pytest
from textual.containers import Vertical
from textual.events import Paste

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import SIZES, SPECS, app, session_of, settle, shown, text_of
from tshoot.tui.widgets.choices import ChoiceList


def home(*batteries, gate=None):
    return app(*batteries, gate=gate, flow="start", home=True)


@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_is_wrong_and_leads_to_the_repair(size):
    program = home(battery(**DNS_DEAD))
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "✗ Does not work"))
        assert "▸ 1 Repair this step by step" in text_of(program)
        await pilot.press("enter")
        await settle(pilot, lambda: session_of(program).state is not None)
        await settle(pilot, shown(program, "step 1"))
        assert session_of(program).state.flow == "start"


async def test_a_healthy_network_needs_one_screen():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works: T-Mobile account"))
        assert "Next: " in text_of(program)
        await pilot.press("q")
    assert program.return_value == 0


async def test_closing_after_a_fault_was_found_says_so():
    program = home(battery(**DNS_DEAD))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✗ Does not work"))
        await pilot.press("q")
    assert program.return_value == 1


async def test_one_can_go_on_before_the_verdict_and_what_is_highlighted_stays():
    gate = asyncio.Event()
    program = home(gate=gate)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Checking: T-Mobile account"))
        await pilot.press("down", "down")
        gate.set()
        await settle(pilot, shown(program, "✓ Works"))
        assert program.screen.query_one(ChoiceList).highlighted == 2
    assert program.return_value is None


async def test_quitting_before_the_verdict_is_3():
    program = home(gate=asyncio.Event())
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Checking: T-Mobile account"))
        await pilot.press("q")
    assert program.return_value == 3


@pytest.mark.parametrize("size", SIZES)
async def test_another_service_is_measured_anew(size):
    program = home(battery(), battery(**DNS_DEAD))
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("s")
        await settle(pilot, shown(program, "Metro by T-Mobile account"))
        await pilot.press("2")
        await settle(pilot, shown(program, "✗ Does not work: Metro"))
        assert "tshoot · Metro by T-Mobile account" in text_of(program)
        session = session_of(program)
        assert session.target.service == "metro"
        assert session.evidence.bench.target.service == "metro"
        await pilot.press("1")
        await settle(pilot, lambda: session.state is not None)
        assert session.state.known["service"] == "metro"


async def test_any_website_can_be_checked_and_a_slip_is_explained():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("3")
        await settle(pilot, shown(program, "Another website or address"))
        await pilot.press("5", *"metrro", "enter")
        await settle(pilot, shown(program, "metro"))
        assert len(program.screen_stack) == 3
        await pilot.press(*["backspace"] * 6, *"www.example.com", "enter")
        await settle(pilot, shown(program, "Works: www.example.com"))
    assert session_of(program).target.host == "www.example.com"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("typed", ["no address, but many words", "x " * 500])
async def test_the_whole_reason_why_an_address_is_refused_is_in_sight(size, typed):
    program = home()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("s")
        await settle(pilot, shown(program, "Another website or address"))
        await pilot.press("5")
        program.post_message(Paste(typed))
        await settle(pilot, lambda: program.focused.value != "")
        await pilot.press("enter")
        wrong, frame = program.screen.query_one("#wrong"), program.screen.query_one(Vertical)
        await settle(pilot, lambda: wrong.region.height > 0)
        await pilot.pause()
        assert str(wrong.content).endswith("is not a host name or an https address.")
        assert frame.content_region.contains_region(wrong.region)
        assert frame.content_region.contains_region(program.focused.region)


async def test_back_at_the_first_step_leads_to_the_first_screen():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("b")
        await settle(pilot, shown(program, "✓ Works"))
        assert session_of(program).walk is None
        assert "b Back" not in text_of(program)


async def test_measuring_again_measures_again():
    program = home(battery(**DNS_DEAD), battery())
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✗ Does not work"))
        await pilot.press("m")
        await settle(pilot, shown(program, "✓ Works"))
        assert session_of(program).evidence.bench.played == 2


async def test_a_page_leaves_the_choices_as_they_were():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("4")
        await settle(pilot, shown(program, "─ Report"))
        await pilot.press("escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        await pilot.press("2")
        await settle(pilot, shown(program, "In your own words"))


async def test_the_window_that_finds_help_lists_everything_and_says_where_nothing_fits():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("slash")
        await settle(pilot, shown(program, "I can't get online"))
        await pilot.press(*"qqqq")
        await settle(pilot, shown(program, "Nothing fits these words. Try others, or choose below."))
        await settle(pilot, shown(program, "I can't get online"))
        await pilot.press("enter")
        await pilot.pause()
        assert len(program.screen_stack) == 3  # Nothing is chosen that nobody asked for.
        await pilot.press("down", "enter")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        await settle(pilot, lambda: session_of(program).state is not None)


async def test_what_is_still_measured_ahead_does_not_hide_the_verdict_and_can_change_it():
    program = home()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What do you need help with?"))
        session_of(program).started(SPECS["dns_servers"])
        await pilot.press("b")
        await settle(pilot, shown(program, "✓ Works: T-Mobile account"))
        for result in battery(**DNS_DEAD).values():
            session_of(program).finished(result)
        await settle(pilot, shown(program, "✗ Does not work: T-Mobile account"))


@pytest.mark.parametrize(
    ("situation", "words"),
    [(DNS_DEAD, "Repair this step by step"), ({"http": "server_error"}, "See what you can do meanwhile")],
)
async def test_a_repair_is_offered_only_to_who_can_make_it(situation, words):
    program = home(battery(**situation))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "T-Mobile account"))
        await settle(pilot, shown(program, f"▸ 1 {words}"))
