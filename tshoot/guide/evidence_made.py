"""Made-up evidence for exploring: at every step one event for each way out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from tshoot.flow.graph import Edge, step_edges
from tshoot.flow.headlines import matches
from tshoot.flow.model import AskStep, DecideStep, DiagnoseStep, Flow, ProbeStep, VerifyStep, WatchStep
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Effect, Event, Finish, Judged, Measured, Prompt
from tshoot.guide.routes import UNSETTLED
from tshoot.guide.setup import flows_used
from tshoot.lookalike.model import OFFICIAL_REASONS, OUTCOMES
from tshoot.probes.model import COMMON_OUTCOMES, ProbeSpec

_MOST_SETTINGS = 120


@dataclass(frozen=True)
class Setting:
    """What a walk takes for granted: facts from outside, and outcomes that every diagnosis brings along."""

    known: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    met: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often steps were met before: the flow was used once already in this session."""


def settings_of(flows: Mapping[str, Flow], flow_id: str, specs: Mapping[str, ProbeSpec]) -> list[Setting]:
    """What has to be taken for granted so that every case of every decide can hold: one at a time."""
    found = [Setting()]
    for flow in flows_used(flows, flow_id).values():
        for step in flow.steps:
            for case in step.decide if isinstance(step, DecideStep) else ():
                found += _variants(flows, flow_id, case.when, specs)
    return list({str(setting): setting for setting in found}.values())[:_MOST_SETTINGS]


def settings_of_case(
    flows: Mapping[str, Flow], flow_id: str, edge: Edge, specs: Mapping[str, ProbeSpec]
) -> list[Setting]:
    """What fits an edge that is a case of a decide; nothing for other edges."""
    step = next(step for step in flows[flow_id].steps if step.id == edge.source)
    cases = step.decide if isinstance(step, DecideStep) else ()
    number = step_edges(step).index(edge)
    return _variants(flows, flow_id, cases[number].when, specs) if number < len(cases) else []


def _variants(
    flows: Mapping[str, Flow], flow_id: str, when: Mapping[str, Sequence[str]], specs: Mapping[str, ProbeSpec]
) -> list[Setting]:
    """First only what the flow can't find out by itself, then every fact known from the start."""
    used = flows_used(flows, flow_id)
    steps = [step for flow in used.values() for step in flow.steps]
    diagnosed = any(
        isinstance(step, DiagnoseStep) or (isinstance(step, VerifyStep) and step.verify.diagnose)
        for step in steps
    )
    probed = {step.probe for step in steps if isinstance(step, ProbeStep)}
    asked = {
        (step.remember or step.id, option.id)
        for step in flows[flow_id].steps
        if isinstance(step, AskStep)
        for option in step.options
    }
    return [_of_case(when, known, probed, specs, diagnosed) for known in (asked, set[tuple[str, str]]())]


def _of_case(
    when: Mapping[str, Sequence[str]],
    asked: set[tuple[str, str]],
    probed: set[str],
    specs: Mapping[str, ProbeSpec],
    diagnosed: bool,
) -> Setting:
    known, outcomes = dict[str, str](), dict[str, str]()
    for fact, values in when.items():
        value = values[0].removesuffix(".*")
        if fact in specs and diagnosed:
            outcomes[fact] = value
        elif (fact, value) not in asked and fact not in probed and not (fact == "cause" and diagnosed):
            known[fact] = value
    return Setting(known, outcomes)


def events_for(
    effect: Effect,
    engine: Engine,
    specs: Mapping[str, ProbeSpec],
    causes: Sequence[str],
    setting: Setting,
    official: Collection[str] = (),
) -> Iterator[Event]:
    """One event for each way out of the step that waits; an address may be of each ``official`` domain."""
    if isinstance(effect, Finish):
        return
    if isinstance(effect, Prompt):
        yield from (Chosen(effect.step, choice.id) for choice in effect.choices)
        if effect.kind == "address":
            yield from _judgements(effect.step, official)
        return
    step = engine.step(effect.flow, effect.step)
    spec = specs.get(effect.probe) if effect.probe else None
    possible = tuple(spec.all_outcomes()) if spec else (*causes, "none", "unknown")
    extra = {} if effect.probe else setting.outcomes
    for outcome in _outcomes(step, possible):
        yield Measured(effect.step, outcome, outcomes=extra)


def _judgements(step: str, official: Collection[str]) -> Iterator[Event]:
    for outcome in OUTCOMES:
        if outcome != "official":
            yield Judged(step, outcome, "", "")
            continue
        for reason, domain in product(OFFICIAL_REASONS, sorted(official)):
            yield Judged(step, outcome, reason, domain)


def _outcomes(step: object, possible: Sequence[str]) -> Iterator[str]:
    if isinstance(step, ProbeStep):
        yield from (outcome for outcome in possible if outcome in step.on)
        if "*" in step.on:
            yield from [name for name in (*COMMON_OUTCOMES, *possible) if name not in step.on][:1]
    elif isinstance(step, DiagnoseStep):
        yield from _headlines(step, possible)
    elif isinstance(step, VerifyStep):
        yield from _results(step.verify.fixed, possible)
    elif isinstance(step, WatchStep):
        yield from step.watch.gone[:1]
        yield from _results(step.watch.until, [name for name in possible if name not in step.watch.gone])


def _headlines(step: DiagnoseStep, possible: Sequence[str]) -> Iterator[str]:
    """Each headline that has a way of its own, one of each group, and one for ``else``."""
    groups = sorted((name for name in step.on if name.endswith(".*")), key=len, reverse=True)
    told: set[str] = set()
    # Causes to come may be of a group, or of none that is known today.
    made_up = [f"{name.removesuffix('*')}made-up" for name in groups]
    for cause in (*possible, *made_up, "made.up"):
        way = cause if cause in step.on else next((name for name in groups if matches(cause, name)), "else")
        if way not in told:
            told.add(way)
            yield cause


def _results(good: Sequence[str], possible: Sequence[str]) -> Iterator[str]:
    """One outcome that is good, one that is not, and one that says nothing."""
    bad = [name for name in possible if not any(matches(name, pattern) for pattern in good)]
    yield from [name for name in possible if name not in bad][:1]
    yield from [name for name in bad if name not in UNSETTLED][:1]
    yield from [name for name in bad if name in UNSETTLED][:1]
