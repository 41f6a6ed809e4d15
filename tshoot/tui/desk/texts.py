"""The two texts of a step at the desk: what is said to the caller, and what only the agent sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from tshoot.desk.ages import Age
from tshoot.desk.call import Call
from tshoot.desk.moments import clock, clock_from
from tshoot.desk.pieces import Piece
from tshoot.desk.ticket_page import SOURCE_WORDS
from tshoot.diagnosis.model import Finding
from tshoot.guide.model import Finish, Prompt
from tshoot.guide.words import END_WORDS, cause_words, help_words
from tshoot.report.as_text import VERDICTS
from tshoot.tui.safe import EMPTY, lines, plain

MUTED = "$text-muted"
_STYLES = {"healthy": "$success", "degraded": "$warning", "broken": "$error", "unknown": MUTED}
NOTHING_YET = "Nothing from the caller's network yet."
ASK_FOR_IT = "A code or a file says most of it at once: press e."
AGES: dict[Age, str] = {
    "new": "",
    "old": "! from before the last action",
    "unsure": "! its time can't be right, so what came of the last action is asked",
}
AT_END = "The call has come to its end. t shows the ticket, x gives it another outcome, b goes back."
SAY_IT = "Read it out. Nothing else to look for here."


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts. Empty parts take no room."""

    title: Content = EMPTY
    body: Content = EMPTY
    instructions: tuple[str, ...] = ()
    below: Content = EMPTY


def to_the_caller(call: Call, guarded: bool) -> Side:
    """What is said to the caller. ``guarded``: what is lost, and no word yet of how it is done."""
    wanted = call.wanted
    if isinstance(wanted, Finish):
        help_lines = [plain(f"• {help_words(channel, wanted.service)}") for channel in wanted.help]
        head = [plain("What you can do", "bold")] if help_lines else []
        title = plain(END_WORDS.get(wanted.outcome, wanted.outcome))
        return Side(title, plain(wanted.summary), below=lines(head + help_lines))
    if not isinstance(wanted, Prompt):
        return Side(plain("One moment"))
    if guarded:
        loses = f"You lose: {wanted.loses}" if wanted.loses else "This can't be undone."
        parts = [plain(loses, "bold $warning"), EMPTY, plain(wanted.body)]
        return Side(plain(f"Careful: {wanted.title}"), lines(parts))
    facts = lines([plain(fact) for fact in _facts(wanted)])
    return Side(plain(wanted.title), plain(wanted.body), wanted.instructions, facts)


def for_the_agent(call: Call, with_why: bool) -> Side:
    """What only the agent sees: the script, what the newest evidence says, the notes at this step."""
    wanted = call.wanted
    script = wanted.agent if isinstance(wanted, Prompt | Finish) else ""
    parts = [
        plain(script or (AT_END if isinstance(wanted, Finish) else SAY_IT)),
        *_notes(call),
        *_from_evidence(call, with_why),
    ]
    why = wanted.why if isinstance(wanted, Prompt | Finish) else ""
    if why and with_why:
        parts += [EMPTY, plain(f"Why: {why}", MUTED)]
    return Side(body=lines(parts))


def known_head(call: Call, brief: bool) -> Content:
    """From where the ladder is known, and what it comes to; in one line where it has to be ``brief``."""
    if not call.pieces:
        nothing = plain(NOTHING_YET, "bold")
        return nothing if brief else lines([nothing, plain(ASK_FOR_IT, MUTED)])
    piece = call.pieces[-1]
    if brief:
        symbol, words = VERDICTS[piece.diagnosis.verdict]
        cause = piece.diagnosis.cause
        words = f"{symbol} {words.lower() if cause == 'none' else cause}, {piece.source} {clock(piece.at)}"
        aged = f" {AGES[call.age(piece)]}".rstrip()
        return Content.assemble(plain(words, _STYLES[piece.diagnosis.verdict]), plain(aged, "$warning"))
    head = [plain(source_words(piece), "bold")]
    aged = AGES[call.age(piece)]
    age = [plain(aged, "$warning")] if aged else []
    symbol, words = VERDICTS[piece.diagnosis.verdict]
    style = _STYLES[piece.diagnosis.verdict]
    head.append(plain(f"{symbol} {words}", style))
    if piece.diagnosis.cause != "none":
        head.append(plain(f"  {piece.diagnosis.cause}, {piece.diagnosis.confidence}", style))
    earlier = [
        plain(f"before, {clock(one.at)}: {cause_words(one.record.cause)}", MUTED) for one in call.pieces[:-1]
    ]
    return lines([*head, *age, *earlier[-1:]])


def source_words(piece: Piece) -> str:
    """Whose evidence it is, and since when it is here."""
    words = SOURCE_WORDS[piece.source]
    return f"{words[0].upper()}{words[1:]}, {clock(piece.at)}"


def _from_evidence(call: Call, with_why: bool) -> Iterator[Content]:
    if not call.pieces:
        return
    found = call.pieces[-1].diagnosis.findings
    faults = [finding for finding in found if finding.severity != "note"]
    for finding in faults if with_why else faults[:1]:
        yield EMPTY
        yield from _finding(finding, with_why)
    notes = [finding.cause for finding in found if finding.severity == "note"]
    if notes and with_why:
        yield plain(f"also: {', '.join(notes)}", MUTED)


def _finding(finding: Finding, with_why: bool) -> Iterator[Content]:
    yield plain(f"{finding.cause} ({finding.confidence})", "bold")
    yield plain(finding.agent)
    if with_why:
        yield from (plain(f"because {line}", MUTED) for line in finding.because)


def _notes(call: Call) -> Iterator[Content]:
    pending = call.state.pending
    here = (pending.flow, pending.step) if pending is not None else ("", "")
    for note in call.record.notes:
        if (note.flow, note.step) == here:
            yield EMPTY
            when = clock_from(call.record.row.opened, note.at)
            yield plain(f"{when} {note.who}: {note.text}", "$text-accent")


def _facts(prompt: Prompt) -> Iterator[str]:
    if prompt.minutes:
        yield f"Takes about {prompt.minutes:g} min."
    if prompt.loses:
        yield f"You may lose: {prompt.loses}"
    if prompt.undo:
        yield f"To undo: {prompt.undo}"
