"""The line for what a caller has: a code, the name of a file, or the whole text of a pasted report."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tshoot.desk.intake import is_report_text
from tshoot.text import display_text

LONGEST = 4096
"""Signs of a code or a name."""


class ReportInput(Input):
    """A pasted report has hundreds of lines: the line says that it is there, ``given`` is all of it."""

    _report = ""

    def __init__(self, text: str, placeholder: str, id: str | None = None, *, compact: bool = False) -> None:
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False, compact=compact)
        self.give(text)

    @property
    def given(self) -> str:
        """What was typed or pasted."""
        return self._report or self.value

    def give(self, text: str) -> None:
        """Put it there in place of what was there."""
        self._report = text if is_report_text(text) else ""
        self.value = _shown(text) if self._report else text
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        """Hidden signs shown, not endless. Whoever changes the words for a report takes it away."""
        if self._report and value != _shown(self._report):
            self._report = ""
            return ""
        return display_text(value[:LONGEST], LONGEST + 1)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if is_report_text(event.text):
            self.give(event.text)
        elif event.text:
            start, end = self.selection.start, self.selection.end
            self.replace(event.text.splitlines()[0], min(start, end), max(start, end))


def _shown(report: str) -> str:
    return f"A pasted report, {len(report):,} characters"
