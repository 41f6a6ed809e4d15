"""Every case: the right headline, the right verdict, the further findings, and nothing that is not there."""

from __future__ import annotations

import pytest

from tests.diagnosis.cases import CAUSES, EVERY, NOTES
from tests.diagnosis.situations import Case
from tests.support.batteries import HOST, battery
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.judge import diagnose

CATALOG = load_catalog()


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_headline(case: Case) -> None:
    said = diagnose(battery(**case.changes), CATALOG, service="Example", host=HOST)
    found = [finding.cause for finding in said.findings]
    assert (said.cause, said.verdict) == (case.cause, case.verdict), (said.summary, found)
    assert case.confidence in (None, said.confidence)
    assert set(case.also) <= set(found)
    assert not set(case.never) & set(found)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_one_fault_gives_one_finding(case: Case) -> None:
    """Consequences are folded away: only the headline, what the case names, and notes are found."""
    said = diagnose(battery(**case.changes), CATALOG, service="Example", host=HOST)
    found = {finding.cause for finding in said.findings if finding.severity != "note"}
    assert found <= {case.cause, *case.also}


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_words_are_complete(case: Case) -> None:
    said = diagnose(battery(**case.changes), CATALOG, service="Example", host=HOST)
    texts = [
        said.summary,
        said.next,
        *(text for one in said.findings for text in (one.say, one.agent, one.next)),
    ]
    for text in texts:
        assert text.strip()
        assert not any(mark in text for mark in ("{", "}", "()", '""', " .", " ,", "  "))


def test_there_is_a_case_for_every_cause() -> None:
    headlines = {case.cause for case in CAUSES} | {note for case in NOTES for note in case.also}
    assert headlines == {cause.id for cause in CATALOG.causes if not cause.asked}
