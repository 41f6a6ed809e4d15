"""A recorded case in the wizard: it fills the ladder live, says that it is recorded, and reaches its end."""

import asyncio
import socket
from math import inf

import pytest

from tests.tui.benches import settle, shown, text_of
from tshoot.demo.cases import case_named
from tshoot.demo.play import bench_of
from tshoot.guide.model import Finish, Prompt
from tshoot.tui.app import TshootApp
from tshoot.tui.demo import DemoSession


def program_of(name, speed=inf):
    case = case_named(name)
    return case, TshootApp(DemoSession(case, bench_of(case, speed), "linux"))


def waiting(program):
    state = program._session.state
    return state.pending if state is not None else None


async def answered(pilot, program, case):
    """Give the case's answers until the end."""
    for _ in range(40):
        await settle(pilot, lambda: isinstance(waiting(program), Prompt | Finish))
        prompt = waiting(program)
        if isinstance(prompt, Finish):
            return prompt
        given = case.answers.get(prompt.step, prompt.choices[0].id)
        ids = [choice.id for choice in prompt.choices]
        await pilot.press(str(ids.index(given) + 1))
        await settle(pilot, lambda before=prompt: waiting(program) is not before)
    raise AssertionError("no end")


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a recorded case must send nothing")

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse)


@pytest.mark.parametrize("name", ["captive-portal", "line-hangs", "forgotten-password"])
async def test_a_case_in_the_wizard_reaches_its_end(no_network, name):
    case, program = program_of(name)
    async with program.run_test(size=(80, 24)) as pilot:
        finish = await answered(pilot, program, case)
        assert (finish.step, finish.outcome) == (case.end, case.outcome)
        await pilot.press("q")
    assert program.return_value == 0


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_every_screen_says_that_it_is_recorded(size):
    _, program = program_of("captive-portal")
    async with program.run_test(size=size) as pilot:
        assert "Recorded case, not your network" in text_of(program)
        await settle(pilot, lambda: isinstance(waiting(program), Prompt))
        await pilot.pause()
        assert "Recorded case, not your network" in text_of(program)


async def test_the_ladder_fills_at_the_recorded_pace():
    _, program = program_of("captive-portal", 0.1)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: "link" in program._session.results)
        assert "http" not in program._session.results
        assert program._session.running
        await asyncio.sleep(0)


async def test_check_again_from_the_start_plays_the_case_from_its_start():
    case, program = program_of("captive-portal")
    async with program.run_test(size=(80, 24)) as pilot:
        await answered(pilot, program, case)
        await settle(pilot, shown(program, "Check again from the start"))
        await pilot.press("1")
        await settle(pilot, lambda: isinstance(waiting(program), Prompt))
        assert waiting(program).step == "open-portal-page"
        assert program._session.diagnosis.cause == case.cause


async def test_another_service_is_not_offered_where_it_was_not_recorded():
    case = case_named("forgotten-password")
    program = TshootApp(DemoSession(case, bench_of(case, inf), "linux"), home=True)
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "Works: Metro"))
        assert "Find help by your own words" in text_of(program)
        assert "another service" not in text_of(program)
        await pilot.press("s")
        await pilot.pause()
        assert len(program.screen_stack) == 2
