"""Toasts show their text as it stands: brackets are no markup, and nothing reaches the terminal."""

import pytest

from tests.support.batteries import battery
from tests.tui.benches import app, settle, shown, text_of
from tests.tui.hostile import FORBIDDEN, HOSTILE
from tshoot.tui.toast import toast


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_toasts(text):
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        toast(program, text, title=text)
        toast(program, f"end {text[:20]}", severity="error")
        await settle(pilot, shown(program, "end"))
        assert not FORBIDDEN.search(text_of(program))


async def test_brackets_stay():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        toast(program, "[red]x[/] [/foo]", title="[b]y")
        await settle(pilot, shown(program, "[red]x[/] [/foo]"))
        assert "[b]y" in text_of(program)
