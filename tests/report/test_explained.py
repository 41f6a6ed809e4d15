"""An explanation and what changed, as JSON and as text."""

import json
import re
from dataclasses import replace

import pytest

from tests.diagnosis.cases import EVERY
from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.diagnosis.changes import Change
from tshoot.diagnosis.explain import Clue, Explanation, Fired, RuledOut
from tshoot.report.as_json import to_json
from tshoot.report.as_text import local_time, to_text
from tshoot.report.explained import explanation_lines
from tshoot.target import Target

CHANGE = Change("resolver", "192.168.12.1", "10.0.0.53", "The DNS server was other.", "2026-01-02T03:04:05Z")


def report(explained=True, **changes):
    results, target = battery(**changes), Target(HOST)
    return Checkup(target, results, judge(results, target), 12.0).report(explained)


def test_the_json_names_the_rule_and_the_rivals():
    document = to_json(report(**DNS_DEAD))
    explanation = document["explanation"]
    assert explanation["fired"]["cause"] == "dns.unreachable"
    (needed,) = [clue for clue in explanation["fired"]["clues"] if clue["name"] == "dns_servers"]
    assert needed == {
        "part": "when",
        "name": "dns_servers",
        "wanted": ["unreachable"],
        "outcome": "unreachable",
        "fits": True,
        "figures": "dns_servers figures",
    }
    assert [set(rival) for rival in explanation["nearest"]] == [
        {"cause", "against", "follows_from", "trouble", "works_anyway", "unmet"}
    ] * 3
    json.dumps(document, allow_nan=False)


def test_without_being_asked_nothing_is_explained():
    assert "explanation" not in to_json(report(explained=False))
    assert "Why" not in to_text(report(explained=False, **DNS_DEAD), 80, False)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
@pytest.mark.parametrize("width", [40, 100])
def test_the_text_of_every_case(case, width):
    said = report(**case.changes)
    text = to_text(said, width, False)
    assert all(len(line) <= width and line == line.rstrip() for line in text.splitlines())
    joined = re.sub(r"\s+", " ", text)
    for rival in said.explanation.nearest:
        assert rival.cause in joined
    assert f"Why {said.cause}:" in joined or "Why no cause is named" in joined


def clue(part, fits):
    return Clue(part, part + "_probe", ("x", "y"), "z", fits, "")


def test_marks_tell_for_against_and_absent():
    parts = ("when", "any_of", "unless", "confirmed_by", "weakened_by")
    clues = tuple(clue(part, fits) for part in parts for fits in (True, False))
    lines = list(explanation_lines(Explanation(Fired("a.b", clues, "weak", "weak: because"), ())))
    assert [line.strip()[0] for line in lines[1:-1]] == ["✓", "✗", "✓", "-", "✗", "✓", "✓", "-", "✗", "-"]
    assert lines[1] == "  ✓ when_probe = z; needed: x or y"
    assert lines[-1] == "  Confidence weak: because."


def test_a_consequence_and_a_working_service_are_told_in_words():
    nearest = (RuledOut("a.b", (), ("c.d",), ("tcp", "tls")), RuledOut("e.f", (), works_anyway=True))
    text = "\n".join(explanation_lines(Explanation(None, nearest)))
    assert "its trouble (tcp, tls) already follows from c.d" in text
    assert "the service answers; with this cause it would not" in text


def test_what_changed_is_evidence_in_both_forms():
    said = replace(report(False, **DNS_DEAD), changed=(CHANGE,))
    document = to_json(said)
    assert document["changed"] == [
        {
            "what": "resolver",
            "then": "192.168.12.1",
            "now": "10.0.0.53",
            "say": "The DNS server was other.",
            "since": "2026-01-02T03:04:05Z",
        }
    ]
    assert document["cause"] == "dns.unreachable"
    text = to_text(said, 80, False)
    assert f"Since it last worked here ({local_time(CHANGE.since)})\n- The DNS server was other." in text


def test_nothing_changed_is_an_empty_list_and_no_line():
    assert to_json(report())["changed"] == []
    assert "Since it last worked" not in to_text(report(), 80, False)


def test_a_moment_that_is_none_is_shown_as_it_is():
    assert local_time("yesterday") == "yesterday"
    assert local_time("0001-01-01T00:00:00+23:59") == "0001-01-01T00:00:00+23:59"
    assert re.fullmatch(r"2026-01-0[123] \d\d:\d\d", local_time(CHANGE.since))
