"""The same inputs give the same transcript in the wizard, in the line dialogue and from an answers file."""

import io

import pytest

from tests.guide import flows as small
from tests.tui.benches import settle
from tests.tui.test_watching import FLOW, begin, session_of, shown, watching
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver
from tshoot.guide.model import Finish
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines
from tshoot.plain.page import Page

HEALTHY = [("ok", 2.0), ("dead", None), ("ok", 2.0)]
WAYS = [
    (["1"], {}, HEALTHY),  # it goes on by itself
    (["1", "1"], {"back": "seen"}, []),
    (["1", "2"], {"back": "cannot_tell"}, []),
]


class Typed:
    """What is typed on a screen; at its end nobody types any more."""

    on_screen = True

    def __init__(self, lines):
        self.lines, self.nobody = list(lines), NoLines()

    async def next(self):
        return self.lines.pop(0) if self.lines else await self.nobody.next()


def taken_in(state):
    return [(taken.step, taken.value, dict(taken.outcomes)) for taken in state.transcript]


async def in_the_wizard(keys, looks):
    program, bench = watching()
    async with program.run_test(size=(80, 24)) as pilot:
        await begin(pilot, program)
        for look in looks:
            bench.looks.put_nowait(look)
        for key in keys[1:]:
            await pilot.press(key)
        await settle(pilot, lambda: len(session_of(program).state.transcript) > 1 and not looking(program))
        if not isinstance(session_of(program).state.pending, Finish):
            await settle(pilot, shown(program, "Wait until"))
            await pilot.press("1")
            await settle(pilot, lambda: isinstance(session_of(program).state.pending, Finish))
        return taken_in(session_of(program).state)


def looking(program):
    return getattr(session_of(program).state.pending, "purpose", "") != ""


async def in_lines(lines, given, looks):
    program, bench = watching()
    evidence = session_of(program).evidence
    for look in looks:
        bench.looks.put_nowait(look)
    guide, answers = small.engine(FLOW), Answers(given)
    front = PlainFront(Page(io.StringIO()), Typed(lines), answers=answers, unattended=not lines)
    walk = await Driver(guide, AnsweredFirst(evidence, answers), front).run(*guide.start("main"))
    await evidence.close()
    return taken_in(walk.state)


@pytest.mark.parametrize(("keys", "given", "looks"), WAYS, ids=["by-itself", "seen", "stopped"])
async def test_wizard_dialogue_and_answers_take_the_same_way(keys, given, looks):
    wizard = await in_the_wizard(keys, looks)
    assert wizard[0][:2] == ("restart", "done")
    answered = await in_lines([], {"restart": "done", "pause": "go-on", **given}, looks)
    assert answered == wizard
    if not looks:
        assert await in_lines([*keys, "1"], {}, looks) == wizard
