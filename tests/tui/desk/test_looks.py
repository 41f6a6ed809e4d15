"""Where the cursor is shows also where there is no colour."""

import os

import pytest
from textual.widgets import Input, TextArea

from tests.desk.calls import small
from tests.tui.desk.desks import desk_of, running


def reversed_words(app):
    """What is drawn in reverse."""
    strips = app.screen._compositor.render_strips()
    return "".join(
        segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse
    )


async def test_the_row_under_the_cursor_is_in_reverse_without_colour(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    for label in ("Garden", "Kitchen"):
        desk.begin("main", label)
    async with running(desk) as shown:
        await shown.until("Garden")
        await shown.until(lambda: "Kitchen" in reversed_words(shown.app))
        assert "Garden" not in reversed_words(shown.app)
        await shown.press("down")
        await shown.until(lambda: "Garden" in reversed_words(shown.app))


async def test_the_field_that_keys_go_to_is_seen(tmp_path):
    async with running(desk_of(str(tmp_path / "desk.db"), flows=small())) as shown:
        await shown.until("No calls are open.")
        await shown.press("n")
        await shown.until("New call")
        await shown.press("tab", "tab")
        await shown.until(lambda: "not known yet" in reversed_words(shown.app))
        await shown.press("tab", "tab")
        await shown.until(lambda: "A test" in reversed_words(shown.app))
        assert "not known yet" not in reversed_words(shown.app)


@pytest.mark.parametrize("keys", [("n",), ("enter", "n")], ids=["line", "editor"])
async def test_where_one_types_is_seen_without_colour(tmp_path, monkeypatch, keys):
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    desk.begin("main", "Garden")
    async with running(desk) as shown:
        await shown.until("Garden")
        await shown.press(keys[0])
        if len(keys) > 1:
            await shown.until("Say to the caller")
            await shown.press(keys[1])
        await shown.until(lambda: isinstance(shown.app.focused, Input | TextArea))
        await shown.type("abX")
        await shown.press("left")
        await shown.until(lambda: "X" in reversed_words(shown.app))
