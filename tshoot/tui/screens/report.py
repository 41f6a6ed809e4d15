"""The report before it leaves: what it holds, what is replaced in it, how it reads; to save and to copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from tshoot.report.rendering import FORMATS, NAMES, Format
from tshoot.tui.keys import PAGE, REPORT, bindings
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.screens.overlay import ScrolledPage
from tshoot.tui.toast import toast
from tshoot.tui.widgets.fitted import Fitted, hanging
from tshoot.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tshoot.evidence.preview import ReportPreview

LONGEST_SHOWN = 60_000


class ReportScreen(ScrolledPage):
    """A page over the wizard. What is private is replaced, unless the person asks for it."""

    DEFAULT_CSS = """
    ReportScreen > VerticalScroll { max-width: 110; height: 88%; }
    ReportScreen Fitted { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REPORT[len(PAGE) :])]

    def __init__(self, report: ReportPreview) -> None:
        super().__init__()
        self._report = report
        self._format: Format = "text"
        self._redact = True

    def compose(self) -> ComposeResult:
        """The page in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = "Report"
            yield Fitted(self._fitted, id="report")
        yield KeyBar(most_rows=2)

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def action_format(self) -> None:
        """The next format."""
        self._format = FORMATS[(FORMATS.index(self._format) + 1) % len(FORMATS)]
        self._draw()

    def action_private(self) -> None:
        """With what is private, or without."""
        self._redact = not self._redact
        self._draw()

    def action_save(self) -> None:
        """Save it, and say where."""
        from tshoot.tui.saving import save_new

        try:
            path = save_new(self.app, self._report.file_name(self._format), self._text)
        except OSError as error:
            toast(self.app, f"The report could not be saved: {error.strerror}.", severity="error")
        else:
            toast(self.app, f"Saved as {path}. {self._private_words()}")

    def action_copy(self) -> None:
        """Ask, then hand it to the terminal's clipboard (OSC 52)."""
        from tshoot.tui.delivery import copy_after_question

        copy_after_question(self.app, self._text, "the report", self._private_words())

    def action_keys(self) -> None:
        """Every key of this page."""
        from tshoot.tui.pages import keys_page
        from tshoot.tui.screens.reading import ReadingScreen

        made = partial(keys_page, self.app._keymap, keys=REPORT)
        self.app.push_screen(ReadingScreen("Keys", made))

    @property
    def _text(self) -> str:
        return self._report.render(self._format, self._redact)

    def _draw(self) -> None:
        frame = self.query_one(VerticalScroll)
        private = "private data replaced" if self._redact else "WITH private data"
        frame.border_subtitle = plain(f"{NAMES[self._format]}, {private}")
        self.query_one(Fitted).change(self._fitted)

    def _fitted(self, width: int) -> Content:
        """What it holds and how it reads; the text is wrapped for this width, other formats are as saved."""
        told = [plain(line, "$text-muted") for line in self._report.preview(self._redact).lines()]
        text = self._report.text(width, self._redact) if self._format == "text" else self._text
        written = [plain(line) for line in text[:LONGEST_SHOWN].splitlines()]
        return lines([hanging(told, width), EMPTY, *written])

    def _private_words(self) -> str:
        return "What is private was replaced in it." if self._redact else "Private data is still in it."
