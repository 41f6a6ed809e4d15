"""A mutated flow is caught every time, over all shipped flows."""

from dataclasses import replace
from functools import cache

import pytest

from tests.flow.vocabulary import CAUSES, ROOT
from tshoot.flow.graph import CheckStep
from tshoot.flow.lint import RULES
from tshoot.flow.loader import FlowFile, FlowSet, load_flows
from tshoot.flow.model import AddressStep, AskStep, DecideStep, DoStep, EndStep, Flow, ProbeStep, UseStep
from tshoot.flow.rules.subject import Official, Subject, World
from tshoot.lookalike.model import OUTCOMES
from tshoot.probes.model import COMMON_OUTCOMES
from tshoot.probes.registry import specs

SHIPPED = load_flows([ROOT / "flows"])
OFFICIAL = Official(frozenset({"t-mobile.com", "metrobyt-mobile.com"}))


def rules_of(flow: Flow):
    file = FlowFile(flow, SHIPPED.files[flow.flow].document)
    flows = FlowSet({**SHIPPED.files, flow.flow: file})
    subject = Subject(file, World(flows, known(), frozenset(CAUSES), None, OFFICIAL))
    return {problem.rule for rule in RULES for problem in rule(subject)}


@cache
def known():
    return specs()


def changed(flow, step, **fields):
    """The flow with some fields of one step changed; nothing is validated, as the linter must catch it."""
    new = replace(step, **fields)
    return replace(flow, steps=tuple(new if each is step else each for each in flow.steps))


def dropped_outcomes(flow):
    for step in flow.steps:
        if isinstance(step, ProbeStep | UseStep):
            covered = set()
            if isinstance(step, ProbeStep) and "*" in step.on:
                covered = {"*", *COMMON_OUTCOMES, *known()[step.probe].inconclusive}
            for outcome in step.on:
                if outcome not in covered:
                    left = {key: way for key, way in step.on.items() if key != outcome}
                    yield (
                        changed(flow, step, on=left),
                        "probe-routes" if isinstance(step, ProbeStep) else "use-return",
                    )


def dangling_targets(flow):
    for step in flow.steps:
        if isinstance(step, AskStep):
            for option in step.options:
                others = tuple(
                    replace(each, then="nowhere") if each is option else each for each in step.options
                )
                yield changed(flow, step, options=others), "target-exists"
        if isinstance(step, AddressStep):
            for outcome in OUTCOMES:
                on = replace(step.on, **{outcome: "nowhere"})
                yield changed(flow, step, on=on), "target-exists"
        if isinstance(step, DoStep):
            yield (
                changed(flow, step, then=replace(step.then, cannot="nowhere")),
                "target-exists",
            )


def removed_checks(flow):
    """The fix leads straight to where its checks lead when all is well, past every one of them."""
    steps = {step.id: step for step in flow.steps}
    for step in flow.steps:
        if isinstance(step, DoStep):
            way = step.then.done
            while isinstance(steps[way], CheckStep):
                good = steps[way].then
                way = getattr(good, "fixed", None) or good.seen
            if isinstance(steps[way], EndStep) and steps[way].end == "resolved":
                yield changed(flow, step, then=replace(step.then, done=way)), "fix-unverified"


def removed_caps(flow):
    for step in flow.steps:
        if step.at_most is not None:
            yield changed(flow, step, at_most=None), "cap-incomplete"


def uncited(flow):
    for step in flow.steps:
        if step.cite and step.say:
            yield changed(flow, step, cite=()), "cite-missing"


def secrets_asked(flow):
    for step in flow.steps:
        if step.say:
            yield changed(flow, step, say=f"{step.say} Tell me your password."), "asks-secret"


def lookalikes(flow):
    for number, step in enumerate(flow.steps):
        if step.say:
            host = ("account.t-mobi1e.com", "t-mobile.com.sign-in.net", "tmobile-login.com")[number % 3]
            yield changed(flow, step, say=f"{step.say} Open https://{host}."), "address-lookalike"


def shadowed(flow):
    for step in flow.steps:
        if isinstance(step, DecideStep):
            yield changed(flow, step, decide=(*step.decide, step.decide[0])), "case-shadowed"


MUTATIONS = (
    dropped_outcomes,
    dangling_targets,
    removed_checks,
    removed_caps,
    uncited,
    secrets_asked,
    lookalikes,
    shadowed,
)
MOST = 6
"""So many mutants of a kind and flow are linted, spread over the flow; the whole would take minutes."""


def mutants(mutate, flow):
    found = list(mutate(flow))
    return found[:: max(1, len(found) // MOST)][:MOST]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_every_mutant_is_caught(mutate):
    tried = 0
    for flow in SHIPPED.flows.values():
        for mutant, rule in mutants(mutate, flow):
            assert rule in rules_of(mutant), (flow.flow, rule)
            tried += 1
    assert tried >= 5


def test_without_a_mutation_none_of_these_rules_fires():
    expected = {"probe-routes", "use-return", "target-exists", "fix-unverified", "cap-incomplete"}
    expected |= {"cite-missing", "asks-secret", "address-lookalike", "case-shadowed"}
    for flow in SHIPPED.flows.values():
        assert rules_of(flow) & expected == set()
