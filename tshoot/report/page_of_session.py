"""The page of a session: a ``tshoot.session/1`` with what a report of it adds (tshoot.guide.told)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tshoot.diagnosis.reading import mappings_at, text_at, texts_at, value_at
from tshoot.report.page import (
    LONGEST_TEXT,
    MOST,
    Block,
    Heading,
    Items,
    Page,
    Paragraph,
    Quote,
    Table,
    Tone,
    joined,
    said,
)
from tshoot.report.page_of_report import code_blocks, replaced_blocks, report_blocks, verdict_line
from tshoot.text import display_text

_TONES: Mapping[str, Tone] = {
    "resolved": "good",
    "not_applicable": "good",
    "unresolved": "bad",
    "handed_over": "warn",
    "stopped_for_safety": "warn",
}
_NO_CHANGE = "no change"
_RESULTS = {"fixed": "its check was good", "not_fixed": "did not help", "cannot_tell": "can't be told"}


def page_of_session(document: Mapping[str, Any]) -> Page:
    """What was wrong, what was done about it, how it ended. Never raises on odd documents."""
    title = said(document.get("title")) or said(document.get("flow")) or "A session"
    outcome = text_at(document, "end", "outcome")
    ended = said(value_at(document, "end", "words"))
    blocks = (
        Heading(_heading(title, ended, outcome), 1, _TONES.get(outcome, "plain")),
        *_ending(document),
        *_fixes(document),
        *_path(document),
        *_notes(document),
        *_check(document),
        *code_blocks(document),
        *replaced_blocks(document),
    )
    return Page(title, blocks)


def _heading(title: str, ended: str, outcome: str) -> str:
    if not ended:
        return title
    return joined(f"{title}:", ended) if outcome else f"{title} (not finished yet)"


def _ending(document: Mapping[str, Any]) -> Iterator[Block]:
    for key, lead in (("wrong", "What was wrong:"), ("fixed", "What helped:")):
        text = said(value_at(document, "came_to", key))
        if text:
            yield Paragraph(text, lead)
    summary, after = said(value_at(document, "end", "summary")), said(value_at(document, "end", "next"))
    if summary:
        yield Paragraph(summary, "How it ended:")
    if after:
        yield Paragraph(after, "Next:")
    channels = tuple(filter(None, (said(text) for text in texts_at(document, "end", "help")[:MOST])))
    if channels:
        yield Heading("Where to get help now")
        yield Items(channels)


def _fixes(document: Mapping[str, Any]) -> Iterator[Block]:
    lasted = said(value_at(document, "came_to", "fixed"))
    rows = [
        (
            said(fix.get("say")),
            said(fix.get("before")),
            _after(fix),
            _result(fix, lasted),
        )
        for fix in islice(mappings_at(document, "fixes"), MOST)
    ]
    if rows:
        yield Heading("What was tried")
        yield Table(("action", "before", "after", "result"), tuple(rows))


def _after(fix: Mapping[str, Any]) -> str:
    before, after = said(fix.get("before")), said(fix.get("after"))
    return _NO_CHANGE if after and after == before else after


def _result(fix: Mapping[str, Any], lasted: str) -> str:
    """How an action ended: a good check alone does not mean that it helped to the end."""
    result = text_at(fix, "result")
    action = said(fix.get("action") or fix.get("say"))
    helped = result == "fixed" and lasted != "" and action == lasted
    return "helped" if helped else _RESULTS.get(result, "not checked")


def _path(document: Mapping[str, Any]) -> Iterator[Block]:
    lines = [
        joined(said(line.get("question")), said(line.get("say")))
        for line in islice(mappings_at(document, "path"), MOST)
    ]
    if lines:
        yield Heading("Step by step")
        yield Items(tuple(filter(None, lines)), numbered=True)


def _notes(document: Mapping[str, Any]) -> Iterator[Block]:
    notes = list(islice(mappings_at(document, "notes"), MOST))
    if notes:
        yield Heading("Notes")
    for note in notes:
        about, when = said(note.get("about")), said(note.get("at"))
        if about or when:
            yield Paragraph(joined(about, f"({when})" if when else ""))
        text = display_text(text_at(note, "text"), LONGEST_TEXT, keep_lines=True)
        yield Quote(tuple(" ".join(line.split()) for line in text.splitlines()[:MOST] if line.strip()))


def _check(document: Mapping[str, Any]) -> Iterator[Block]:
    report = value_at(document, "report")
    if isinstance(report, Mapping):
        yield Heading("The last check")
        yield Paragraph(said(report.get("summary")), f"{verdict_line(report)}.")
        yield Paragraph(said(report.get("next")), "Next:")
        yield from report_blocks(report, 3)
