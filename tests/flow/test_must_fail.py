"""One file per rule: exactly that rule finds something in it."""

from pathlib import Path

import pytest

from tests.flow.vocabulary import CAUSES, SPECS, VALUES
from tshoot.catalog.advice import load_advice
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, read_flow
from tshoot.flow.rules.catalog import RULES_SAID
from tshoot.flow.rules.subject import Official

FOLDER = Path(__file__).parent / "must_fail"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
GUIDES = sorted(path.stem for path in (FOLDER / "advice").glob("*.yaml"))
OFFICIAL = Official(frozenset({"t-mobile.com"}), frozenset({"8009378997"}), frozenset({"t-mobile"}))
CLEAN = read_flow(FOLDER / "used" / "small.yaml")
WARNINGS = {
    "instead-missing",
    "ask-way-out",
    "ask-settled",
    "option-alike",
    "option-sound",
    "reading-grade",
    "meaning-colour",
    "path-questions",
    "advice-waived",
    "allow-unused",
}
COMPANIONS = {
    "end-unreachable": {"circle-endless"},  # where no end is, everybody goes round
    "allow-reason": {"meaning-colour"},  # without a reason nothing is allowed
}


def lint(*files, guides=None):
    flows = FlowSet({file.flow.flow: file for file in files})
    return lint_flows(flows, SPECS, CAUSES, VALUES, OFFICIAL, guides)


def test_the_file_they_are_made_from_is_clean():
    assert lint(CLEAN) == ()


def test_every_rule_has_a_file_that_must_fail():
    assert {*FILES, *GUIDES} == set(RULES_SAID)


@pytest.mark.parametrize("rule", FILES)
def test_exactly_that_rule_fires(rule):
    file = read_flow(FOLDER / f"{rule}.yaml")
    found = [problem for problem in lint(file, CLEAN) if problem.file == file.document.file]
    told = {problem.rule for problem in found}
    assert told == {rule} | COMPANIONS.get(rule, set())
    severities = {problem.severity for problem in found if problem.rule == rule}
    assert severities == {"warning" if rule in WARNINGS else "error"}
    assert all(problem.message and problem.hint for problem in found)
    assert all(problem.line > 1 or rule == "flow-name" for problem in found)


@pytest.mark.parametrize("rule", GUIDES)
def test_exactly_that_rule_of_the_guides_fires(rule):
    guides = load_advice(FOLDER / "advice" / f"{rule}.yaml")
    (found,) = lint(CLEAN, guides=guides)
    assert (found.rule, found.file) == (rule, guides.file)
    assert found.line > 1
