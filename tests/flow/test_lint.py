"""Problems stand at the right place; near misses are no problems. One file per rule: test_must_fail.py."""

from pathlib import Path

import pytest

from tests.flow.vocabulary import CAUSES, SPECS, VALUES
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, parse_flow

MUST_FAIL = Path(__file__).parent / "must_fail"
CLEAN = (MUST_FAIL / "used" / "small.yaml").read_text(encoding="utf-8")


def lint(text, *others, file="small.yaml"):
    files = [parse_flow(text, file), *(parse_flow(other, f"{name}.yaml") for name, other in others)]
    flows = FlowSet({file.flow.flow: file for file in files})
    return lint_flows(flows, SPECS, CAUSES, VALUES)


def changed(*changes):
    text = CLEAN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_the_sample_is_clean():
    assert lint(CLEAN) == ()


PLAIN_END = "  - id: over\n"


def place_of(rule, marker):
    text = (MUST_FAIL / f"{rule}.yaml").read_text(encoding="utf-8")
    (problem,) = [problem for problem in lint(text, file=f"{rule}.yaml") if problem.rule == rule]
    before = text[: text.index(marker)]
    assert (problem.line, problem.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    return problem


def test_places_point_at_the_value_that_is_wrong():
    place_of("target-exists", "ovr}")
    place_of("cite-exists", "B67")
    place_of("instead-outcome", "uncler")
    place_of("phone-number", "Call 1")


def test_hints_name_the_nearest_step():
    assert "did you mean 'look'?" in place_of("start-exists", "lok\n").hint


# ---- circles


def circle(*steps):
    return "flow: small\nversion: 1.0.0\ntitle: t\nabout: a\nstart: a\nsteps:\n" + "".join(steps)


def tell(name, then, cap=""):
    return f"  - {{id: {name}, tell: Hi., cite: [A1], then: {then}{cap}}}\n"


def ask(name, *thens, cap=""):
    options = ", ".join(f"{{id: o{n}, label: not sure {n}, then: {then}}}" for n, then in enumerate(thens))
    return f"  - {{id: {name}, ask: Hm?, cite: [A1], options: [{options}]{cap}}}\n"


END = "  - {id: z, end: unresolved, help: [phone]}\n"


def rules_of(*steps):
    return {problem.rule for problem in lint(circle(*steps, END))}


def test_a_capped_circle_is_fine_only_when_its_exhausted_way_leads_out():
    assert rules_of(ask("a", "b", "z"), tell("b", "a", ", at_most: 2, exhausted: z")) == set()
    assert rules_of(ask("a", "b", "z"), tell("b", "a", ", at_most: 2, exhausted: a")) == {"circle-endless"}


def test_two_capped_steps_must_not_throw_the_ball_to_each_other():
    a, b = ", at_most: 1, exhausted: b", ", at_most: 1, exhausted: a"
    assert "circle-endless" in rules_of(ask("a", "b", "z", cap=a), ask("b", "a", "z", cap=b))


def test_a_step_that_leads_to_itself_is_a_circle():
    assert "circle-endless" in rules_of(ask("a", "a", "z"))


def test_a_very_long_flow_is_linted_without_recursion():
    steps = [tell(f"s{n}", f"s{n + 1}") for n in range(3000)]
    text = circle(*steps, "  - {id: s3000, end: unresolved, help: [phone]}\n")
    found = lint(text.replace("start: a", "start: s0"))
    assert {problem.rule for problem in found} == {"help-far"}


# ---- flows that use flows

OUTER = """\
flow: outer
version: 1.0.0
title: t
about: a
start: go
steps:
  - {id: go, use: small, on: {ON}}
  - {id: z, end: unresolved, help: [phone]}
"""


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ("{resolved: z, handed_over: z}", []),
        ("{resolved: z}", ["'small' can hand back 'handed_over', which has no way here."]),
        ("{resolved: z, handed_over: z, lost: z}", ["'small' never hands back 'lost'."]),
    ],
)
def test_every_return_of_a_used_flow_is_routed(ways, said):
    found = lint(CLEAN, ("outer", OUTER.replace("{ON}", ways)))
    assert [problem.message for problem in found] == said


def test_a_circle_of_three_flows_is_found():
    def uses(name, other):
        text = OUTER.replace("flow: outer", f"flow: {name}").replace("use: small", f"use: {other}")
        return name, text.replace("{ON}", "{unresolved: z}")

    found = lint(CLEAN, uses("a", "b"), uses("b", "c"), uses("c", "a"))
    assert [(problem.file, problem.rule) for problem in found] == [
        (f"{name}.yaml", "use-circle") for name in "abc"
    ]


# ---- fixes and destructive steps


def test_a_destructive_step_behind_a_failed_milder_one_is_fine():
    reset = (
        '  - {id: sure-to, ask: Erase all?, cite: [A78], options: [{id: e, label: "Yes", then: reset},'
        " {id: unsure, label: Not sure, then: over}]}\n"
        "  - {id: reset, do: Reset it, how: [Press it.], minutes: 5, risk: destructive, loses: All settings.,"
        " cite: [A78], then: {done: sure, cannot: over}}\n"
        "  - {id: sure, verify: {diagnose: all, fixed: [none]},"
        " then: {fixed: good, not_fixed: over, cannot_tell: over}}\n"
    )
    assert lint(changed(("not_fixed: act", "not_fixed: sure-to"), (PLAIN_END, reset + PLAIN_END))) == ()


def test_a_question_after_a_fix_does_not_replace_the_check():
    question = (
        "  - {id: better, ask: Better?, cite: [A64], options: [{id: y, label: Yes, then: good},"
        " {id: unsure, label: Not sure, then: again}]}\n"
    )
    found = lint(changed(("{done: again", "{done: better"), (PLAIN_END, question + PLAIN_END)))
    assert {problem.rule for problem in found} == {"fix-unverified"}


def test_star_takes_only_inconclusive_and_common_outcomes():
    found = lint(changed(("blocked: which, ", "")))
    assert [problem.message for problem in found] == [
        "The probe 'captive' can also end as blocked; no way is given."
    ]


def test_groups_of_causes_count_and_notes_do_not():
    diagnose = (
        "  - {id: look, diagnose: all, on: {KEY: over}, else: which, ask_instead: {ask: Hm?, options: ["
        "{id: a, label: A, outcome: none}, {id: b, label: B, outcome: unknown}]}}\n"
    )
    start = CLEAN.index("  - id: look"), CLEAN.index("  - id: which")
    for key, wrong in (
        ("dns.*", 0),
        ("none", 0),
        ("browser.only", 0),
        ("note.cgnat", 1),
        ("dnss.*", 1),
        ("dns*", 1),
    ):
        text = CLEAN[: start[0]] + diagnose.replace("KEY", key) + CLEAN[start[1] :]
        assert [problem.rule for problem in lint(text)].count("cause-exists") == wrong, key
