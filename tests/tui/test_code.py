"""The code for support: on the last screen and on a page of its own, and never made on the loop."""

import asyncio
import threading

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tests.tui.test_ending import HELPED, OFFLINE, at_the_end
from tshoot.evidence import telling
from tshoot.evidence.alphabet import spell
from tshoot.tui.written import so_far


@pytest.fixture
def threads(monkeypatch):
    """The threads that make codes."""
    made, code_for = [], telling.code_for

    def noting(check):
        made.append(threading.current_thread())
        return code_for(check)

    monkeypatch.setattr(telling, "code_for", noting)
    return made


async def test_the_last_screen_shows_it_once_it_is_there(threads):
    program = app(battery(**OFFLINE), flow="main", flows={"main": HELPED})
    async with program.run_test(size=(120, 40)) as pilot:
        await at_the_end(pilot, program)
        await settle(pilot, shown(program, "Read it out:"))
        assert threading.main_thread() not in threads
        code = so_far(session_of(program)).report().code
        assert f"Code for support: {code}" in program.screen.step.card.facts.plain


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_shows_it_after_the_check(threads, size):
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=size) as pilot:
        await settle(pilot, lambda: shown(program, "✗ Names")() and not session_of(program).measuring)
        await pilot.press("c")
        await settle(pilot, shown(program, "─ Code for support"))
        assert threading.main_thread() not in threads
        text, code = text_of(program), so_far(session_of(program)).report().code
        assert code in text
        for group in spell(code):
            assert " ".join(group) in text
        await pilot.press("escape")
        await settle(pilot, shown(program, "Repair this step by step"))


async def test_before_the_check_is_over_there_is_none_yet():
    gate = asyncio.Event()
    program = app(battery(), gate=gate, home=True, flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Checking: T-Mobile"))
        await pilot.press("c")
        await settle(pilot, shown(program, "There is no code yet."))
        gate.set()


async def test_what_has_no_code_leads_to_the_report(monkeypatch):
    monkeypatch.setattr(telling, "code_for", lambda check: "")
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: shown(program, "✗ Names")() and not session_of(program).measuring)
        await pilot.press("c")
        await settle(pilot, shown(program, "Save the report instead"))
