import gc
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.benches import TARGET, app, settle, text_of
from tests.tui.hostile import FORBIDDEN, HOSTILE
from tshoot.diagnosis.model import RUNGS
from tshoot.tui import screens as screens_package
from tshoot.tui.app import TshootApp
from tshoot.tui.opener import PAGES, preload
from tshoot.tui.screens.opening import OpeningScreen
from tshoot.tui.screens.wizard import WizardScreen
from tshoot.tui.session import Session
from tshoot.tui.waiting import BREAKPOINTS, width_class

SIZES = [(120, 40), (80, 24), (40, 20)]


class OpeningOnly(TshootApp):
    """Stops where the first picture is painted."""

    first = ""

    def _open(self):
        self.first = text_of(self)


def opening(target=None):
    return OpeningOnly(Session("start", target, None, "linux"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_picture_is_whole_and_says_what_goes_on(size):
    program = opening()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, lambda: program.first)
        assert "What we know" in program.first
        assert "One moment. You don't have to do" in program.first
        rungs = program.first.count("checking") if size[0] > 72 else program.first.count("… ")
        assert rungs == len(RUNGS)
        assert program.first == text_of(program)


@pytest.mark.parametrize("size", SIZES)
async def test_the_wizards_screen_stands_where_the_first_picture_stood(size):
    frame = opening(TARGET)
    async with frame.run_test(size=size) as pilot:
        await settle(pilot, lambda: frame.first)
        before = [part.region for part in frame.screen.query("TopBar, LadderView, #step")]
    program = app()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, lambda: isinstance(program.screen, WizardScreen))
        await settle(pilot, lambda: program.screen.query_one("#step-box").region.y)
        after = [part.region for part in program.screen.query("TopBar, #ladder-box, #step-box")]
    assert [(region.x, region.y, region.width) for region in before] == [
        (region.x, region.y, region.width) for region in after
    ]


async def test_a_paused_garbage_collector_starts_again():
    program = app()
    gc.disable()
    try:
        async with program.run_test() as pilot:
            await settle(pilot, lambda: isinstance(program.screen, WizardScreen))
            assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()


def test_no_page_is_left_to_be_imported_by_a_key():
    screens = {path.stem for path in Path(screens_package.__file__).parent.glob("*.py")}
    assert screens - set(PAGES) == {"__init__", "opening", "overlay", "panes", "trouble", "walking", "wizard"}
    preload()
    assert {f"tshoot.tui.screens.{name}" for name in PAGES} <= set(sys.modules)


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_name_is_shown_defused(text):
    program = opening(replace(TARGET, title=text))
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: program.first)
    assert "tshoot" in program.first
    assert not FORBIDDEN.search(program.first)


async def test_it_folds_with_the_terminal():
    program = opening()
    async with program.run_test(size=(120, 40)) as pilot:
        await pilot.resize_terminal(40, 20)
        await settle(pilot, lambda: "computer … " in text_of(program))


async def test_it_can_be_left_before_the_wizard_stands():
    program = opening()
    async with program.run_test() as pilot:
        await pilot.press("q")
    assert program.return_value == 3


async def test_what_keeps_the_wizard_from_opening_is_said(monkeypatch):
    program = app()

    def broken():
        raise RuntimeError("no [such] file")

    monkeypatch.setattr(program._session, "prepare", broken)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: "RuntimeError: no [such] file" in text_of(program))
        assert isinstance(program.screen, OpeningScreen)
        await pilot.press("q")
    assert program.return_value == 3


@pytest.mark.parametrize(
    ("width", "name"), [(20, "-narrow"), (71, "-narrow"), (72, "-normal"), (110, "-wide")]
)
def test_the_class_for_a_width(width, name):
    assert width_class(width) == name
    assert name in dict(BREAKPOINTS).values()
