"""The looks: every text keeps its contrast, and no meaning rests on colour."""

import os

import pytest
from textual.color import Color

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import app, settle, shown, text_of
from tshoot.tui import themes

TEXTS = ("foreground", "secondary", "accent", "success", "warning", "error")
GROUNDS = ("background", "surface", "panel")
LEAST = {"dark": 4.5, "light": 4.5, "high-contrast": 7.0}


def contrast(one, other):
    """WCAG 2.2, relative luminance and contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(text):
    channels = [channel / 255 for channel in Color.parse(text).rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", themes.names())
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_read_on_every_ground(name, text, ground):
    colors = themes.COLORS[name]
    assert contrast(colors[text], colors[ground]) >= LEAST[name]


@pytest.mark.parametrize("name", themes.names())
def test_the_highlighted_choice_can_be_read(name):
    variables = themes.theme(name).variables
    cursor = contrast(variables["block-cursor-foreground"], variables["block-cursor-background"])
    assert cursor >= LEAST[name]


async def test_a_key_goes_through_the_themes_and_says_which():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        seen = []
        for _ in themes.names():
            await pilot.press("t")
            await settle(pilot, shown(program, f"Theme: {themes.TITLES[themes.chosen(program)]}."))
            seen.append(themes.chosen(program))
        assert seen == ["light", "high-contrast", "dark"]


async def test_without_colour_the_screen_says_the_same(monkeypatch):
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    program = app(battery(**DNS_DEAD), flow="start", home=True)
    assert program.no_color
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✗ Does not work"))
        assert "✗ Names" in text_of(program)
        assert "▸ 1" in text_of(program)
        colors = {
            color.name
            for line in program.screen._compositor.render_strips()
            for segment in filtered(program, line)
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
            if color
        }
        assert colors == {"default"}


def filtered(program, strip):
    for line_filter in program._filters:
        strip = strip.apply_filter(line_filter, Color.parse("#000000"))
    return strip
