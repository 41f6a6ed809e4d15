"""The list of choices wraps for the width it will have, also while it is away: else it stands too high."""

from textual.app import App
from textual.containers import Vertical
from textual.widgets import Static

from tests.tui.benches import settle, text_of
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


async def test_the_tenth_is_chosen_by_0_and_says_so():
    program = Listing()
    async with program.run_test(size=(60, 24)) as pilot:
        choices = program.query_one(ChoiceList)
        choices.show([Choice(str(number), f"Answer {number}.") for number in range(1, 13)], None)
        choices.remove_class("empty")
        await settle(pilot, lambda: "0 Answer 10." in text_of(program))
        assert "10 Answer" not in text_of(program)
        assert not [
            line for line in text_of(program).splitlines() if line.endswith(("1 Answer 11.", "2 Answer 12."))
        ]
        choices.choose(0)
        assert choices.highlighted == 9
        choices.choose(1)
        assert choices.highlighted == 0


async def test_a_digit_that_stands_nowhere_chooses_nothing():
    program = Listing()
    async with program.run_test(size=(60, 24)) as pilot:
        choices = program.query_one(ChoiceList)
        choices.show(LONG, None)
        await pilot.pause()
        for digit in (0, 4, 9):
            choices.choose(digit)
        assert choices.highlighted is None
