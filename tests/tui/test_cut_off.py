"""What does not fit is never cut off without a word: banner, ladder, the step's text, what a search found."""

import pytest
from textual.app import App

from tests.guide import flows as small
from tests.tui.benches import app, settle, shown, text_of
from tests.tui.test_golden import WELL
from tshoot.demo.cases import BANNER
from tshoot.diagnosis.model import Rung
from tshoot.tui.screens.finding import FindingScreen
from tshoot.tui.widgets.banner import Banner
from tshoot.tui.widgets.ladder import LadderView

LONG = small.flow(
    [
        small.ask("colour", {"red": "over", "blue": "over"}, say="A sentence that is told again. " * 30),
        small.end("over"),
    ]
)


class Shows(App):
    def __init__(self, widget):
        super().__init__()
        self.widget = widget

    def compose(self):
        yield self.widget


@pytest.mark.parametrize(
    ("width", "seen"), [(80, BANNER), (40, "Recorded case, not your network."), (20, "Recorded case, not")]
)
async def test_a_banner_says_whole_sentences(width, seen):
    program = Shows(Banner(BANNER))
    async with program.run_test(size=(width, 5)) as pilot:
        await settle(pilot, shown(program, seen))
        line = next(line.strip() for line in text_of(program).splitlines() if line.strip())
        assert line == seen or width < 30


async def test_a_rung_with_many_words_goes_on_below_them():
    program = Shows(LadderView())
    rung = Rung("gateway", "bad", "")
    async with program.run_test(size=(30, 5)) as pilot:
        program.widget.show([(rung, "192.168.100.100 silent, 4 tries")], running=False)
        await settle(pilot, shown(program, "tries"))
        first, second = text_of(program).splitlines()[:2]
        assert (first, second) == ("✗ Gateway  192.168.100.100", "           silent, 4 tries")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_a_line_above_the_choices_says_that_there_is_more_until_the_end_is_seen(size):
    program = app(WELL, flow="main", flows={"main": LONG})
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "▸ 1 The red one"))
        if size == (120, 40):
            assert "There is more" not in text_of(program)
            return
        await settle(pilot, shown(program, "▾ There is more: space"))
        rows = [row for row in text_of(program).splitlines() if "There is more" in row or "▸ 1" in row]
        assert "There is more" in rows[0]
        for _ in range(20):
            await pilot.press("space")
        await settle(pilot, lambda: "There is more" not in text_of(program))
        assert "▸ 1 The red one" in text_of(program)


async def test_what_fits_is_indented_in_every_line():
    found = [
        ("main", "A title", "Many words that take more than one line of a narrow screen, as they do here.")
    ]
    program = Shows(Banner(""))
    async with program.run_test(size=(40, 20)) as pilot:
        program.push_screen(FindingScreen(lambda words: found))
        for line in ("│   Many words that take more than", "│   one line of", "│   as they do here."):
            await settle(pilot, shown(program, line))


MANY = tuple(f"answer-{number}" for number in range(10))


@pytest.mark.parametrize(
    ("words", "told"), [(2, "▾ More answers: ↓"), (90, "▾ There is more: space · answers: ↓")]
)
async def test_answers_out_of_sight_are_told_of(words, told):
    asked = small.ask("colour", dict.fromkeys(MANY, "over"), say="word " * words)
    program = app(flow="main", flows={"main": small.flow([asked, small.end("over")])})
    async with program.run_test(size=(40, 20)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await settle(pilot, shown(program, told))
        assert "The answer-9 one" not in text_of(program)
        await pilot.press("up")
        await settle(pilot, shown(program, "The answer-9 one"))
        await settle(pilot, lambda: "answers: ↓" not in text_of(program))


async def test_answers_get_the_room_that_a_short_text_leaves():
    ways = {f"rather-long-answer-that-takes-two-lines-{number}": "over" for number in range(5)}
    program = app(flow="main", flows={"main": small.flow([small.ask("colour", ways), small.end("over")])})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "ines-4 one"))
        assert "▾" not in text_of(program)
