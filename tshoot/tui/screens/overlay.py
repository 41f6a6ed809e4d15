"""What every page over the wizard shares: a frame in the middle, closed by a key or a click beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, ScreenResultType

from tshoot.tui.keys import PAGE, bindings
from tshoot.tui.motion import keep_still


class Overlay(ModalScreen[ScreenResultType]):
    """A framed page. Its frame is the one container below it; the rest is for the page to fill.

    ``TYPED_WORDS``: words of one's own are typed there, so a click beside it closes it only while none are.
    """

    TYPED_WORDS: ClassVar[bool] = False

    DEFAULT_CSS = """
    Overlay { align: center middle; }
    Overlay > Vertical, Overlay > VerticalScroll {
        width: 92%; height: auto; max-height: 88%; border: round $primary; padding: 0 1; background: $surface;
    }
    Overlay .empty { display: none; }
    Overlay OptionList, Overlay OptionList:focus {
        border: none; padding: 0; background: transparent; background-tint: transparent;
    }
    Overlay OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def _on_mount(self, event: events.Mount) -> None:
        """Keep still where nothing may move."""
        super()._on_mount(event)
        keep_still(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys with priority reach a page before anything is on it."""
        return self.is_mounted

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes the page; nothing is chosen, and nothing typed is lost."""
        if event.widget is self and not (self.TYPED_WORDS and self.has_words()):
            self.dismiss(None)

    def has_words(self) -> bool:
        """True where something was typed."""
        # Imported here: the first pages have no editor.
        from textual.widgets import Input, TextArea

        typed = [line.value for line in self.query(Input)]
        return any(text.strip() for text in (*typed, *(area.text for area in self.query(TextArea))))


class ScrolledPage(Overlay[None]):
    """A page with one long text in a scrolling frame, and the keys to read it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self.query_one(VerticalScroll).scroll_relative(y=amount, animate=False)

    def action_page(self, amount: int) -> None:
        """Move by a screen."""
        frame = self.query_one(VerticalScroll)
        (frame.scroll_page_down if amount > 0 else frame.scroll_page_up)(animate=False)
