"""The page of a check: a ``tshoot.report/1``, which may come from anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tshoot.catalog.services import shipped_services
from tshoot.diagnosis.reading import items_at, mappings_at, number_at, text_at, texts_at, value_at
from tshoot.report.as_text import STATES, VERDICTS, WHO, local_time
from tshoot.report.explained import explained_lines
from tshoot.report.page import MOST, Block, Code, Heading, Items, Page, Paragraph, Table, Tone, joined, said

_TONES: Mapping[str, Tone] = {"healthy": "good", "degraded": "warn", "broken": "bad", "unknown": "unknown"}


def page_of_report(document: Mapping[str, Any]) -> Page:
    """Everything that a report says, the verdict first. Never raises on odd documents."""
    heading = verdict_line(document)
    blocks = (
        Heading(heading, 1, _TONES.get(text_at(document, "verdict"), "plain")),
        *_conclusion(document),
        *report_blocks(document),
        *code_blocks(document),
        *_origin(document),
    )
    return Page(heading, blocks)


def verdict_line(document: Mapping[str, Any]) -> str:
    """The verdict and what it is about, in one line."""
    symbol, words = VERDICTS.get(text_at(document, "verdict"), VERDICTS["unknown"])  # type: ignore[call-overload]
    return joined(symbol, f"{words}: {_label(document)}")


def report_blocks(document: Mapping[str, Any], level: int = 2) -> Iterator[Block]:
    """The evidence: what was checked, what else was found, every probe, whom the check contacted."""
    yield from _ladder(document, level)
    yield from _further(document, level)
    yield from _changed(document, level)
    yield from _explained(document, level)
    yield from _probes(document, level)
    contacted = tuple(filter(None, (said(text) for text in texts_at(document, "contacted")[:MOST])))
    if contacted:
        yield Heading("Contacted", level)
        yield Paragraph(", ".join(contacted))


def code_blocks(document: Mapping[str, Any]) -> Iterator[Block]:
    """The code that can be read out, where there is one."""
    code = said(document.get("code"), 60)
    if code:
        yield Code(code, "Code to read out to support")


def _label(document: Mapping[str, Any]) -> str:
    service = shipped_services().get(text_at(document, "target", "service"))
    hosts = texts_at(document, "target", "hosts")
    return service.title if service is not None else said(next(iter(hosts), "the site"))


def _conclusion(document: Mapping[str, Any]) -> Iterator[Block]:
    yield Paragraph(said(document.get("summary")))
    yield Paragraph(said(document.get("next")), "Next:")
    cause = text_at(document, "cause")
    for finding in mappings_at(document, "findings"):
        if text_at(finding, "cause") == cause:
            yield from _reasons(finding)
            return


def _reasons(finding: Mapping[str, Any]) -> Iterator[Block]:
    who = text_at(finding, "who")
    cause, sure = said(finding.get("cause")), said(finding.get("confidence"))
    yield Paragraph(f"{cause} ({sure} evidence). Who can fix it: {WHO.get(who, said(who))}.", "Cause:")
    because = tuple(filter(None, (said(line) for line in items_at(finding, "because")[:MOST])))
    if because:
        yield Items(because)


def _ladder(document: Mapping[str, Any], level: int) -> Iterator[Block]:
    rows = [
        (said(rung.get("rung")), _state(text_at(rung, "state")), said(rung.get("detail")))
        for rung in islice(mappings_at(document, "ladder"), MOST)
    ]
    if rows:
        yield Heading("What was checked", level)
        yield Table(("part", "state", "what was seen"), tuple(rows))


def _state(state: str) -> str:
    return joined(*STATES.get(state, STATES["unknown"]))  # type: ignore[call-overload]


def _further(document: Mapping[str, Any], level: int) -> Iterator[Block]:
    findings = list(islice(mappings_at(document, "findings"), MOST))
    cause = text_at(document, "cause")
    others = [each for each in findings if text_at(each, "cause") != cause]
    real = [each for each in others if text_at(each, "severity") != "note"]
    notes = [each for each in others if text_at(each, "severity") == "note"]
    if real:
        yield Heading("Also found", level)
    for finding in real:
        yield Paragraph(joined(said(finding.get("say")), said(finding.get("next"))))
        yield from _reasons(finding)
    if notes:
        yield Heading("Worth knowing", level)
        yield Items(tuple(f"{said(note.get('say'))} ({said(note.get('cause'))})" for note in notes))


def _changed(document: Mapping[str, Any], level: int) -> Iterator[Block]:
    changes = list(islice(mappings_at(document, "changed"), MOST))
    if changes:
        since = said(local_time(text_at(changes[0], "since")))
        yield Heading(f"Since it last worked here ({since})" if since else "Since it last worked here", level)
        yield Items(tuple(said(change.get("say")) for change in changes))


def _explained(document: Mapping[str, Any], level: int) -> Iterator[Block]:
    explanation = value_at(document, "explanation")
    if isinstance(explanation, Mapping):
        yield Heading("Why this cause and not another", level)
        yield Items(tuple(filter(None, (said(line) for line in islice(explained_lines(explanation), MOST)))))


def _probes(document: Mapping[str, Any], level: int) -> Iterator[Block]:
    rows = []
    for entry in islice(mappings_at(document, "probes"), MOST):
        ms = number_at(entry, "ms")
        took = f"{ms:.0f} ms" if ms is not None else ""
        rows.append((said(entry.get("probe")), said(entry.get("outcome")), said(entry.get("detail")), took))
    if rows:
        yield Heading("Every probe", level)
        yield Table(("probe", "outcome", "figures", "took"), tuple(rows))


def _origin(document: Mapping[str, Any]) -> Iterator[Block]:
    version, saved = said(document.get("version")), text_at(document, "evidence", "saved")
    parts = [f"tshoot {version}" if version else "", said(local_time(saved)) if saved else ""]
    if any(parts):
        yield Paragraph(", ".join(part for part in parts if part), "Made by")
    yield from replaced_blocks(document)


def replaced_blocks(document: Mapping[str, Any]) -> Iterator[Block]:
    """What was replaced before it was saved."""
    listed = [
        f"{number_at(entry, 'count') or 0:.0f} × {said(entry.get('type'))}"
        for entry in islice(mappings_at(document, "evidence", "replaced"), MOST)
    ]
    if listed:
        yield Paragraph(", ".join(listed), "Replaced in it:")
