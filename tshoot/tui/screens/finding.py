"""Looks for help by the person's own words, in titles, steps and causes of every flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tshoot.tui.keys import FIND, bindings
from tshoot.tui.safe import BESIDE, lines, plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar

_INDENT, _NARROWEST = 2, 12

Found = tuple[str, str, str]
"""A flow's id, its title, and what in it fits."""


def _drawn(found: Found, width: int) -> Content:
    """A result: the title, and what fits below it, indented in every line. ``width`` may not be known yet."""
    _, title, fits = found
    below = plain(fits, BESIDE)
    rows = below.wrap(width - _INDENT) if width > _NARROWEST else [below]
    return lines([plain(title), *(Content(" " * _INDENT) + row for row in rows)])


class FindingScreen(Overlay[str | None]):
    """Asks what goes wrong and lists the flows that fit; returns the chosen flow's id, or None."""

    DEFAULT_CSS = """
    FindingScreen > Vertical { max-width: 90; height: 80%; }
    FindingScreen OptionList { height: 1fr; }
    FindingScreen OptionList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    FindingScreen #nothing { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIND)]

    def __init__(self, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__()
        self._find = find
        self._found: tuple[Found, ...] = ()

    def compose(self) -> ComposeResult:
        """A line to type in, and what fits."""
        with Vertical() as frame:
            frame.border_title = "What goes wrong?"
            yield Input(placeholder="In your own words, for example: the page stays blank")
            yield Static(
                "Nothing fits these words. Try others, or choose below.", id="nothing", classes="empty"
            )
            yield OptionList()
        yield KeyBar()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits the words so far."""
        self._list(event.value)

    def on_mount(self) -> None:
        """Begin with everything there is."""
        self._list("")

    def _list(self, words: str) -> None:
        """Where nothing fits, everything is listed again, and nothing chosen."""
        fitting = tuple(self._find(words.strip()))
        self._found = fitting or tuple(self._find(""))
        choices = self.query_one(OptionList)
        width = choices.scrollable_content_region.width
        choices.set_options(Option(_drawn(found, width), id=found[0]) for found in self._found)
        choices.highlighted = 0 if fitting else None
        self.query_one("#nothing").set_class(bool(fitting), "empty")

    def on_resize(self) -> None:
        """Wrap anew, once the list has its width; what is highlighted stays."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        choices = self.query_one(OptionList)
        width = choices.scrollable_content_region.width
        for place, found in enumerate(self._found):
            choices.replace_option_prompt_at_index(place, _drawn(found, width))

    def action_move(self, lines: int) -> None:
        """Move in the list; what is typed stays."""
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if lines > 0 else choices.action_cursor_up)()

    def on_input_submitted(self) -> None:
        """Enter takes the first that fits."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand back the choice."""
        self.dismiss(event.option.id)
