"""So far: the steps taken, newest last. A click on an answer, or enter, goes back to it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tshoot.guide.path_lines import PathLine
from tshoot.tui.safe import BESIDE, EMPTY, plain

_INDENT = 4
_NARROWEST = 12


class PathView(OptionList):
    """A numbered list of what was done, scrolled to its end; only answers can be chosen."""

    DEFAULT_CSS = """
    PathView, PathView:focus {
        height: 1fr; border: none; padding: 0; background: transparent;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    PathView:focus { background-tint: transparent; }
    PathView > .option-list--option-disabled { color: $foreground; }
    PathView > .option-list--option-highlighted { background: transparent; text-style: none; }
    PathView:focus > .option-list--option-highlighted { background: $block-cursor-background; }
    PathView:nocolor:focus > .option-list--option-highlighted { text-style: reverse; }
    """

    class GoBack(Message):
        """The person wants to go back to the answer at this place of the transcript."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, with_questions: bool = False) -> None:
        super().__init__()
        self._entries: tuple[PathLine, ...] = ()
        self._with_questions = with_questions

    def show(self, entries: Sequence[PathLine]) -> None:
        """List the entries, numbered from 1."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self._draw()

    def choose(self, number: int) -> None:
        """Go back to the entry with this number, counted from 1; nothing where nobody was asked."""
        if 0 < number <= len(self._entries) and self._entries[number - 1].position is not None:
            self.highlighted = number - 1
            self.action_select()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def on_focus(self, event: events.Focus) -> None:
        """Begin at the newest answer."""
        if self.highlighted is None:
            self.action_last()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell the screen; this is not an answer to the step."""
        event.stop()
        position = self._entries[event.option_index].position
        if position is not None:
            self.post_message(self.GoBack(position))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Nobody else's business."""
        event.stop()

    def _draw(self) -> None:
        """What is highlighted stays so; setting the options takes it away."""
        kept = self.highlighted
        room = max(self.scrollable_content_region.width - _INDENT, _NARROWEST)
        self.set_options(
            Option(self._line(number, entry, room), disabled=entry.position is None)
            for number, entry in enumerate(self._entries, 1)
        )
        self.can_focus = any(entry.position is not None for entry in self._entries)
        self.scroll_end(animate=False)
        if kept is not None and kept < self.option_count and not self.options[kept].disabled:
            self.highlighted = kept
        elif self.has_focus:
            self.action_last()

    def _line(self, number: int, entry: PathLine, room: int) -> Content:
        head = Content.styled(f"{number:>2}. ", "bold")
        question = plain(entry.question, BESIDE) if self._with_questions else EMPTY
        rows = [*(question.wrap(room) if question.plain else ()), *plain(entry.text).wrap(room)]
        return head + Content("\n" + " " * _INDENT).join(rows)
