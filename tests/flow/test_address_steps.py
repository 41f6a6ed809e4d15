"""Steps that take an address: what the reader and the linter demand of them, and how they are drawn."""

from dataclasses import fields

import pytest

from tests.flow.vocabulary import CAUSES, SPECS, VALUES
from tshoot.flow.card import card
from tshoot.flow.draw import draw
from tshoot.flow.graph import step_edges, upcoming_probes
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, parse_flow
from tshoot.flow.model import AddressOn
from tshoot.flow.rules.subject import Official
from tshoot.flow.search import SearchIndex
from tshoot.lookalike.model import OUTCOMES
from tshoot.yamldoc import DocumentError

FLOW = """\
flow: pasted
version: 1.0.0
title: Is this page genuine?
about: Looks at the address of a page. Takes one minute.
start: paste
steps:
  - id: paste
    address: Paste the address of the page here
    say: It is only looked at.
    cite: [C9]
    remember: judged
    on:
      official: which
      look_alike: "false"
      other_site: "false"
      short_link: "false"
      private_address: "false"
      not_an_address: "false"
    options:
      - {id: cannot, label: I can't copy it, then: "false"}
  - id: which
    decide:
      - {when: {address_domain: [t-mobile.com], judged: [official]}, then: good}
    else: "false"
  - {id: good, end: not_applicable, say: That is genuine., cite: [C9], help: [website]}
  - {id: "false", end: stopped_for_safety, say: "{address_says} Close it.", cite: [C9], help: [phone]}
"""
OFFICIAL = Official(frozenset({"t-mobile.com"}))


def found(text, official=OFFICIAL):
    file = parse_flow(text, "pasted.yaml")
    return lint_flows(FlowSet({file.flow.flow: file}), SPECS, CAUSES, VALUES, official)


def rules(text, official=OFFICIAL):
    return {problem.rule for problem in found(text, official)}


def test_such_a_flow_is_clean_also_where_the_services_are_not_known():
    assert found(FLOW) == ()
    assert found(FLOW, None) == ()


def test_the_ways_are_those_of_the_judgements():
    assert tuple(field.name for field in fields(AddressOn)) == OUTCOMES
    step = parse_flow(FLOW, "pasted.yaml").flow.steps[0]
    assert [edge.label for edge in step_edges(step)] == [*OUTCOMES, "cannot"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_judgement_without_a_way_is_refused_with_its_name(outcome):
    lines = [line for line in FLOW.splitlines() if not line.startswith(f"      {outcome}:")]
    with pytest.raises(DocumentError) as refused:
        parse_flow("\n".join(lines), "pasted.yaml")
    (problem,) = refused.value.problems
    assert problem.rule == "key-missing"
    assert outcome in problem.message
    assert problem.line > 6


def test_an_unknown_judgement_is_refused_with_the_nearest():
    with pytest.raises(DocumentError) as refused:
        parse_flow(FLOW.replace("look_alike:", "lookalike:"), "pasted.yaml")
    said = " ".join(f"{problem.message} {problem.hint}" for problem in refused.value.problems)
    assert "look_alike" in said


def test_without_an_option_it_is_refused():
    head, options = FLOW.split("    options:", 1)
    with pytest.raises(DocumentError):
        parse_flow(f"{head}{options[options.index('  - id: which') :]}", "pasted.yaml")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{id: cannot, label: I can't copy it", "{id: official, label: Not sure", "option-duplicate"),
        ("{id: cannot, label: I can't copy it", "{id: other, label: Something else", "ask-way-out"),
        ("[t-mobile.com]", "[metro.com]", "fact-value"),
        ("judged: [official]", "judged: [genuine]", "fact-value"),
        ("judged: [official]", "judge: [official]", "fact-exists"),
        ("{address_says} Close", "{address_say} Close", "value-exists"),
        ("    cite: [C9]\n    remember", "    remember", "cite-missing"),
        ("It is only looked at.", "Tell me your password.", "asks-secret"),
        ('short_link: "false"', "short_link: nowhere", "target-exists"),
        ('not_an_address: "false"', "not_an_address: paste", "circle-endless"),
    ],
)
def test_the_linter_looks_at_it_as_at_a_question(old, new, rule):
    assert old in FLOW
    assert rules(FLOW.replace(old, new)) == {rule}


def test_the_sentence_about_an_address_needs_a_step_that_takes_one():
    without = FLOW.replace("  - id: paste\n", "  - id: paste\n    tell: Hello.\n    then: which\n")
    start, rest = without.split("    address:", 1)
    text = start.replace("    tell", "    cite: [C9]\n    tell") + rest[rest.index("  - id: which") :]
    assert rules(text) == {"value-exists", "fact-exists"}


def test_what_may_be_measured_after_it_is_known():
    probe = "  - {id: look, probe: link, cite: [C9], on: {ok: which, weak: which, down: which, '*': which}}\n"
    text = FLOW.replace("official: which", "official: look").replace("  - id: which", f"{probe}  - id: which")
    flow = parse_flow(text, "pasted.yaml").flow
    assert [step.id for step in upcoming_probes(flow, "paste")] == ["look"]


def test_it_is_drawn_and_printed_with_its_words():
    flow = parse_flow(FLOW, "pasted.yaml").flow
    assert 's0{{"paste: address (Paste the address of the page here)"}}' in draw(flow, "mermaid")
    assert "shape=hexagon" in draw(flow, "dot")
    assert "private_address" in draw(flow, "svg")
    printed = card(flow)
    assert "   Paste the address of the page here" in printed
    assert "I can't copy it -> 4. false" in printed
    assert "an imitation -> 4. false" in printed


def test_it_is_found_by_its_words():
    flow = parse_flow(FLOW, "pasted.yaml").flow
    index = SearchIndex({"pasted": flow})
    assert index.search("copy the adress")[0].flow == "pasted"
    assert any(match.step == "paste" for match in index.search("paste the address"))
