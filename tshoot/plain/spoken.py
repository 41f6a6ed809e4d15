"""Evidence and report as lines to be read aloud: states in words, lists announced with their length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tshoot.guide.words import outcome_words
from tshoot.text import counted

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.diagnosis.model import RungState
    from tshoot.probes.model import ProbeSpec
    from tshoot.report.model import Report

STATE_WORDS: Mapping[RungState, str] = {
    "ok": "works",
    "warn": "not well",
    "bad": "fails",
    "unknown": "not known",
    "not_applicable": "not used",
}
_SYMBOLS = re.compile(r"^(\s*)[✓✗!?] ", re.MULTILINE)


def evidence_lines(checkup: Checkup, specs: Mapping[str, ProbeSpec]) -> Iterator[str]:
    """What is known: the conclusion and its reasons, each part of the way, every measurement."""
    diagnosis = checkup.diagnosis
    yield diagnosis.summary
    head = next((each for each in diagnosis.findings if each.cause == diagnosis.cause), None)
    if head is not None and head.because:
        yield f"{counted(len(head.because), 'reason')}:"
        yield from head.because
    yield f"The way from this computer to the website has {counted(len(diagnosis.ladder), 'part')}:"
    for rung in diagnosis.ladder:
        name = "DNS" if rung.rung == "dns" else rung.rung.capitalize()
        yield _sentence(name, STATE_WORDS[rung.state], rung.detail)
    yield f"{counted(len(checkup.results), 'measurement')}:"
    for result in checkup.results.values():
        spec = specs.get(result.probe)
        yield _sentence(spec.title if spec else result.probe, outcome_words(result.outcome), result.detail)


def report_words(report: Report, width: int) -> str:
    """The report without its signs: each of them stands beside a word that says the same."""
    from tshoot.report.as_text import to_text

    return _SYMBOLS.sub(r"\1", to_text(report, width, False))


def _sentence(name: str, state: str, detail: str) -> str:
    return f"{name}: {state}. {detail}".rstrip()
