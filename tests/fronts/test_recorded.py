"""Recorded cases in all three fronts: the same ``tshoot.session/1``, and the same word for its end."""

import io
from math import inf

import pytest

from tests.fronts.fronts import Typed, bare, pressed, typed_lines
from tests.fronts.inputs import FLOWS
from tshoot.demo.cases import load_cases
from tshoot.demo.evidence import ReplayedEvidence
from tshoot.demo.play import bench_of
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver
from tshoot.guide.engine import Engine
from tshoot.guide.setup import known_of, upcoming_of
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines
from tshoot.plain.page import Page
from tshoot.tui.app import TshootApp
from tshoot.tui.demo import DemoSession

CASES = {case.outcome: case for case in load_cases().values() if case.answers or case.outcome != "resolved"}


class Noting(PlainFront):
    """The line dialogue, and what it asked and got."""

    def __init__(self, lines, prepared=None, **more):
        super().__init__(Page(io.StringIO()), lines, **more)
        self.asked, self.prepared = [], prepared or {}

    async def ask(self, prompt, can_go_back):
        event = await super().ask(prompt, can_go_back)
        self.asked.append((prompt, self.prepared.get(prompt.step, getattr(event, "choice", ""))))
        return event


async def driven(case, front, answers):
    bench, engine = bench_of(case, inf), Engine(FLOWS, "linux")
    source = ReplayedEvidence(bench, upcoming=upcoming_of(FLOWS))
    driver = Driver(engine, AnsweredFirst(source, answers), front)
    walk = await driver.run(*engine.start(case.flow, known_of(bench.target)))
    await source.close()
    return bare(walk, case.flow)


async def in_the_wizard(case, asked):
    session = DemoSession(case, bench_of(case, inf), "linux")
    program = TshootApp(session)
    async with program.run_test(size=(80, 24)) as pilot:
        with program.batch_update():
            return bare(await pressed(pilot, session, asked), case.flow)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_recorded_case_is_the_same_in_every_front(case):
    answers = Answers(case.answers)
    unattended = Noting(NoLines(), case.answers, answers=answers, unattended=True)
    answered = await driven(case, unattended, answers)
    lines = Typed([line for prompt, choice in unattended.asked for line in typed_lines(prompt, choice)])
    assert await driven(case, Noting(lines), Answers({})) == answered
    assert await in_the_wizard(case, unattended.asked) == answered
    assert (answered["end"]["step"], answered["end"]["outcome"]) == (case.end, case.outcome)
