"""Keys that come faster than the screen they are meant for: a slow computer, a person who knows the way."""

import pytest
from textual import events

from tests.desk.calls import small
from tests.support.batteries import battery
from tests.tui.benches import app, session_of, settle, shown, text_of
from tests.tui.desk.desks import desk_of, running
from tshoot.tui.desk.call import CallScreen
from tshoot.tui.desk.evidence import EvidenceScreen
from tshoot.tui.screens.finding import FindingScreen
from tshoot.tui.screens.wizard import WizardScreen

KEYS = ("up", "space", "down", "pagedown", "pageup")


def press_before_it_is_there(program, screen):
    """The keys come right behind the screen, which has nothing on it yet."""
    program.push_screen(screen)
    for key in KEYS:
        program.post_message(events.Key(key, None))
    assert not screen.is_mounted


@pytest.fixture
def desk(tmp_path):
    return desk_of(str(tmp_path / "desk.db"), flows=small())


async def test_a_call(desk):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown_desk:
        await shown_desk.until("open calls: 1")
        press_before_it_is_there(shown_desk.app, CallScreen(desk, call))
        shown_desk.app.post_message(events.Key("1", "1"))
        await shown_desk.until("step 2")


async def test_the_window_for_evidence(desk, tmp_path):
    async with running(desk) as shown_desk:
        await shown_desk.until("No calls are open.")
        press_before_it_is_there(shown_desk.app, EvidenceScreen(shown_desk.desk, "", "", tmp_path))
        await shown_desk.until("What the caller has")


async def test_the_wizard_that_is_loaded_behind_its_first_picture():
    program = app(battery())
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "There is nothing to fix here."))
        screen = WizardScreen(session_of(program))
        press_before_it_is_there(program, screen)
        await settle(pilot, lambda: program.screen is screen and "q Close" in text_of(program))


async def test_the_window_that_finds_help():
    program = app(battery())
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "There is nothing to fix here."))
        press_before_it_is_there(program, FindingScreen(lambda words: []))
        await settle(pilot, shown(program, "Nothing fits these words."))
