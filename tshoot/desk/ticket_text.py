"""A ticket's contents in reading order, for every format: headings, lines and tables of plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tshoot.desk.ticket import Given, Ticket, TriedFix
from tshoot.report.watched import duration

RUNG_WORDS = {
    "ok": "works",
    "warn": "not well",
    "bad": "fails",
    "unknown": "not known",
    "not_applicable": "not used",
}
SOURCE_WORDS = {
    "file": "the caller's file",
    "code": "the caller's code",
    "answer": "told by the caller",
    "live": "measured on the caller's computer",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with facts (name and value) and lines under it; empty ones are left out."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


def title(ticket: Ticket) -> str:
    """One line that tells this ticket from others."""
    label = ticket.label or "Call"
    return f"{label}: {ticket.end.words.rstrip('.')}"


def sections(ticket: Ticket) -> Iterator[Section]:
    """The ticket from what matters most to what is only good to know."""
    everything = (
        _summary(ticket),
        Section("Next", lines=ticket.end.next),
        *(_evidence(given) for given in ticket.evidence),
        Section("Found", lines=tuple(_found(ticket))),
        Section("Tried", lines=tuple(_tried(fix) for fix in ticket.tried)),
        Section("Not tried", lines=tuple(f"{one.action} ({one.why})" for one in ticket.not_tried)),
        Section("The caller said", lines=tuple(f"{one.question} {one.answer}" for one in ticket.told)),
        Section("Notes", lines=tuple(_notes(ticket))),
        _call(ticket),
    )
    yield from (section for section in everything if section.facts or section.lines)


def _summary(ticket: Ticket) -> Section:
    end = ticket.end
    cause = f"{end.cause_words} ({end.cause})" if end.cause else ""
    facts = {
        "Outcome": end.words,
        "Cause": cause,
        "Service": ticket.service,
        "Symptom": ticket.symptom,
    }
    return Section("Summary", _given(facts), (end.summary,) if end.summary else ())


def _evidence(given: Given) -> Section:
    heading = f"Evidence: {SOURCE_WORDS[given.source]}, {clock(given.at)}"
    rungs = tuple((rung, _rung(state, words)) for rung, state, words in given.ladder)
    return Section(heading, rungs, (f"{given.summary} ({given.cause})",))


def _rung(state: str, words: str) -> str:
    plain = RUNG_WORDS.get(state, state)
    return f"{plain}: {words}" if words and words != plain else plain


def _found(ticket: Ticket) -> Iterator[str]:
    for one in ticket.found:
        source = SOURCE_WORDS.get(one.source, one.source)
        yield f"{clock(one.at)} {one.what}: {one.words} ({source})"


def _tried(fix: TriedFix) -> str:
    head = f"{clock(fix.at)} {fix.action}"
    if not fix.after:
        return f"{head}: not checked"
    before = f"before: {fix.before}, " if fix.before else ""
    return f"{head}: {before}after: {fix.after}"


def _notes(ticket: Ticket) -> Iterator[str]:
    for note in ticket.notes:
        where = f" at “{note.step}”" if note.step else ""
        who = f"{note.agent}{where}".strip()
        yield f"{clock(note.at)} {who}: {note.text}" if who else f"{clock(note.at)} {note.text}"


def _call(ticket: Ticket) -> Section:
    agents = ", ".join(f"{shift.agent} from {clock(shift.since)}" for shift in ticket.shifts)
    facts = {
        "Caller": ticket.label,
        "Agents": agents,
        "Opened": day(ticket.opened),
        "Closed": day(ticket.closed) if ticket.closed else "still open",
        "Lasted": duration(ticket.seconds),
        "Session": ticket.session,
        "Private data": "taken out by rules; read it once more before you pass it on"
        if ticket.redacted
        else "still in it",
    }
    return Section("The call", _given(facts))


def _given(facts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts.items() if value)


def clock(at: datetime) -> str:
    """The hour and minute on this computer's clock."""
    return at.astimezone().strftime("%H:%M")


def day(at: datetime) -> str:
    """Day, hour, minute and zone on this computer's clock."""
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M} {local.tzname() or ''}".rstrip()
