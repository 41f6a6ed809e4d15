"""Makes the ticket of a call. Pure and without a clock: the same call always gives the same ticket."""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.desk.call import Call
from tshoot.desk.checks import check_at
from tshoot.desk.lines import Line, is_done
from tshoot.desk.pieces import Piece
from tshoot.desk.step_words import ending_words, measure_title, step_of, step_title
from tshoot.desk.ticket import End, Found, Given, NotTried, Ticket, TicketNote, Told, TriedFix
from tshoot.desk.way import ASKED, source_of
from tshoot.diagnosis.brief import brief
from tshoot.flow.model import DoStep
from tshoot.guide.effects import CANNOT
from tshoot.guide.model import Finish
from tshoot.guide.state import MEASURED
from tshoot.guide.words import END_WORDS, cause_words, fill, help_words

_PUT_OFF = "the caller can't do that now"
_OUTCOMES = {"open": "Still open.", "set_aside": "Set aside."}


def ticket_of(call: Call, service: str, symptom: str) -> Ticket:
    """The ticket as things stand. ``service`` and ``symptom`` are their titles."""
    row = call.record.row
    closed = call.record.ended_at
    tried = tuple(_tried(call))
    return Ticket(
        session=row.session,
        label=row.label,
        service=service,
        symptom=symptom,
        opened=row.opened,
        closed=closed,
        seconds=((closed or row.updated) - row.opened).total_seconds(),
        end=_end(call),
        shifts=call.shifts,
        evidence=tuple(given(piece) for piece in call.pieces),
        found=tuple(_found(call)),
        told=tuple(_told(call)),
        tried=tried,
        not_tried=tuple(_not_tried(call)),
        notes=tuple(_notes(call)),
    )


def given(piece: Piece) -> Given:
    """A piece of evidence as the ticket tells it."""
    found = piece.diagnosis
    ladder = tuple((rung.rung, rung.state, brief(rung, piece.record.probes)) for rung in found.ladder)
    return Given(piece.source, piece.at, found.verdict, found.cause, found.summary, ladder)


def _end(call: Call) -> End:
    row, finish = call.record.row, call.state.pending
    cause = row.cause if row.cause not in {"none", "unknown"} else ""
    words = END_WORDS.get(row.state) or _OUTCOMES.get(row.state, row.state)
    reason = call.record.closed.reason if call.record.closed else ""
    summary = reason or (finish.summary if isinstance(finish, Finish) else "")
    return End(row.state, words, cause, cause_words(cause) if cause else "", summary, tuple(_next(call)))


def _next(call: Call) -> Iterator[str]:
    row, finish = call.record.row, call.state.pending
    if row.state in {"resolved", "not_applicable"}:
        return
    if isinstance(finish, Finish):
        yield from (_sentence(help_words(channel, finish.service)) for channel in finish.help)
    elif not row.ended and finish is not None:
        yield f"Go on at: {step_title(call.engine, finish.flow, finish.step, call.state.texts())}"
    if call.pieces and call.pieces[-1].diagnosis.verdict not in {"healthy", "unknown"}:
        yield call.pieces[-1].diagnosis.next


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _found(call: Call) -> Iterator[Found]:
    before: tuple[str, str] | None = None
    for line in call.lines.here:
        taken, step = line.taken, step_of(call.engine, line.taken.flow, line.taken.step)
        if taken.kind not in MEASURED or taken.value == "exhausted":
            continue
        what, source = measure_title(step, taken.step), source_of(call, line)
        words = taken.detail if source == "answer" else ending_words(step, taken.value)
        # A used flow often begins with the check that has just been made.
        if before != (what, words):
            yield Found(what, taken.value, words or taken.value, source, line.at)
        before = what, words


def _told(call: Call) -> Iterator[Told]:
    for line in call.lines.here:
        if line.taken.kind in ASKED and line.taken.by != "default":
            question = step_title(call.engine, line.taken.flow, line.taken.step, call.state.texts())
            yield Told(question, line.taken.detail or line.taken.value, line.at)


def _tried(call: Call) -> Iterator[TriedFix]:
    texts = call.state.texts()
    for line in call.lines.undone:
        yield TriedFix(step_title(call.engine, line.taken.flow, line.taken.step, texts), line.at)
    for place, line in enumerate(call.lines.here):
        if line.taken.kind == "do" and is_done(line.taken):
            action = step_title(call.engine, line.taken.flow, line.taken.step, texts)
            yield TriedFix(action, line.at, *_checked(call, place))


def _checked(call: Call, place: int) -> tuple[str, str, str]:
    """Before, after and result of the first check after the action at ``place``; empty where none was."""
    for later, line in enumerate(call.lines.here[place + 1 :], place + 1):
        if line.taken.kind == "do":
            break
        check = check_at(call, later, place)
        if check is not None:
            return check.before, check.after, check.result
    return "", "", ""


def _not_tried(call: Call) -> Iterator[NotTried]:
    done = {_key(line) for line in (*call.lines.here, *call.lines.undone) if is_done(line.taken)}
    texts, told = call.state.texts(), set(done)
    for line in call.lines.here:
        if line.taken.kind == "do" and line.taken.value == CANNOT and _key(line) not in told:
            told.add(_key(line))
            yield NotTried(step_title(call.engine, *_key(line), texts), _PUT_OFF)
    if call.record.row.state not in {"resolved", "not_applicable"}:
        yield from _called_for(call, told)


def _called_for(call: Call, told: set[tuple[str, str]]) -> Iterator[NotTried]:
    """What each cause of the newest evidence calls for, where the call did not come to it."""
    met = {_key(line) for line in call.lines.here}
    pending = call.state.pending
    if pending is not None:
        met.add((pending.flow, pending.step))
    for finding in call.pieces[-1].diagnosis.findings if call.pieces else ():
        if finding.fix is None or finding.severity == "note":
            continue
        if (finding.fix.flow, finding.fix.step) in told | met:
            continue
        told.add((finding.fix.flow, finding.fix.step))
        step = step_of(call.engine, finding.fix.flow, finding.fix.step)
        action = fill(step.do, call.state.texts()) if isinstance(step, DoStep) else finding.next
        yield NotTried(action.rstrip("."), f"called for by {finding.cause}; the call did not come to it")


def _notes(call: Call) -> Iterator[TicketNote]:
    for note in call.record.notes:
        step = step_title(call.engine, note.flow, note.step, call.state.texts()) if note.step else ""
        yield TicketNote(note.text, note.who, note.at, step)


def _key(line: Line) -> tuple[str, str]:
    return line.taken.flow, line.taken.step
