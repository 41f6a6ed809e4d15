"""Walks a recorded case with its own answers, without waiting."""

from math import inf

from tshoot.demo.evidence import ReplayedEvidence
from tshoot.demo.play import bench_of
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver
from tshoot.guide.engine import Engine
from tshoot.guide.setup import known_of, load_shipped, upcoming_of
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines
from tshoot.plain.page import Page

FLOWS = load_shipped()


def evidence_of(case, speed=inf, listener=None):
    bench = bench_of(case, speed)
    return ReplayedEvidence(bench, upcoming=upcoming_of(FLOWS), listener=listener)


async def walked(case, out, variant="linux"):
    """The walk. Raises Ended where an answer is missing."""
    bench = bench_of(case, inf)
    engine, answers = Engine(FLOWS, variant), Answers(case.answers)
    source = ReplayedEvidence(bench, upcoming=upcoming_of(FLOWS))
    front = PlainFront(Page(out), NoLines(), answers=answers, unattended=True)
    try:
        driver = Driver(engine, AnsweredFirst(source, answers), front)
        return await driver.run(*engine.start(case.flow, known_of(bench.target)))
    finally:
        await source.close()
