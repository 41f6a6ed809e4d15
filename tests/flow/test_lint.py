"""One file that must fail per rule, at the right place; and near misses that must not."""

import pytest

from tests.flow.vocabulary import CAUSES, SPECS, VALUES
from tshoot.flow.lint import RULES, lint_flows
from tshoot.flow.loader import FlowSet, parse_flow

CLEAN = """\
flow: small
version: 1.0.0
title: A small flow
about: Shows the shape.
start: look
returns: [handed_over, resolved]
steps:
  - id: look
    probe: captive
    cite: [A65]
    ask_instead:
      ask: Does a page of the network appear?
      options:
        - {id: "yes", label: "Yes", outcome: redirected}
        - {id: unsure, label: Not sure, outcome: unclear}
    on: {open: which, redirected: act, rewritten: act, unclear: which, blocked: which, "*": which}
  - id: which
    ask: Which one do you use?
    remember: product
    cite: [A5]
    options: [{id: home, label: A gateway, then: choose}, {id: unsure, label: Not sure, then: over}]
  - id: choose
    decide: [{when: {product: [home]}, then: act}]
    else: over
  - id: act
    do: Switch it off and on, as {summary} says
    how: {windows: [Press it.], other: [Press it.]}
    minutes: 1
    risk: reversible
    undo: Press it again.
    at_most: 2
    exhausted: over
    cite: [A12]
    then: {done: again, cannot: over}
  - id: again
    verify: {diagnose: all, fixed: [none]}
    cite: [A64]
    then: {fixed: good, not_fixed: act, cannot_tell: over}
  - id: good
    end: resolved
  - id: over
    end: handed_over
    cause: dns.unreachable
    say: Somebody else can help.
    cite: [B43]
"""


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
STEP = "  - id: lost\n    tell: Hello there.\n    cite: [A1]\n    then: over\n"
LOOP = """\
  - {id: p, tell: One., cite: [A1], then: q}
  - {id: q, tell: Two., cite: [A1], then: p}
"""
USE = "  - id: other-help\n    use: {name}\n    on: {ways}\n"

BROKEN = {
    "flow-name": [("flow: small", "flow: smal")],
    "step-duplicate": [(PLAIN_END, "  - id: good\n    end: resolved\n" + PLAIN_END)],
    "start-exists": [("start: look", "start: lok")],
    "target-exists": [("cannot: over", "cannot: ovr")],
    "step-unreachable": [(PLAIN_END, STEP + PLAIN_END)],
    "end-unreachable": [("cannot_tell: over", "cannot_tell: p"), (PLAIN_END, LOOP + PLAIN_END)],
    "cap-incomplete": [("    exhausted: over\n", "")],
    "circle-endless": [("    at_most: 2\n    exhausted: over\n", "")],
    "use-exists": [
        ("else: over", "else: other-help"),
        (PLAIN_END, USE.format(name="nowhere", ways="{x: over}") + PLAIN_END),
    ],
    "use-circle": [
        ("else: over", "else: other-help"),
        (PLAIN_END, USE.format(name="small", ways="{resolved: good, handed_over: over}") + PLAIN_END),
    ],
    "returns-differ": [("returns: [handed_over, resolved]", "returns: [resolved]")],
    "probe-exists": [("probe: captive", "probe: captiv")],
    "probe-param": [("probe: captive", "probe: captive\n    with: {speed: fast}")],
    "probe-outcome": [("{open: which", "{opn: which, open: which")],
    "probe-routes": [(', "*": which}', "}")],
    "cause-exists": [("cause: dns.unreachable", "cause: dns.unreachabel")],
    "verify-what": [("{diagnose: all, fixed", "{diagnose: all, probe: link, fixed")],
    "verify-fixed": [("fixed: [none]", "fixed: [non]")],
    "instead-outcome": [("outcome: unclear", "outcome: uncler")],
    "instead-missing": [(CLEAN[CLEAN.index("    ask_instead") : CLEAN.index("    on: {open")], "")],
    "fact-exists": [("when: {product", "when: {prduct")],
    "fact-value": [("[home]", "[hom]")],
    "fix-unverified": [("{done: again", "{done: good")],
    "destructive-loses": [("risk: reversible", "risk: destructive")],
    "destructive-first": [("risk: reversible", "risk: destructive\n    loses: All settings.")],
    "undo-missing": [("    undo: Press it again.\n", "")],
    "how-other": [(", other: [Press it.]", "")],
    "how-empty": [("windows: [Press it.]", "windows: []")],
    "how-variant": [("windows: [Press it.]", "windos: [Press it.]")],
    "ask-way-out": [
        ("label: Not sure, then", "label: A hotspot, then"),
        ("{id: unsure, label: A", "{id: hotspot, label: A"),
    ],
    "option-duplicate": [('label: "Yes"', "label: not sure")],
    "cite-exists": [("[B43]", "[B67]")],
    "cite-missing": [("    cite: [B43]\n", "")],
    "asks-secret": [("Somebody else can help.", "Tell me your password.")],
    "phone-number": [("Somebody else can help.", "Call 1-800-555-0199.")],
    "value-exists": [("{summary}", "{sumary}")],
}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_its_fault_where_it_stands(rule):
    found = [problem for problem in lint(changed(*BROKEN[rule])) if problem.rule == rule]
    assert found, lint(changed(*BROKEN[rule]))
    assert all(problem.line > 1 or rule == "flow-name" for problem in found)
    assert all(problem.message and problem.hint for problem in found)


def test_every_rule_has_a_file_that_must_fail():
    import inspect
    import re

    source = "".join(inspect.getsource(rule) for rule in RULES)
    modules = {inspect.getmodule(rule) for rule in RULES}
    source = "".join(inspect.getsource(module) for module in modules)
    rules = set(re.findall(r'"([a-z]+-[a-z]+)", (?:message|hint|f")', source)) - {"use-return"}
    assert rules <= set(BROKEN), rules - set(BROKEN)


def place_of(rule, text, marker):
    (problem,) = [problem for problem in lint(text) if problem.rule == rule]
    before = text[: text.index(marker)]
    assert (problem.line, problem.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    return problem


def test_places_point_at_the_value_that_is_wrong():
    place_of("target-exists", changed(*BROKEN["target-exists"]), "ovr}")
    place_of("cite-exists", changed(*BROKEN["cite-exists"]), "B67")
    place_of("instead-outcome", changed(*BROKEN["instead-outcome"]), "uncler")
    place_of("phone-number", changed(*BROKEN["phone-number"]), "Call 1")


def test_hints_name_the_nearest_step():
    assert "did you mean 'look'?" in place_of("start-exists", changed(*BROKEN["start-exists"]), "lok\n").hint


def test_only_the_two_marked_rules_are_warnings():
    severities = {
        problem.rule: problem.severity for changes in BROKEN.values() for problem in lint(changed(*changes))
    }
    assert {rule for rule, severity in severities.items() if severity == "warning"} == {
        "instead-missing",
        "ask-way-out",
    }


# ---- circles


def circle(*steps):
    return "flow: small\nversion: 1.0.0\ntitle: t\nabout: a\nstart: a\nsteps:\n" + "".join(steps)


def tell(name, then, cap=""):
    return f"  - {{id: {name}, tell: Hi., cite: [A1], then: {then}{cap}}}\n"


def ask(name, *thens, cap=""):
    options = ", ".join(f"{{id: o{n}, label: not sure {n}, then: {then}}}" for n, then in enumerate(thens))
    return f"  - {{id: {name}, ask: Hm?, cite: [A1], options: [{options}]{cap}}}\n"


END = "  - {id: z, end: unresolved}\n"


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
    text = circle(*steps, "  - {id: s3000, end: unresolved}\n").replace("start: a", "start: s0")
    assert lint(text) == ()


# ---- flows that use flows

OUTER = """\
flow: outer
version: 1.0.0
title: t
about: a
start: go
steps:
  - {id: go, use: small, on: {ON}}
  - {id: z, end: unresolved}
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
        "  - {id: reset, do: Reset it, how: [Press it.], minutes: 5, risk: destructive, loses: All settings.,"
        " cite: [A78], then: {done: sure, cannot: over}}\n"
        "  - {id: sure, verify: {diagnose: all, fixed: [none]},"
        " then: {fixed: good, not_fixed: over, cannot_tell: over}}\n"
    )
    assert lint(changed(("not_fixed: act", "not_fixed: reset"), (PLAIN_END, reset + PLAIN_END))) == ()


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
