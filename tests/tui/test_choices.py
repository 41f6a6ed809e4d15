"""The list of choices wraps for the width it will have, also while it is away: else it stands too high."""

from textual.app import App
from textual.containers import Vertical
from textual.widgets import Static

from tests.tui.benches import settle
from tshoot.guide.model import Choice
from tshoot.tui.widgets.choices import ChoiceList

LONG = tuple(Choice(str(number), "Check again from the very start, please") for number in range(3))


class Listing(App):
    def compose(self):
        with Vertical():
            yield Static("above")
            yield ChoiceList(classes="empty")


async def test_it_knows_its_rows_before_it_is_laid_out():
    program = Listing()
    async with program.run_test(size=(60, 24)) as pilot:
        choices = program.query_one(ChoiceList)
        assert choices.size.width == 0
        choices.show(LONG, None)
        assert choices.rows == len(LONG)
        await settle(pilot, lambda: choices.size.width > 0)
        assert choices.rows == len(LONG)
