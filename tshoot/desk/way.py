"""The way of a call in words: a line for each answer and finding, and from whom it is known. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.desk.call import Call
from tshoot.desk.lines import Line, is_done
from tshoot.desk.moments import clock
from tshoot.desk.pieces import Piece
from tshoot.desk.step_words import ending_words, measure_title, step_of, step_title
from tshoot.guide.path_lines import PathLine
from tshoot.guide.state import MEASURED, was_answered

ASKED = frozenset({"ask", "address"})
"""The kinds of step that only ask; their answers stand in the line's detail."""


def way_lines(call: Call) -> Iterator[PathLine]:
    """What was found, answered and done, in order; silent steps and notices are left out."""
    before = ""
    for place, line in enumerate(call.lines.here):
        text = _text(call, line) if line.taken.value != "exhausted" else ""
        # A used flow often begins with the check that has just been made.
        if text and text != before:
            question = step_title(call.engine, line.taken.flow, line.taken.step, call.state.texts())
            yield PathLine(text, question, place if was_answered(line.taken) else None)
        before = text or before


def source_of(call: Call, line: Line) -> str:
    """From whom a measured line is known: ``file``, ``code``, ``answer``, or ``live`` (their own wizard)."""
    if line.taken.by != "probe":
        return "answer"
    piece = _behind(call, line)
    return piece.source if piece is not None else "live"


def _behind(call: Call, line: Line) -> Piece | None:
    """The newest evidence that counted when a line was taken; None where there was none."""
    given = [piece for piece in call.pieces if piece.number < line.number]
    done = [one for one in (*call.lines.here, *call.lines.undone) if is_done(one.taken)]
    last = max((one for one in done if one.number < line.number), key=lambda one: one.number, default=None)
    if last is not None:
        given = [piece for piece in given if piece.age(last.number, last.at) == "new"] or given
    return given[-1] if given else None


def _text(call: Call, line: Line) -> str:
    taken = line.taken
    if taken.kind in MEASURED:
        return _measured(call, line)
    if taken.kind in ASKED:
        return taken.detail if taken.by != "default" else ""
    if taken.kind == "wait":
        return "Waited"
    if taken.kind == "do":
        action = step_title(call.engine, taken.flow, taken.step, call.state.texts())
        return action if is_done(taken) else f"Not now: {action}"
    return ""


def _measured(call: Call, line: Line) -> str:
    source, step = source_of(call, line), step_of(call.engine, line.taken.flow, line.taken.step)
    if source == "answer":
        return f"{line.taken.detail or line.taken.value} (told)"
    piece = _behind(call, line)
    when = f" {clock(piece.at)}" if piece is not None else ""
    words = ending_words(step, line.taken.value)
    return f"{measure_title(step, line.taken.step)}: {words} ({source}{when})"
