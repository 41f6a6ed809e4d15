"""The choices of a step: numbered, the highlighted one marked by a sign as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tshoot.guide.model import Choice
from tshoot.tui.safe import BESIDE, EMPTY, plain

HERE = "▸ "
ELSEWHERE = "  "
EARLIER = " (chosen before)"
_DIGITS = 10
_NARROWEST = 12
"""Columns that a label gets at least, also before the list knows its width."""


class ChoiceList(OptionList):
    """A short list; digits, arrows, enter and the mouse choose."""

    DEFAULT_CSS = """
    ChoiceList, ChoiceList:focus {
        height: auto; max-height: 60%; border: none; padding: 0; margin: 0 0 1 0; background: transparent;
        scrollbar-size: 0 1; scrollbar-gutter: stable;
    }
    ChoiceList:focus { background-tint: transparent; }
    ChoiceList.empty { display: none; }
    ChoiceList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    class Moved(Message):
        """There may be more or fewer choices below what is in sight."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: tuple[Choice, ...] = ()
        self._earlier: str | None = None
        self._marked: int | None = None

    def show(self, choices: Sequence[Choice], chosen: str | None, earlier: str | None = None) -> None:
        """List the choices, ``chosen`` highlighted (None: no one), and take the keyboard."""
        self._shown, self._earlier, self._marked = tuple(choices), earlier, None
        self.set_options(Option(self._line(place), id=choice.id) for place, choice in enumerate(choices))
        self.set_class(not choices, "empty")
        ids = [choice.id for choice in choices]
        self.highlighted = ids.index(chosen) if chosen in ids else None
        if choices:
            self.focus()

    @property
    def rows(self) -> int:
        """The rows that all choices take."""
        return sum(self._line(place).plain.count("\n") + 1 for place in range(len(self._shown)))

    def choose(self, digit: int) -> None:
        """Take the choice that stands beside this digit; nothing where there is none."""
        place = (digit - 1) % _DIGITS
        if place < self.option_count:
            self.highlighted = place
            self.action_select()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign along with the highlight."""
        super().watch_highlighted(highlighted)
        before, self._marked = self._marked, highlighted
        for place in {before, highlighted} - {None}:
            if place is not None and place < len(self._shown):
                self.replace_option_prompt_at_index(place, self._line(place))

    @property
    def goes_on(self) -> bool:
        """True where choices stand below what is in sight."""
        return self.scroll_y < self.max_scroll_y

    def watch_virtual_size(self) -> None:
        """There are other choices."""
        self.call_after_refresh(self.post_message, self.Moved())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Others are in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Wrap anew."""
        for place in range(len(self._shown)):
            self.replace_option_prompt_at_index(place, self._line(place))
        self.call_after_refresh(self.post_message, self.Moved())

    @property
    def _width(self) -> int:
        """The columns of a line; while the list is away, those it will have where it stands."""
        if self.scrollable_content_region.width or not isinstance(self.parent, Widget):
            return self.scrollable_content_region.width
        return self.parent.content_size.width - self.styles.scrollbar_size_vertical

    def _line(self, place: int) -> Content:
        """A choice with its sign and number; further lines of a long one stand under the first."""
        choice = self._shown[place]
        before = plain(EARLIER, BESIDE) if choice.id == self._earlier else EMPTY
        label = Content.assemble(plain(choice.label), before)
        head = Content.assemble(HERE if place == self._marked else ELSEWHERE, (f"{_digit(place)} ", "bold"))
        room = max(self._width - head.cell_length, _NARROWEST)
        return head + Content("\n" + " " * head.cell_length).join(label.wrap(room))


def _digit(place: int) -> str:
    """The key of a choice. A 10 could not be typed: its 1 would choose the first; further ones have none."""
    return str((place + 1) % _DIGITS) if place < _DIGITS else " "
