"""How long each step took stands in the wizard's report, as in that of the line dialogue."""

from functools import partial

from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import app, session_of, settle, shown
from tests.tui.keeping import FLOW, wizard
from tests.tui.test_going_on import left_at_shape
from tshoot.session.going import GoingOn
from tshoot.tui.written import so_far

CHECKED = small.flow(
    [
        small.ask("colour", {"red": "shape", "blue": "shape"}),
        small.ask("shape", {"round": "fine", "flat": "fine"}),
        small.end("fine"),
    ]
)


def seconds_of(program):
    return [(step["step"], step["seconds"]) for step in so_far(session_of(program)).document()["steps"]]


class Clock:
    """Shows the time that is set."""

    now = 0.0

    def __call__(self):
        return self.now


def timed(program):
    clock = Clock()
    session_of(program).walk._clock = clock
    return clock


async def test_each_step_has_the_time_it_took_and_going_back_takes_it_away():
    program = app(battery(), flow="main", flows={"main": CHECKED})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        clock, answered = timed(program), partial(answer, pilot, program)
        await answered(clock, 3.0, "What about shape?")
        await answered(clock, 7.5, "Solved")
        (_, _), last = seconds_of(program)
        assert last == ("shape", 4.5)
        await pilot.press("b")
        await settle(pilot, shown(program, "What about shape?"))
        assert [step for step, _ in seconds_of(program)] == ["colour"]


async def answer(pilot, program, clock, moment, wanted):
    clock.now = moment
    await pilot.press("1")
    await settle(pilot, shown(program, wanted))


async def test_a_session_that_goes_on_keeps_its_seconds(store):
    await left_at_shape()
    (row,) = store().sessions()
    before = store().record(row.session).seconds
    program = wizard(FLOW, GoingOn(keep=True, session=row.session))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about shape?"))
        assert session_of(program).walk.seconds == before
        assert before[0] > 0
