"""The statistics' page."""

import pytest

from tests.desk.calls import file, small
from tests.diagnosis.situations import DNS_DEAD
from tests.tui.desk.desks import SIZES, desk_of, running
from tshoot.desk import moves
from tshoot.session.model import Opened


@pytest.mark.parametrize("size", SIZES)
async def test_causes_stops_and_fixes_are_counted(tmp_path, size):
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    for answer in ("says-ok", "says-down"):
        call = desk.begin("main", "Ticket", evidence=file(**{**DNS_DEAD, "link": "down"}))
        call = desk.do(call, lambda one: moves.chosen(one, "done", 90.0))
        desk.do(call, lambda one, what=answer: moves.chosen(one, what, 30.0))
    desk.begin("main", "Left alone")
    async with running(desk, size) as shown:
        await shown.until("open calls")
        await shown.press("s")
        await shown.until("the last 30 days")
        page = shown.text
        for _ in range(8):
            await shown.press("space")
            await shown.pilot.pause(0.02)
            page += shown.text
        for words in ("on their own: 3", "Causes", "Fixes", "helped 1 of 2", "Minutes until"):
            assert words in page
        await shown.press("d")
        await shown.until("the last 7 days")
        await shown.press("d")
        await shown.until("all that is kept")


async def test_sessions_of_callers_on_their_own_are_not_called_calls(tmp_path):
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    desk.begin("main", "Ticket")
    desk.store.create(Opened("wizard", "main", {"main": "1.0.0"}))
    async with running(desk) as shown:
        await shown.until("open calls: 1")
        await shown.press("s")
        await shown.until("Calls and sessions of callers on their own: 2")


async def test_an_empty_store_has_no_figures(tmp_path):
    async with running(desk_of(str(tmp_path / "desk.db"), flows=small())) as shown:
        await shown.until("No calls are open.")
        await shown.press("s")
        await shown.until("No calls and no sessions in this time.")
        await shown.press("escape")
        await shown.until("No calls are open.")
