"""Takes in what the caller has: a code that is read out, or a file that was sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tshoot.desk.intake import likely_files
from tshoot.guide.evidence import EvidenceError
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.model import EvidenceGiven
from tshoot.tui.keys import FIND, bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.widgets.keybar import KeyBar
from tshoot.tui.widgets.report_input import ReportInput

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk

_CODE = "Every check ends with a code to read out."
_FILE = "A file says more: tshoot check --save report.json on the caller's computer."
_PASTE = "Open it, copy all of its text and paste it here."
_LINE, _LINE_WITHOUT_FILES = "the code, or the name of the file", "the code, or the text of the file"


class EvidenceScreen(TellsTrouble, Overlay[tuple[str, EvidenceGiven] | None]):
    """Returns what was typed or pasted and the evidence it is, or None.

    ``folder`` is where files are looked for; None where no file may be opened.
    """

    DEFAULT_CSS = """
    EvidenceScreen > Vertical { max-width: 84; }
    EvidenceScreen Static { height: auto; margin-bottom: 1; }
    EvidenceScreen #how { color: $text-muted; }
    EvidenceScreen #notice { color: $warning; }
    EvidenceScreen #wrong { color: $error; margin: 0; }
    EvidenceScreen OptionList { height: auto; max-height: 10; }
    """
    TYPED_WORDS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIND)]

    def __init__(self, desk: Desk, text: str, notice: str, folder: Path | None) -> None:
        super().__init__()
        self._desk, self._text, self._notice, self._folder = desk, text, notice, folder
        self._files: tuple[Path, ...] = ()

    def compose(self) -> ComposeResult:
        """How one gets it, a line for it, and the files it may be."""
        with Vertical() as frame:
            frame.border_title = "What the caller has"
            yield Static(plain(self._notice), id="notice", classes="" if self._notice else "empty")
            how = [_CODE, _FILE] if self._folder is not None else [_CODE, _FILE, _PASTE]
            yield Static(plain(" ".join(how)), id="how")
            yield ReportInput(self._text, _LINE if self._folder is not None else _LINE_WITHOUT_FILES)
            yield Static(id="wrong", classes="empty")
            yield OptionList(classes="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        """Type first; list the newest files below."""
        self.query_one(ReportInput).focus()
        if self._folder is not None:
            self._list_files(self._folder)

    @work(group="files", exit_on_error=False)
    async def _list_files(self, folder: Path) -> None:
        from platformdirs import user_downloads_path

        folders = (folder, user_downloads_path())
        self._files = await in_daemon_thread(lambda: likely_files(tuple(dict.fromkeys(folders))))
        options = self.query_one(OptionList)
        options.set_options(
            Option(plain(_name(path)), id=str(number)) for number, path in enumerate(self._files)
        )
        options.set_class(not self._files, "empty")

    def action_move(self, lines: int) -> None:
        """Move in the list of files, and write the name of the one reached."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if lines > 0 else options.action_cursor_up)()
        if options.highlighted is not None:
            self._write(self._files[options.highlighted])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A file was clicked."""
        self._write(self._files[event.option_index])
        self._take(self.query_one(ReportInput).given)

    def on_input_submitted(self) -> None:
        """Take it in."""
        self._take(self.query_one(ReportInput).given)

    @work(group="take", exclusive=True, exit_on_error=False)
    async def _take(self, text: str) -> None:
        files = self._folder is not None
        try:
            evidence = await in_daemon_thread(lambda: self._desk.take_in(text, files=files))
        except EvidenceError as error:
            wrong = self.query_one("#wrong", Static)
            wrong.update(plain(str(error)))
            wrong.set_class(False, "empty")
        else:
            self.dismiss((text, evidence))

    def _write(self, path: Path) -> None:
        self.query_one(ReportInput).give(str(path))


def _name(path: Path) -> str:
    return f"{path.name}  ({path.parent})"
