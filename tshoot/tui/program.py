"""What the wizard and the desk do alike: leave by Ctrl-C, change the theme, save a picture."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import Monochrome, NoColor
from textual.worker import WorkerFailed

from tshoot.crash import CRASHED, crash_words
from tshoot.text import display_text
from tshoot.tui import themes
from tshoot.tui.safe import LONGEST_TEXT


def without_colour(app: App[Any]) -> None:
    """What ``NO_COLOR`` asks for (no-color.org): no colour at all. Textual makes its colours grey, and sends
    those; what is highlighted is in reverse instead (``:nocolor`` in the widgets' styles).
    """
    app._filters = [NoColor() if isinstance(each, Monochrome) else each for each in app._filters]


def _lines(pasted: str) -> str:
    """What was pasted, with line feeds: most terminals and browsers end a line by a carriage return."""
    return pasted.replace("\r\n", "\n").replace("\r", "\n")


class Program(App[int]):
    """A program that returns an exit code. Its texts are already safe to show (:mod:`tshoot.tui.safe`)."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Toast { max-width: 90%; }
    Input:nocolor > .input--cursor, TextArea:nocolor > .text-area--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True)
    ]

    def __init__(self) -> None:
        super().__init__()
        if self.no_color:
            without_colour(self)

    def _handle_exception(self, error: Exception) -> None:
        """Close after an error that nobody expected. Textual's own way prints every local variable, and its
        exit code is that of a fault that was found.
        """
        self._return_code = CRASHED
        if self._exception is not None:
            self._close_messages_no_wait()
            return
        self._exception = error  # A pilot raises it again.
        self._exception_event.set()
        failed = error.error if isinstance(error, WorkerFailed) else error
        self.panic(Text(crash_words(failed), overflow="fold"))

    def cleans_pastes(self) -> bool:
        """Whether what is pasted now has to be cleaned before it reaches a widget."""
        return True

    async def on_event(self, event: events.Event) -> None:
        """What is pasted is as hostile as what is measured, and Textual draws it as it is."""
        if isinstance(event, events.Paste) and self.cleans_pastes():
            event.text = display_text(_lines(event.text), LONGEST_TEXT, keep_lines=True)
        await super().on_event(event)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        self.exit(130)

    def action_next_theme(self) -> None:
        """Paint in the next theme, and say its name."""
        from tshoot.tui.toast import toast

        name = themes.after(themes.chosen(self))
        themes.choose(self, name)
        toast(self, f"Theme: {themes.TITLES[name]}.")

    def action_picture(self) -> None:
        """Save a picture of the screen, and say where."""
        from tshoot.tui.picture import save_picture
        from tshoot.tui.toast import toast

        try:
            path = save_picture(self)
        except OSError as error:
            toast(self, f"The picture could not be saved: {error.strerror}.", severity="error")
        else:
            toast(self, f"A picture of this screen is saved as {path}. Look at it before you share it.")
