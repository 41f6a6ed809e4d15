"""What is highlighted in a list can be read and be told from the rest, in every theme, with all beside it."""

import pytest
from textual.command import CommandList
from textual.widgets import OptionList

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import app, settle, shown
from tests.tui.test_themes import LEAST, contrast
from tshoot.tui import themes
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.path import PathView

PAGES = {
    "slash": ("What goes wrong?", OptionList),
    "s": ("What do you want to reach?", OptionList),
    "ctrl+p": ("key e", CommandList),
}


def cells(program, kind):
    """The colours of each piece of text in the list: its row, the text's, the ground's."""
    region = program.screen.query_one(kind).scrollable_content_region
    strips = program.screen._compositor.render_strips()[region.y : region.bottom]
    for row, strip in enumerate(strips):
        for piece in strip.crop(region.x, region.right):
            if piece.text.strip():
                yield row, piece.style.color.triplet.hex, piece.style.bgcolor.triplet.hex


def check(program, kind, name):
    found = list(cells(program, kind))
    assert len({ground for _, _, ground in found}) > 1, "nothing is highlighted"
    assert [cell for cell in found if contrast(*cell[1:]) < LEAST[name]] == []


@pytest.mark.parametrize("name", themes.names())
@pytest.mark.parametrize("key", PAGES)
async def test_in_a_window_with_a_list(name, key):
    program = app(battery(**DNS_DEAD), flow="start", home=True)
    said, kind = PAGES[key]
    async with program.run_test(size=(80, 24)) as pilot:
        themes.choose(program, name)
        await settle(pilot, shown(program, "Does not work"))
        await pilot.press(key)
        await settle(pilot, shown(program, said), turns=600)
        await pilot.press("down")
        await pilot.pause()
        check(program, kind, name)


@pytest.mark.parametrize("name", themes.names())
async def test_an_answer_that_was_chosen_before_and_the_way_so_far(name):
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        themes.choose(program, name)
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What goes wrong with Metro?"))
        await pilot.press("p")
        await settle(pilot, lambda: len(program.screen_stack) == 3)
        await pilot.pause()
        check(program, PathView, name)
        await pilot.press("enter")
        await settle(pilot, shown(program, "(chosen before)"))
        check(program, ChoiceList, name)
