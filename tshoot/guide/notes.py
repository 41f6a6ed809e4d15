"""Notes that a person writes at a step. Kept in memory; a recorder is told of each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import indent

from tshoot.guide.state import StepKey
from tshoot.text import display_text

LONGEST = 2000
"""Characters of one note; more is cut off."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note at a step of a flow; an empty ``text`` takes it away. ``about`` names the step in words."""

    flow: str
    step: str
    text: str
    about: str = ""


class Notes:
    """The notes of one session, one for each step. ``on_note`` is told of every change."""

    def __init__(self, on_note: Callable[[Note], None] | None = None) -> None:
        self.on_note = on_note
        self._notes: dict[StepKey, Note] = {}

    def __iter__(self) -> Iterator[Note]:
        """Every note, in the order of the steps they were first written at."""
        return iter(self._notes.values())

    def at(self, flow: str, step: str) -> str:
        """The note at a step; empty where there is none."""
        note = self._notes.get((flow, step))
        return note.text if note is not None else ""

    def text(self) -> str:
        """Every note with the step it belongs to, for a report; empty where there is none."""
        parts = [f"- {note.about}\n{indent(note.text, '    ')}" for note in self]
        return "\n".join(["Your notes", *parts]) if parts else ""

    def write(self, note: Note) -> None:
        """Keep a note, made harmless and cut to :data:`LONGEST`, in place of the one before it."""
        text = display_text(note.text.strip(), LONGEST, keep_lines=True)
        key, kept = (note.flow, note.step), Note(note.flow, note.step, text, display_text(note.about))
        if text == self.at(*key):
            return
        if text:
            self._notes[key] = kept
        else:
            del self._notes[key]
        if self.on_note is not None:
            self.on_note(kept)
