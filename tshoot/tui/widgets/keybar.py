"""The bottom line: the keys that do something here, as many as fit. A click on one presses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widget import Widget

from tshoot.tui.keys import EVERY
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.waiting import NARROW

if TYPE_CHECKING:
    from textual.screen import Screen

_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class _Item:
    display: str
    label: str
    rank: int
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        return plain(f"{self.display} {self.label}").cell_length


class KeyBar(Widget):
    """One line of keys; the ones that matter most stay where the line is short.

    ``most_rows``: so many lines on a narrow screen, where one does not hold all keys.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: auto; padding: 0 1; background: $footer-background; color: $footer-foreground;
        text-wrap: nowrap; text-overflow: clip;
    }
    """
    ALLOW_SELECT = False

    def __init__(self, most_rows: int = 1) -> None:
        super().__init__()
        self._most_rows = most_rows
        self._places: list[tuple[int, int, int, _Item]] = []
        self._line = EMPTY

    def render(self) -> Content:
        """The line as it was drawn last."""
        return self._line

    def on_mount(self) -> None:
        """Follow what the screen's keys can do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_resize(self) -> None:
        """Fit the keys to the width."""
        self._draw()

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.stop()
        column = event.x - 1
        for row, start, end, item in self._places:
            if row == event.y and start <= column < end and item.enabled:
                await self.screen.run_action(item.action)

    def _changed(self, screen: Screen[ScreenResultType]) -> None:
        if self.is_attached and screen is self.screen:
            self._draw()

    def _draw(self) -> None:
        self._places = []
        left = list(self._items())
        rows = []
        for row in range(self._most_rows if self.app.size.width < NARROW else 1):
            fitting = fit(left, self.size.width)
            left = [item for item in left if item not in fitting]
            rows += [self._drawn_row(row, fitting)] if fitting else []
        self._line = lines(rows)
        self.refresh(layout=self._most_rows > 1)

    def _drawn_row(self, row: int, items: Sequence[_Item]) -> Content:
        column = 0
        for item in items:
            self._places.append((row, column, column + item.width, item))
            column += item.width + _BETWEEN
        return Content(" " * _BETWEEN).join(map(_drawn, items))

    def _items(self) -> Iterator[_Item]:
        """What can be done here, in the order of the declaration."""
        active = [each for each in self.screen.active_bindings.values() if each.binding.show]
        first = {each.binding.id: each for each in reversed(active) if each.binding.id in EVERY}
        for name, key in EVERY.items():
            if name in first:
                binding, shown = first[name].binding, key.display_first(self.app._keymap)
                yield _Item(shown, binding.description, key.rank, binding.action, first[name].enabled)


def _drawn(item: _Item) -> Content:
    style = "bold" if item.enabled else "dim"
    return Content.assemble(
        plain(item.display, f"$footer-key-foreground {style}"),
        " ",
        plain(item.label, "" if item.enabled else "dim"),
    )


def fit(items: Sequence[_Item], width: int) -> list[_Item]:
    """The items of the highest rank that fit into ``width`` columns, in their own order."""
    kept: list[_Item] = []
    left = width + _BETWEEN
    for item in sorted(items, key=lambda item: -item.rank):
        if item.width + _BETWEEN <= left:
            kept.append(item)
            left -= item.width + _BETWEEN
    return [item for item in items if item in kept]
