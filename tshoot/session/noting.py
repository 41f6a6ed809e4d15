"""The notes of a session that goes on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tshoot.guide.errors import UnknownFlow
from tshoot.guide.notes import Note, Notes
from tshoot.session.titles import title_of

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine
    from tshoot.session.record import SessionRecord


def notes_of(engine: Engine, record: SessionRecord) -> Notes:
    """The notes of a record, each with its step in words."""
    notes = Notes()
    for note in record.notes:
        about = ""
        with suppress(UnknownFlow):  # The step is no more; the note still is.
            about = title_of(engine.step(note.flow, note.step))
        notes.write(Note(note.flow, note.step, note.text, about))
    return notes
