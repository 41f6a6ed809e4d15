"""The wizard for somebody at another computer: it asks, and says that nothing is measured."""

import pytest

from tests.tui.benches import TARGET, settle, text_of
from tshoot.guide.setup import load_shipped
from tshoot.tui.app import TshootApp
from tshoot.tui.session import ASKED, Session


class NoBench:
    """Whatever is asked of it fails."""


def asking():
    return TshootApp(Session("connectivity", TARGET, NoBench(), "phone", load_shipped(), measured=False))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_it_says_so_at_every_size_and_asks_instead(size):
    program = asking()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, lambda: "1 " in text_of(program))
        words = " ".join(text_of(program).replace("│", " ").split())
        assert "Nothing is measured" in words
        assert "✗" not in words
        for key in ("e", "r"):
            await pilot.press(key)
            await settle(pilot, lambda: len(program.screen_stack) == 3)
            assert ASKED[:25] in text_of(program)
            await pilot.press("escape")
            await settle(pilot, lambda: len(program.screen_stack) == 2)
        await pilot.press("2")
        await settle(pilot, lambda: len(program._session.state.transcript) > 0)
        assert program._session.state.transcript[0].by == "person"
