"""The cause that an end names: which routes count, and which don't."""

import pytest

from tests.flow.vocabulary import CAUSES, SPECS
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, parse_flow

HEAD = "flow: part\nversion: 1.0.0\ntitle: t\nabout: a\nstart: look\nsteps:\n"
LOOK = "  - {id: look, diagnose: all, on: {ON}, else: other}\n"
OTHER = "  - {id: other, end: unresolved, help: [phone]}\n"
OVER = "  - {id: over, end: handed_over, cause: dns.slow, help: [phone]}\n"


def found(steps):
    file = parse_flow(HEAD + steps, "part.yaml")
    problems = lint_flows(FlowSet({"part": file}), SPECS, CAUSES)
    return [problem for problem in problems if problem.rule == "end-cause"]


def look(on):
    return LOOK.replace("{ON}", f"{{{on}}}")


@pytest.mark.parametrize(
    ("on", "problems"),
    [
        ("dns.slow: over", 0),
        ("dns.*: over", 0),
        ("dns.*: over, dns.slow: other", 1),
        ("wan.slow: over", 1),
        ("wan.slow: over, dns.slow: over", 0),
    ],
)
def test_the_exact_cause_wins_over_its_group(on, problems):
    assert len(found(look(on) + OVER + OTHER)) == problems


def test_another_diagnosis_on_the_way_begins_anew():
    again = "  - {id: again, diagnose: all, on: {wan.slow: over}, else: other}\n"
    assert len(found(look("dns.slow: again") + again + OVER + OTHER)) == 1


@pytest.mark.parametrize(("values", "problems"), [("[dns.slow]", 0), ("[wan.slow]", 1), ("['dns.*']", 0)])
def test_a_decide_on_the_cause_lets_only_its_own_through(values, problems):
    decide = f"  - {{id: which, decide: [{{when: {{cause: {values}}}, then: over}}], else: other}}\n"
    assert len(found(look("dns.slow: which, wan.slow: which") + decide + OVER + OTHER)) == problems


def test_what_a_decide_takes_away_does_not_reach_its_else():
    decide = "  - {id: which, decide: [{when: {cause: [dns.slow]}, then: other}], else: over}\n"
    assert len(found(look("dns.slow: which, wan.slow: which") + decide + OVER + OTHER)) == 1


def test_where_no_diagnosis_leads_nothing_is_said():
    assert found("  - {id: look, tell: Hello., then: over}\n" + OVER) == []
