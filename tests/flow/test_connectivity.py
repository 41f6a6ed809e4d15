"""The shipped flow: clean, complete against the guides, ends whatever people and networks do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.vocabulary import CAUSES, ROOT, SPECS
from tshoot.flow.graph import CheckStep, shortest_paths
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import load_flows
from tshoot.flow.model import AskStep, DiagnoseStep, DoStep, EndStep, WatchStep
from tshoot.flow.rules.evidence import OUTSIDE_FACTS
from tshoot.flow.rules.texts import texts_of
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Finish, Measure, Measured

FLOWS = load_flows([ROOT / "flows"])
FLOW = FLOWS.get("connectivity")
STEPS = {step.id: step for step in FLOW.steps}

# advice-index.md, table d5, row CON.
CON = (
    "A3 A4 A5 A6 A11 A12 A13 A14 A15 A16 A17 A19 A22 A23 A24 A25 A26 A27 A28 A44 A51 A54 A59 A60 A63 A64 "
    "A65 A66 A67 A68 A84 A87 B6 B7 B32 B33 C5"
)


def test_it_lints_clean():
    from tshoot.diagnosis.values import VALUES

    assert lint_flows(FLOWS, SPECS, CAUSES, VALUES | {"summary", "next"}) == ()


def test_every_guide_item_of_connectivity_is_carried_by_a_step():
    wanted = CON.split()
    assert len(wanted) == 37
    cited = {item for step in FLOW.steps for item in step.cite}
    assert [item for item in wanted if item not in cited] == []


def test_every_cause_is_routed_on_purpose():
    on = STEPS["check"].on
    groups = {key[:-1] for key in on if key.endswith(".*")}
    unrouted = [cause for cause in CAUSES if cause not in on and not any(map(cause.startswith, groups))]
    assert unrouted == []


def test_the_vocabulary_holds_every_cause_of_the_catalogue():
    from tshoot.diagnosis.catalog import load_catalog

    assert len(CAUSES) == 57
    assert {cause.id for cause in load_catalog().causes if cause.severity != "note"} <= set(CAUSES)


def test_the_fix_of_every_cause_is_a_step():
    from tshoot.diagnosis.catalog import load_catalog

    for cause in load_catalog().causes:
        if cause.fix is not None:
            assert cause.fix.step in {step.id for step in FLOWS.get(cause.fix.flow).steps}, cause.id


def test_a_cause_leads_to_its_fix_before_anything_else():
    """The step that a report names is where the flow goes, at most one decide further."""
    from tshoot.diagnosis.catalog import load_catalog
    from tshoot.flow.headlines import diagnosis_way

    check = STEPS["check"]
    assert isinstance(check, DiagnoseStep)
    for cause in load_catalog().causes:
        if cause.fix is not None and cause.fix.flow == "connectivity" and cause.severity != "note":
            way = diagnosis_way(cause.id, check.on, check.else_)
            decided = getattr(STEPS[way], "else_", way)
            assert cause.fix.step in {way, decided}, cause.id


def test_what_brings_the_internet_is_never_taken_for_the_service_that_is_needed():
    """The start asks for the product; a gateway at home says nothing about it."""
    remembered = {step.remember for step in FLOW.steps if isinstance(step, AskStep)}
    assert "access" in remembered
    assert "product" not in remembered


def engine(os="linux"):
    return Engine(FLOWS.flows, os)


def outcomes_of(effect):
    if effect.probe is None:
        return [*CAUSES, "none", "unknown"]
    return list(SPECS[effect.probe].all_outcomes())


def walk(guide, choose, steps=200):
    state, effect = guide.start("connectivity")
    for _ in range(steps):
        if isinstance(effect, Finish):
            return state, effect
        if isinstance(effect, Measure):
            event = Measured(effect.step, choose(effect, outcomes_of(effect)))
        else:
            event = Chosen(effect.step, choose(effect, [choice.id for choice in effect.choices]))
        state, effect = guide.handle(state, event)
    raise AssertionError("the flow did not end")


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_happens_the_flow_ends(random):
    walk(engine(), lambda effect, allowed: random.choice(allowed))


@pytest.mark.parametrize("cause", [*CAUSES, "none", "unknown"])
@pytest.mark.parametrize("last", [True, False])
def test_a_stubborn_cause_ends_and_is_never_called_resolved(cause, last):
    """Nothing ever gets better; the person always takes the first (or the last) answer."""

    def choose(effect, allowed):
        if isinstance(effect, Measure):
            if effect.probe is None:
                return cause
            bad = [name for name in SPECS[effect.probe].outcomes if name not in SPECS[effect.probe].good]
            return bad[0]
        if effect.step == "works-now":
            return "no"
        return allowed[-1] if last else allowed[0]

    _, finish = walk(engine(), choose)
    if cause == "none":
        assert finish.outcome == "not_applicable"
    elif finish.outcome == "resolved":
        # only after the person has said that it works, where no probe can tell
        assert finish.step == "solved"
        assert not last
    assert finish.help or finish.outcome == "resolved"


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_that_goes_away_after_the_fix_ends_well(cause):
    fixed = []

    def choose(effect, allowed):
        if isinstance(effect, Measure):
            if effect.purpose == "watch":
                return effect.until[0]
            if effect.purpose == "verify":
                fixed.append(effect.step)
                step = STEPS[effect.step]
                return step.verify.fixed[0]
            return "none" if fixed else cause if effect.probe is None else "wrong"
        return next((name for name in ("done", "home", "yes") if name in allowed), allowed[0])

    _, finish = walk(engine(), choose)
    assert finish.outcome in {"resolved", "handed_over", "not_applicable", "stopped_for_safety", "unresolved"}
    assert finish.outcome == "resolved" or not fixed


def test_no_internet_ends_offer_only_channels_that_work_without_internet():
    without = {"phone", "store", "administrator", "app"}  # the app runs on a phone's mobile data (X14)
    for name in (
        "still-broken",
        "gateway-broken",
        "outage",
        "provider-help",
        "moved-help",
        "names-help",
        "names-kept-help",
        "no-service-help",
        "path-help",
        "plan-help",
        "weak-signal-help",
    ):
        step = STEPS[name]
        assert isinstance(step, EndStep)
        assert set(step.help) <= without, name
        assert {"phone", "store"} <= set(step.help), name


def test_no_step_asks_for_a_reset_or_hard_codes_a_gateway_address():
    for step in FLOW.steps:
        for _, text in texts_of(step):
            assert not re.search(r"\b192\.168\.|\b10\.\d|\b172\.", text), step.id  # X1
            assert not re.search(r"\b(green|red|blue|amber|white|yellow) light", text, re.I), step.id  # X18
        assert not (isinstance(step, DoStep) and step.risk == "destructive"), step.id


def test_every_fix_is_followed_by_its_check():
    for step in FLOW.steps:
        if isinstance(step, DoStep):
            assert isinstance(STEPS[step.then.done], CheckStep), step.id


def test_what_is_back_is_checked_before_it_is_called_solved():
    for step in FLOW.steps:
        if isinstance(step, WatchStep):
            assert isinstance(STEPS[step.then.seen], CheckStep), step.id


def test_texts_fit_a_small_screen():
    for step in FLOW.steps:
        for place, text in texts_of(step):
            assert len(text) <= 320, (step.id, place)


def test_values_in_texts_are_known():
    from tshoot.diagnosis.values import VALUES

    used = {
        name for step in FLOW.steps for _, text in texts_of(step) for name in re.findall(r"\{(\w+)\}", text)
    }
    assert used <= VALUES | OUTSIDE_FACTS | {"summary"}


def test_the_longest_shortest_way_to_an_end_is_short():
    ways = shortest_paths(FLOW)
    longest = max(len(ways[step.id]) for step in FLOW.steps if isinstance(step, EndStep))
    assert longest <= 9
