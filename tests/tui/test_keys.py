"""The declaration of keys is the only one: bindings, key line, help page and documentation follow from it."""

import re
from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.tui import keys
from tshoot.tui.screens.wizard import WizardScreen
from tshoot.tui.widgets.keybar import KeyBar

DOCS = Path(__file__).parents[2] / "docs" / "wizard.md"


def test_every_action_exists_on_the_screen_or_the_program():
    program = app(battery())
    for key in keys.WIZARD:
        name = key.action.partition("(")[0]
        owner = program if name.startswith("app.") else WizardScreen
        assert not name or hasattr(owner, f"action_{name.removeprefix('app.')}"), key.id


def test_no_key_is_declared_twice_in_one_place():
    for place in (keys.WIZARD, keys.PAGE, keys.FIND, keys.CHOICE, keys.NOTE):
        names = [name for key in place for name in key.keys.split(",") if key.action]
        assert len(names) == len(set(names))
        ids = [key.id for key in place]
        assert len(ids) == len(set(ids))


def test_the_documentation_holds_the_table_of_keys():
    assert keys.markdown_table() in DOCS.read_text(encoding="utf-8")


def test_digits_become_ten_bindings_that_nobody_can_take_away():
    made = keys.bindings(keys.WIZARD)
    digits = [binding for binding in made if binding.action.startswith("choose")]
    assert [binding.key for binding in digits] == list("1234567890")
    assert {binding.id for binding in digits} == {None}
    assert "choose" not in keys.remappable()


async def test_the_help_page_lists_every_key_and_sets_apart_what_does_nothing_here():
    program = app(battery(), flow="start", home=True)
    async with program.run_test(size=(120, 60)) as pilot:
        await settle(pilot, shown(program, "✓ Service"))
        await pilot.press("question_mark")
        await settle(pilot, shown(program, "─ Keys"))
        text = " ".join(text_of(program).split())
        for key in keys.TOLD:
            assert key.display() in text
            assert key.help in text
        here, _, others = text.partition("Not on this screen")
        for name in ("why", "back", "note", "path", "address.leave"):
            assert keys.EVERY[name].help in others
            assert keys.EVERY[name].help not in here
        for name in ("evidence", "measure", "service", "find", "close"):
            assert keys.EVERY[name].help in here


async def test_another_key_is_in_force_everywhere_once_it_is_mapped():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        program.set_keymap({"evidence": "x", "help": "f1", "back": "backspace"})
        await settle(pilot, shown(program, "x Evidence"))
        await pilot.press("e")
        await pilot.pause()
        assert len(program.screen_stack) == 2
        await pilot.press("x")
        await settle(pilot, shown(program, "─ Evidence"))
        await pilot.press("escape", "f1")
        await settle(pilot, shown(program, "x                   what was measured"))
        await pilot.press("space")
        await settle(pilot, shown(program, "backspace"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_line_fits_and_keeps_the_way_out(size):
    program = app(battery(), flow="start")
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        line = text_of(program).splitlines()[-1]
        assert len(line) <= size[0]
        assert "q Close" in line
        assert "? Help" in line


async def test_a_click_on_a_key_does_what_the_key_does():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        line = text_of(program).splitlines()[-1]
        await pilot.click(KeyBar, offset=(line.index("Evidence"), 0))
        await settle(pilot, shown(program, "─ Evidence"))
        line = text_of(program).splitlines()[-1]
        await pilot.click(program.screen.query_one(KeyBar), offset=(line.index("Close"), 0))
        await settle(pilot, lambda: len(program.screen_stack) == 2)
        await pilot.click(KeyBar, offset=(79, 0))
        assert len(program.screen_stack) == 2


async def test_a_click_beside_a_page_closes_it():
    program = app(battery(), flow="start")
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        for key in ("e", "r", "question_mark", "slash", "n", "p"):
            await pilot.press(key)
            await settle(pilot, lambda: len(program.screen_stack) == 3)
            await pilot.click(offset=(0, 20))
            await settle(pilot, lambda: len(program.screen_stack) == 2)


async def test_reading_on_is_offered_where_there_is_more_to_read():
    program = app(battery(), flow="start")
    async with program.run_test(size=(40, 20)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await settle(pilot, shown(program, "space Read on"))
        await pilot.press("space")
        await settle(pilot, lambda: "What do you need help with?" not in text_of(program))
        await pilot.press("pageup")
        await settle(pilot, shown(program, "What do you need help with?"))
        assert session_of(program).state.transcript[-1].step != "which-service"


def test_the_key_line_is_cut_by_rank():
    from tshoot.tui.widgets.keybar import _Item, fit

    items = [
        _Item("a", "First", 1, "first", True),
        _Item("b", "Second", 3, "second", True),
        _Item("c", "Third", 2, "third", True),
    ]
    width = len("b Second  c Third")
    assert [item.label for item in fit(items, width)] == ["Second", "Third"]
    assert [item.label for item in fit(items, width - 1)] == ["Second"]
    assert fit(items, 3) == []


@pytest.mark.parametrize("key", ["e", "r", "question_mark"])
async def test_a_page_says_how_it_scrolls_and_space_moves_it_by_a_screen(key):
    program = app(battery(), flow="start", home=True)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press(key)
        await settle(pilot, shown(program, "space Read on"))
        line = text_of(program).splitlines()[-1]
        assert "↓ Down" in line
        frame = program.screen.query_one(VerticalScroll)
        await settle(pilot, lambda: frame.max_scroll_y > 0)
        await pilot.press("space")
        await settle(pilot, lambda: frame.scroll_y > 5)
        await pilot.press("pageup")
        await settle(pilot, lambda: frame.scroll_y == 0)


async def test_the_report_names_all_its_keys_on_a_narrow_screen_too():
    program = app(battery(), flow="start", home=True)
    async with program.run_test(size=(40, 20)) as pilot:
        await settle(pilot, shown(program, "✓ Works"))
        await pilot.press("r")
        for words in ("x Private", "f Format", "? Help", "esc Close"):
            await settle(pilot, shown(program, words))
        await pilot.press("question_mark")
        await settle(pilot, shown(program, "a screen further down"))


@pytest.mark.parametrize(("width", "words"), [(12, "e Evidence"), (11, "")])
async def test_the_key_line_uses_all_the_columns_there_are(width, words):
    from textual.app import App
    from textual.binding import Binding

    class Small(App):
        BINDINGS = (Binding("e", "none", "Evidence", id="evidence"),)

        def compose(self):
            yield KeyBar()

        def action_none(self):
            pass

    program = Small()
    async with program.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        assert text_of(program).splitlines()[-1].strip() == words


def test_ids_are_simple_words():
    assert all(re.fullmatch(r"[a-z]+([.-][a-z]+)*", key.id) for key in keys.EVERY.values())
