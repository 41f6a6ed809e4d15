"""A small editor for the note at a step."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from tshoot.tui.keys import NOTE, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar

_NO_SECRETS = "It goes into the {where}. Write passwords and Wi-Fi keys on paper, not here."


class NotingScreen(Overlay[str | None]):
    """Returns the text of the note, at most ``longest`` characters, or None where it was left as it was.

    ``where``: what it goes into. ``kept``: the text that is kept already, where that is not ``text``.
    """

    DEFAULT_CSS = """
    NotingScreen > Vertical { max-width: 80; height: 60%; min-height: 10; }
    NotingScreen Static { height: auto; color: $text-muted; }
    NotingScreen TextArea { height: 1fr; }
    NotingScreen #wrong { color: $error; }
    """
    TYPED_WORDS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NOTE)]

    def __init__(
        self, about: str, text: str, longest: int, where: str = "report", kept: str | None = None
    ) -> None:
        super().__init__()
        self._about, self._text, self._longest, self._where = about, text, longest, where
        self._kept = text if kept is None else kept

    def compose(self) -> ComposeResult:
        """What the note is about, and the text."""
        with Vertical() as frame:
            frame.border_title = "Note"
            if self._about:
                yield Static(plain(self._about))
            yield Static(plain(_NO_SECRETS.format(where=self._where)))
            yield TextArea(self._text, show_line_numbers=False, soft_wrap=True, tab_behavior="focus")
            yield Static(id="wrong", classes="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        """Go on writing at the end."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def has_words(self) -> bool:
        """True where the text is not kept yet."""
        return self.query_one(TextArea).text != self._kept

    def action_keep(self) -> None:
        """Hand back the text; where it is too long the person shortens it, not the program."""
        text = self.query_one(TextArea).text
        much = len(text.strip())
        if much <= self._longest:
            self.dismiss(text)
            return
        wrong = self.query_one("#wrong", Static)
        wrong.update(plain(f"This is too long: {much:,} characters, and {self._longest:,} fit."))
        wrong.remove_class("empty")
