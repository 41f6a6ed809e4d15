"""A help that is left for another one: asked about first, set aside, and gone back to."""

from tests.guide import flows as small
from tests.tui.benches import app, session_of, settle, shown, text_of
from tests.tui.keeping import FLOW, KEPT, STEPS, at_shape, way

OTHER = small.flow([small.ask("size", {"big": "fine", "small": "pause"}), *STEPS[2:]], "other")


async def left_for_other(pilot, program):
    """Leaves a walk at its second question for another help."""
    await at_shape(pilot, program)
    program.screen.turn_to("other")
    await settle(pilot, shown(program, "Your answers here are kept."))
    await pilot.press("2")
    await settle(pilot, shown(program, "What about size?"))


def both(**more):
    return app(flow="main", flows={"main": FLOW, "other": OTHER}, going=KEPT, **more)


async def test_help_that_was_left_is_gone_back_to_from_the_end_of_the_other(store):
    program = both()
    async with program.run_test(size=(80, 24)) as pilot:
        await left_for_other(pilot, program)
        await pilot.press("1")
        await settle(pilot, shown(program, "2 Go back to: A test"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        assert "Go back to" not in text_of(program)
    assert sorted((row.flow, row.state) for row in store().sessions()) == [
        ("main", "resolved"),
        ("other", "resolved"),
    ]


async def test_helps_are_left_for_each_other_by_the_palette(store):
    program = both()
    async with program.run_test(size=(80, 24)) as pilot:
        await left_for_other(pilot, program)
        await pilot.press("2")
        await settle(pilot, shown(program, "1 I have waited"))
        await pilot.press("ctrl+p")
        await settle(pilot, lambda: len(program.screen_stack) == 3)
        await pilot.press(*"back to: a test")
        await settle(pilot, shown(program, "the help you left"), turns=600)
        await pilot.press("enter")
        await settle(pilot, shown(program, "Leave this help?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "2 Go back to: A test"))
    assert sorted((row.flow, row.state) for row in store().sessions()) == [
        ("main", "resolved"),
        ("other", "set_aside"),
    ]


async def test_help_that_was_left_for_another_target_is_gone_back_to_from_the_first_screen(store):
    from tshoot.catalog.services import resolve_target

    program = app(flow="start", flows={"start": small.flow(STEPS, "start")}, going=KEPT, home=True)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "1 Get help"))
        before = session_of(program).target
        await pilot.press("1")
        await at_shape(pilot, program)
        program.screen.aim(resolve_target("metro"))
        await settle(pilot, shown(program, "Leave this help?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "2 Go back to: A test"))
        assert session_of(program).target != before
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        assert session_of(program).target == before
    assert [(row.flow, row.state) for row in store().sessions()] == [("start", "open")]


async def test_what_is_not_kept_is_said_to_be_left_behind():
    program = app(flow="main", flows={"main": FLOW, "other": OTHER})
    async with program.run_test(size=(80, 24)) as pilot:
        await at_shape(pilot, program)
        program.screen.turn_to("other")
        await settle(pilot, shown(program, "Your answers here are left behind."))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about size?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        assert "Go back to" not in text_of(program)


async def test_other_help_sets_the_session_aside(store):
    other = small.flow([small.ask("size", {"big": "fine", "small": "fine"}), STEPS[3]], "other")
    program = app(flow="main", flows={"main": FLOW, "other": other}, going=KEPT)
    async with program.run_test(size=(80, 24)) as pilot:
        await at_shape(pilot, program)
        program.screen.turn_to("other")
        await settle(pilot, shown(program, "Leave this help?"))
        await pilot.press("1")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        assert way(store)[0].state == "open"
        assert "What about shape?" in text_of(program)
        program.screen.turn_to("other")
        await settle(pilot, shown(program, "Leave this help?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about size?"))
        assert way(store)[0].state == "set_aside"
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
    assert sorted((row.flow, row.state) for row in store().sessions()) == [
        ("main", "set_aside"),
        ("other", "resolved"),
    ]
