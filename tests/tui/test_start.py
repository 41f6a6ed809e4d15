"""The wizard from its front door: a healthy network and a forgotten Metro password, by keys alone."""

import pytest

from tests.tui.benches import app, settle, text_of
from tshoot.guide.model import Finish

SIZES = [(120, 40), (80, 24)]
KEYS = [
    ("What do you need help with?", "2"),
    ("What goes wrong with Metro?", "1"),
    ("Which of these can you read right now?", "1"),
    ("Make a new password", "1"),
    ("Are you signed in now?", "1"),
]


@pytest.mark.parametrize("size", SIZES)
async def test_a_forgotten_metro_password_by_keys_alone(size):
    program = app(flow="start")
    async with program.run_test(size=size) as pilot:
        for title, key in KEYS:
            await settle(pilot, lambda title=title: title in text_of(program))
            await pilot.press(key)
        await settle(pilot, lambda: isinstance(program._session.state.pending, Finish))
        await settle(pilot, lambda: "You are in again" in text_of(program))
        finish = program._session.state.pending
        assert (finish.flow, finish.step, finish.outcome) == ("recovery", "back-in", "resolved")
        await pilot.press("q")
    assert program.return_value == 0
