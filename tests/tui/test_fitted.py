"""A text fitted to its width stands in the first layout already, and follows the width."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Resize

from tshoot.tui.widgets.fitted import Fitted


class Watched(Fitted):
    """Remembers the height of each layout it was told of."""

    def __init__(self) -> None:
        super().__init__(_halves)
        self.heights: list[int] = []

    def on_resize(self, event: Resize) -> None:
        self.heights.append(event.size.height)


class Shows(App[None]):
    def compose(self) -> ComposeResult:
        yield Watched()


def _halves(width: int) -> Content:
    return Content("\n".join(f"{width} columns" for _ in range(width // 20)))


async def test_the_first_layout_has_the_text_for_its_width_already():
    program = Shows()
    async with program.run_test(size=(80, 24)):
        shown = program.query_one(Watched)
        assert shown.heights == [4]
        assert shown.render().plain.splitlines() == ["80 columns"] * 4


async def test_it_is_made_anew_for_another_width():
    program = Shows()
    async with program.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        shown = program.query_one(Watched)
        assert shown.heights == [4, 2]
        assert shown.render().plain.splitlines() == ["40 columns"] * 2


async def test_another_text_takes_its_own_height():
    program = Shows()
    async with program.run_test(size=(80, 24)) as pilot:
        shown = program.query_one(Watched)
        shown.change(lambda width: Content(f"one line for {width}"))
        await pilot.pause()
        assert shown.heights == [4, 1]
        assert shown.render().plain == "one line for 80"
