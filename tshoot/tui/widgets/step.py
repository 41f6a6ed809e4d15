"""One step: what it says, what to do, and the choices. Updated in place, never rebuilt."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tshoot.guide.following import Tick
from tshoot.tui.cards import Card
from tshoot.tui.keys import EVERY
from tshoot.tui.safe import plain
from tshoot.tui.widgets.address import AddressInput
from tshoot.tui.widgets.choices import ChoiceList
from tshoot.tui.widgets.numbered import NumberedList
from tshoot.tui.widgets.watching import WatchView

_ABOVE = ("notice", "title", "body")
_BELOW = ("details", "facts", "note", "why")
_INPUT_ROWS, _MARGIN, _LEAST_ROWS = 4, 1, 6
"""Rows of the line for an address, below the choices, and that the text keeps at least."""
_CHOICES_SHARE = 0.6
"""Of the rows, what the choices take at most where the text needs the others."""


class StepText(VerticalScroll):
    """The part that scrolls. The keys for reading on depend on whether there is more than fits."""

    class Moved(Message):
        """There may be more or less below what is in sight."""

    def watch_virtual_size(self) -> None:
        """The text has another length."""
        self.call_after_refresh(self._changed)

    def on_resize(self) -> None:
        """There is more or less room."""
        self.call_after_refresh(self._changed)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part is in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def _changed(self) -> None:
        self.screen.refresh_bindings()
        self.post_message(self.Moved())


class StepView(Vertical):
    """The step on the screen: its text scrolls, the choices below it always stay in sight."""

    DEFAULT_CSS = """
    StepView { padding: 1 2 0 2; }
    StepView #text { height: 1fr; scrollbar-size-vertical: 1; }
    StepView Static { height: auto; }
    StepView #text > * { margin-bottom: 1; }
    StepView #notice { color: $text-accent; }
    StepView #title { text-style: bold; }
    StepView #facts, StepView #why { color: $text-muted; }
    StepView #more { color: $text-accent; }
    StepView.-brief #why { display: none; }
    StepView .empty { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.card = Card()
        self._reads = False

    def compose(self) -> ComposeResult:
        """The parts, in reading order."""
        with StepText(id="text", can_focus=False):
            for name in _ABOVE:
                yield Static(id=name, classes="empty")
            yield NumberedList(id="instructions")
            yield WatchView(id="watching", classes="empty")
            for name in _BELOW:
                yield Static(id=name, classes="empty")
        yield Static(id="more", classes="empty")
        yield AddressInput(id="typed")
        yield ChoiceList(id="choices", classes="empty")

    def show(self, card: Card) -> None:
        """Draw a card in place of the one before."""
        self.card, self._reads = card, False
        self._texts(card)
        self._instructions(card.instructions)
        self._watching(card.watching)
        self.query_one(ChoiceList).show(card.choices, card.chosen, card.earlier)
        typed = self.query_one(AddressInput)
        (typed.open if card.types else typed.close)()
        self._fit()
        self.query_one("#text").scroll_home(animate=False)

    @on(StepText.Moved)
    @on(ChoiceList.Moved)
    def _tell_more(self) -> None:
        """Where the text or the choices go on below what is in sight, a line between them says so. It keeps
        its row as long as one of them is longer than its room, so that nothing jumps.
        """
        text, choices = self.query_one("#text"), self.query_one(ChoiceList)
        more = self.query_one("#more", Static)
        key = EVERY["read-on"].display_first(self.app._keymap)
        more.update(plain(_more(key if text.scroll_y < text.max_scroll_y else "", choices.goes_on)))
        fits = text.max_scroll_y == choices.max_scroll_y == 0
        if more.has_class("empty") != fits:
            more.set_class(fits, "empty")
            self._fit()

    def _texts(self, card: Card) -> None:
        for name in (*_ABOVE, *_BELOW):
            content: Content = getattr(card, name)
            part = self.query_one(f"#{name}", Static)
            part.update(content)
            part.set_class(not content.plain.strip(), "empty")

    def on_resize(self) -> None:
        """Give text and choices the room that the other leaves."""
        self._fit()

    def _fit(self) -> None:
        """Where the choices stand right below the text: the text takes what they leave, and no more."""
        choices = self.query_one(ChoiceList)
        others = (_INPUT_ROWS if self.card.types else 0) + _MARGIN
        others += not self.query_one("#more").has_class("empty")
        room = max(self.size.height - others - choices.rows, _LEAST_ROWS)
        self.query_one("#text").styles.max_height = room if self.screen.has_class("-tall") else None
        share = int(self.size.height * _CHOICES_SHARE)
        many = choices.rows > share
        choices.styles.max_height = max(share, self.size.height - others - self._text_rows) if many else None

    @property
    def _text_rows(self) -> int:
        """The rows that the whole text would take."""
        text, brief = self.query_one("#text"), self.has_class("-brief")
        shown = (part for part in text.children if not part.has_class("empty"))
        shown = (part for part in shown if not (brief and part.id == "why"))
        return sum(part.get_content_height(text.size, self.app.size, text.size.width) + 1 for part in shown)

    def change(self, card: Card) -> None:
        """Draw a card with further words for the same moment: the choices stay as they are, and so does what
        the person has highlighted. Where only a label is another, what is highlighted stays too.
        """
        before = self.card.choices
        if before == card.choices:
            self.card = card
            self._texts(card)
            self._fit()
            return
        choices = self.query_one(ChoiceList)
        kept = choices.highlighted
        self.show(card)
        if [choice.id for choice in before] == [choice.id for choice in card.choices]:
            choices.highlighted = kept

    def show_tick(self, tick: Tick) -> None:
        """Draw one more measurement of what is followed, in sight unless the person reads another part."""
        watching = self.query_one(WatchView)
        watching.add(tick)
        if not self._reads:
            self.call_after_refresh(watching.scroll_visible, animate=False)

    def on_mouse_scroll_up(self) -> None:
        """The person reads where they want."""
        self._reads = True

    def on_mouse_scroll_down(self) -> None:
        """The person reads where they want."""
        self._reads = True

    def show_why(self, shown: bool) -> None:
        """Show the reason for this step, and bring it into sight; or put it away."""
        self.set_class(not shown, "-brief")
        self._fit()
        if shown:
            why = self.query_one("#why")
            self.call_after_refresh(why.scroll_visible, animate=False)

    def show_note(self, note: str) -> None:
        """Draw the person's note at this step, and bring it into sight; an empty one goes away."""
        self.change(self.card.noted(note))
        self.call_after_refresh(self.query_one("#note").scroll_visible, animate=False)

    def read_on(self, pages: int) -> None:
        """Scroll the text by a page down or up."""
        self._reads = True
        text = self.query_one("#text")
        (text.scroll_page_down if pages > 0 else text.scroll_page_up)(animate=False)

    def choose(self, number: int) -> None:
        """Choose the option with this number, counted from 1; nothing where there is none."""
        self.query_one(ChoiceList).choose(number)

    def _instructions(self, texts: tuple[str, ...]) -> None:
        numbered = self.query_one(NumberedList)
        numbered.show(texts)
        numbered.set_class(not texts, "empty")

    def _watching(self, name: str | None) -> None:
        watching = self.query_one(WatchView)
        watching.set_class(name is None, "empty")
        if name is not None:
            watching.begin(name)


def _more(key: str, answers: bool) -> str:
    """What tells that there is more: text, to be read on by ``key``, or ``answers`` further down."""
    if not key:
        return "▾ More answers: ↓" if answers else ""
    return f"▾ There is more: {key}" + (" · answers: ↓" if answers else "")
