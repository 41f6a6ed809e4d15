"""A ticket as a page in reading order, from what matters most to what is only good to know. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from tshoot.desk.moments import clock_from, day
from tshoot.desk.ticket import Found, Given, Ticket, TicketNote, TriedFix
from tshoot.report.page import MOST, Block, Heading, Items, Page, Paragraph, Table, Tone, said
from tshoot.report.watched import duration

When = Callable[[datetime], str]
"""A moment in words."""
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
_TONES: Mapping[str, Tone] = {
    "resolved": "good",
    "not_applicable": "good",
    "unresolved": "bad",
    "handed_over": "warn",
    "stopped_for_safety": "warn",
}


def page_of_ticket(ticket: Ticket) -> Page:
    """The page; empty parts are left out."""
    title = said(f"{ticket.label or 'Call'}: {ticket.end.words.rstrip('.')}")
    return Page(title, (Heading(title, 1, _TONES.get(ticket.end.outcome, "plain")), *_blocks(ticket)))


def _blocks(ticket: Ticket) -> Iterator[Block]:
    yield from _summary(ticket)
    yield from _listed("Next", ticket.end.next)
    # A call may go on for days.
    when = partial(clock_from, ticket.opened)
    for given in ticket.evidence:
        yield from _evidence(given, when)
    yield from _listed("Found", (_found_line(one, when) for one in ticket.found))
    yield from _listed("Tried", (_tried(fix, when) for fix in ticket.tried))
    yield from _listed("Not tried", (f"{one.action} ({one.why})" for one in ticket.not_tried))
    yield from _listed("The caller said", (f"{one.question} {one.answer}" for one in ticket.told))
    yield from _listed("Notes", (_note_line(note, when) for note in ticket.notes))
    yield from _call(ticket)


def _summary(ticket: Ticket) -> Iterator[Block]:
    end = ticket.end
    if end.summary:
        yield Paragraph(said(end.summary))
    cause = f"{end.cause_words} ({end.cause})" if end.cause else ""
    yield from _facts({"Cause": cause, "Service": ticket.service, "Symptom": ticket.symptom})


def _evidence(given: Given, when: When) -> Iterator[Block]:
    yield Heading(said(f"Evidence: {SOURCE_WORDS.get(given.source, given.source)}, {when(given.at)}"))
    cause = f" ({given.cause})" if given.cause != "none" else ""
    yield Paragraph(said(f"{given.summary}{cause}"))
    rows = tuple(_rung(*rung) for rung in given.ladder)
    head = ("Part", "State", "Figures")
    # A code brings no figures.
    columns = 3 if any(figures for _, _, figures in rows) else 2
    if rows:
        yield Table(head[:columns], tuple(tuple(map(said, row[:columns])) for row in rows))


def _rung(rung: str, state: str, words: str) -> tuple[str, str, str]:
    """A row of the table; words that only say the state once more are no figures."""
    state_words = RUNG_WORDS.get(state, state)
    return rung, state_words, "" if words == state_words else words


def _found_line(one: Found, when: When) -> str:
    return f"{when(one.at)} {one.what}: {one.words} ({SOURCE_WORDS.get(one.source, one.source)})"


def _tried(fix: TriedFix, when: When) -> str:
    head = f"{when(fix.at)} {fix.action}"
    if not fix.after:
        return f"{head}: not checked"
    before = f"before: {fix.before}, " if fix.before else ""
    return f"{head}: {before}after: {fix.after}"


def _note_line(note: TicketNote, when: When) -> str:
    where = f" at “{note.step}”" if note.step else ""
    who = f"{note.agent}{where}".strip()
    return f"{when(note.at)} {who}: {note.text}" if who else f"{when(note.at)} {note.text}"


def _call(ticket: Ticket) -> Iterator[Block]:
    yield Heading("The call")
    shifts = ((shift.agent or "nobody", clock_from(ticket.opened, shift.since)) for shift in ticket.shifts)
    agents = (f"{agent} from {since}" for agent, since in shifts)
    yield from _facts(
        {
            "Caller": ticket.label,
            "Agents": ", ".join(agents),
            "Opened": day(ticket.opened),
            "Closed": day(ticket.closed) if ticket.closed else "still open",
            "Lasted": duration(ticket.seconds),
            "Session": ticket.session,
            "Private data": _PRIVATE if ticket.redacted else "still in it",
        }
    )


def _facts(facts: Mapping[str, str]) -> Iterator[Block]:
    for name, value in facts.items():
        if value:
            yield Paragraph(said(value), f"{name}:")


def _listed(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple(said(line) for line in lines)[:MOST]
    if items:
        yield Heading(heading)
        yield Items(items)


_PRIVATE = "taken out by rules; read it once more before you pass it on"
