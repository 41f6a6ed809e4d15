"""Going on in the wizard: what was done is kept, the next start offers it, and goes on at the same step."""

import threading
from dataclasses import replace

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tests.tui.keeping import KEPT, STEPS, at_shape, way, wizard
from tshoot.session.going import GoingOn
from tshoot.session.store import Store


async def left_at_shape(**more):
    """A wizard that was closed at its second question."""
    program = wizard(**more)
    async with program.run_test(size=(80, 24)) as pilot:
        await at_shape(pilot, program, "2")
        await pilot.press("q")
    return program


async def test_every_step_is_kept_before_the_next_one_is_shown(store):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        assert store().count() == 0
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        row, lines = way(store)
        assert lines == [("colour", "blue")]
        assert (row.kind, row.service, row.title, row.state) == (
            "wizard",
            "t-mobile",
            "What about shape?",
            "open",
        )
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        assert way(store)[0].state == "resolved"


@pytest.mark.parametrize("size", SIZES)
async def test_the_next_start_offers_to_go_on_at_the_same_step(store, size):
    await left_at_shape()
    program = wizard()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        assert "You were at: What about shape?" in text_of(program)
        assert "just now" in text_of(program)
        await pilot.press("1")
        await settle(pilot, lambda: session_of(program).state is not None)
        await settle(pilot, shown(program, "The round one"))
        assert session_of(program).state.pending.step == "shape"
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
    row, lines = way(store)
    assert lines == [("colour", "blue"), ("shape", "round")]
    assert row.state == "resolved"


async def test_before_the_first_screen_too_and_its_flow_is_walked(store):
    await left_at_shape()
    program = wizard(home=True)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What about shape?"))


async def test_anew_it_is_not_offered_again(store):
    await left_at_shape()
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Start anew"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about colour?"))
        await settle(pilot, lambda: way(store)[0].state == "set_aside")
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))


async def test_left_at_a_pause_it_goes_on_there(store):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        for words, key in (("colour?", "1"), ("shape?", "2"), ("I will come back later", "2")):
            await settle(pilot, shown(program, words))
            await pilot.press(key)
        await pilot.pause()
    assert program.return_value == 3
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "You were at: Wait until the lights stop"))
        await pilot.press("1")
        await settle(pilot, shown(program, "I have waited, go on"))


async def test_an_ended_session_is_never_offered(store):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "colour?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "shape?"))
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))


async def test_a_session_named_beforehand_goes_on_without_a_question(store):
    await left_at_shape()
    program = wizard(going=replace(KEPT, session=way(store)[0].session))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about shape?"))
        assert "Go on there" not in text_of(program)


async def test_a_flow_that_has_changed_is_told_and_answers_come_back_as_suggestions(store):
    await left_at_shape()
    changed = small.flow([small.ask("size", {"big": "colour", "small": "colour"}), *STEPS])
    program = wizard(changed)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What about size?"))
        assert "This help has changed" in program.screen.step.card.notice.plain
        await pilot.press("1")
        await settle(pilot, shown(program, "What about colour?"))
        assert session_of(program).state.pending.earlier == "blue"


async def test_a_flow_that_is_gone_is_told_and_one_can_start_anew(store):
    await left_at_shape()
    program = wizard(small.flow([small.ask("size", {"big": "fine", "small": "fine"}), STEPS[3]], "other"))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "does not exist any more"))
        await pilot.press("enter")
        await settle(pilot, shown(program, "What about size?"))


async def test_it_measures_anew_and_tells_what_has_changed_since(store):
    program = app(battery(**DNS_DEAD), going=KEPT)
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "✗ Names"))
        await settle(pilot, shown(program, "▸ 1 "))
        await pilot.press("1")
        await settle(pilot, lambda: len(session_of(program).state.prompts()) > 0)
        await pilot.press("q")
    stood = session_of(program).state.pending.step
    program = app(battery(), going=KEPT)
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await settle(pilot, shown(program, "✓ Names"))
        await pilot.press("1")
        await settle(pilot, lambda: session_of(program).state is not None)
        assert session_of(program).state.pending.step == stood
        await settle(pilot, shown(program, "Since then something has changed."))
        assert session_of(program).evidence.bench.played == 1


async def test_notes_are_kept_and_come_back(store):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("n", *"A light blinks", "ctrl+s")
        await settle(pilot, shown(program, "Your note: A light blinks"))
        await settle(pilot, lambda: store().count() == 1)
        await pilot.press("q")
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "Your note: A light blinks"))
        assert "A light blinks" in session_of(program).report_text()


async def test_notes_of_a_walk_that_was_begun_anew_are_kept_with_the_new_one(store):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("n", *"A light blinks", "ctrl+s")
        await settle(pilot, shown(program, "Your note: A light blinks"))
        await settle(pilot, lambda: store().count() == 1)
        program.screen.begin()
        await settle(pilot, lambda: store().sessions()[0].state == "set_aside")
        await settle(pilot, shown(program, "Your note: A light blinks"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.press("q")
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What about shape?"))
        assert "A light blinks" in session_of(program).report_text()


async def test_a_store_that_can_not_be_used_is_told_once_and_stops_nobody(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "file"))
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await at_shape(pilot, program)
        assert "this session is not kept" in program.screen.step.card.notice.plain
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        assert "is not kept" not in text_of(program)


async def test_keys_work_while_a_step_is_written(store, monkeypatch):
    gate, create = threading.Event(), Store.create
    monkeypatch.setattr(Store, "create", lambda self, *a, **m: gate.wait(30) and create(self, *a, **m))
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("1", "question_mark")
        await settle(pilot, lambda: len(program.screen_stack) == 3)
        await pilot.press("escape")
        assert "What about shape?" not in text_of(program)
        gate.set()
        await settle(pilot, shown(program, "What about shape?"))


async def test_nothing_is_kept_where_that_is_not_wanted(store, tmp_path):
    program = wizard(going=GoingOn(keep=False))
    async with program.run_test(size=(80, 24)) as pilot:
        await at_shape(pilot, program)
    assert list(tmp_path.iterdir()) == []


async def test_another_target_of_the_session_is_measured(store):
    from tshoot.catalog.services import resolve_target

    program = wizard()
    await_target = resolve_target("metro")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        program.screen.aim(await_target)
        await settle(pilot, lambda: session_of(program).target.service == "metro")
        await at_shape(pilot, program)
        await pilot.press("q")
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Go on there"))
        await pilot.press("1")
        await settle(pilot, shown(program, "What about shape?"))
        assert session_of(program).target.service == "metro"
        assert "Metro" in text_of(program).splitlines()[0]
