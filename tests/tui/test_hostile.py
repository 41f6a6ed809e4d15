"""Hostile text on every screen: no crash, no live markup, no control character on the screen."""

import pytest
from textual.events import Paste

from tests.tui.benches import SIZES, session_of, settle, shown, text_of
from tests.tui.hostile import FORBIDDEN, HOSTILE, STEP, hostile_app
from tshoot.guide.model import Finish
from tshoot.guide.words import CONFIRM_WORD
from tshoot.tui.toast import toast

PAGES = ["e", "r", "question_mark", "p", "n", "slash"]
LONG = [number for number, text in enumerate(HOSTILE) if len(text) > 1000 or "\n" in text or "漢" in text]
CASES = [(number, SIZES[1]) for number in range(len(HOSTILE))]
CASES += [(number, size) for number in LONG for size in (SIZES[0], SIZES[2])]


def clean(program):
    assert not FORBIDDEN.search(text_of(program)), ascii(text_of(program))


def waits_at(program, step):
    return lambda: getattr(session_of(program).state.pending, "step", "") == step


async def over(pilot, program, *keys, screens=3):
    """Press keys until a page lies over the wizard (or, with 2, none does any more)."""
    await pilot.press(*keys)
    await settle(pilot, lambda: len(program.screen_stack) == screens)
    await pilot.pause()
    clean(program)


@pytest.mark.parametrize(("number", "size"), CASES)
async def test_every_screen(number, size):
    text = HOSTILE[number]
    program = hostile_app(text)
    async with program.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settle(pilot, lambda: session_of(program).state is not None)
        await settle(pilot, waits_at(program, STEP))
        clean(program)
        for page in PAGES:
            await over(pilot, program, page)
            await over(pilot, program, "escape", screens=2)
        program.screen.pages.service()
        await over(pilot, program)
        await over(pilot, program, "escape", screens=2)
        toast(program, text, title=text)
        await pilot.press("w", "1")
        await settle(pilot, waits_at(program, "reset"))
        clean(program)
        await over(pilot, program, "2")
        await over(pilot, program, *CONFIRM_WORD, "enter", screens=2)
        await pilot.press("1")
        await settle(pilot, lambda: isinstance(session_of(program).state.pending, Finish))
        await settle(pilot, shown(program, "1 "))
        clean(program)
        await over(pilot, program, "p")
        await over(pilot, program, "escape", screens=2)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_the_palette_and_the_first_screen(number):
    program = hostile_app(HOSTILE[number])
    async with program.run_test(size=SIZES[1], notifications=True, tooltips=True) as pilot:
        await settle(pilot, lambda: session_of(program).state is not None)
        await settle(pilot, waits_at(program, STEP))
        await pilot.press("1")
        await settle(pilot, waits_at(program, "reset"))
        await over(pilot, program, "ctrl+p")
        await pilot.press(*"ev")
        await settle(pilot, shown(program, "Evidence:"), turns=600)
        clean(program)
        await over(pilot, program, "escape", screens=2)
        program.screen.has_home = True
        program.screen.go_home()
        await settle(pilot, lambda: program.screen.at_home)
        await settle(pilot, shown(program, "Read the report"))
        clean(program)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_what_is_typed_or_pasted_is_no_markup_either(number):
    program = hostile_app("harmless")
    text = HOSTILE[number][:60]
    async with program.run_test(size=SIZES[1]) as pilot:
        await settle(pilot, lambda: session_of(program).state is not None)
        await settle(pilot, waits_at(program, STEP))
        await over(pilot, program, "n")
        program.post_message(Paste(text))
        await settle(pilot, lambda: program.focused.text != "")
        await over(pilot, program, "ctrl+s", screens=2)
        await over(pilot, program, "r")
        await over(pilot, program, "escape", screens=2)
        await over(pilot, program, "slash")
        program.post_message(Paste(text))
        await settle(pilot, lambda: program.focused.value != "")
        clean(program)
        await over(pilot, program, "escape", screens=2)
        await over(pilot, program, "ctrl+p")
        program.post_message(Paste(text))
        await settle(pilot, lambda: program.focused.value != "")
        clean(program)
