"""The linter: what can be proven about flows before anybody runs them (flow-language.md)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from tshoot.catalog.advice import AdviceList
from tshoot.flow.allow import without_allowed
from tshoot.flow.loader import FlowFile, FlowSet
from tshoot.flow.rules import (
    actions,
    addresses,
    advice,
    cases,
    ease,
    ends,
    evidence,
    options,
    reach,
    shape,
    stale,
    uses,
    warnings,
    words,
)
from tshoot.flow.rules.catalog import RULES_SAID
from tshoot.flow.rules.subject import LintProblem, Official, Subject, World
from tshoot.probes.model import ProbeSpec

Rule = Callable[[Subject], Iterator[LintProblem]]

RULES: tuple[Rule, ...] = (
    shape.file_name,
    shape.duplicate_steps,
    shape.start_exists,
    shape.targets_exist,
    shape.steps_reachable,
    shape.end_in_reach,
    shape.caps_complete,
    shape.circles_capped,
    uses.used_flows_exist,
    uses.every_return_routed,
    uses.use_goes_not_round,
    uses.returns_declared,
    evidence.probes_exist,
    evidence.outcomes_routed,
    evidence.causes_exist,
    evidence.end_causes_exist,
    ends.end_causes_lead_there,
    evidence.verify_complete,
    evidence.watch_complete,
    evidence.instead_outcomes_exist,
    evidence.instead_given,
    evidence.facts_exist,
    cases.cases_not_shadowed,
    stale.results_fresh,
    stale.nothing_asked_twice,
    actions.fix_is_verified,
    actions.destructive_is_last,
    actions.destructive_is_confirmed,
    actions.undo_given,
    actions.how_complete,
    actions.ask_has_way_out,
    actions.options_distinct,
    options.first_words_distinct,
    options.sounds_distinct,
    words.cites_exist,
    words.speaking_steps_cite,
    words.no_secrets,
    words.no_phone_numbers,
    words.values_exist,
    addresses.addresses_official,
    warnings.warnings_accepted_at_gateway,
    ease.reading_easy,
    ease.fits_screen,
    ease.meaning_in_words,
    reach.questions_few,
    reach.help_near,
)


def lint_flows(
    flowset: FlowSet,
    specs: Mapping[str, ProbeSpec],
    causes: Iterable[str],
    values: Collection[str] | None = None,
    official: Official | None = None,
    guides: AdviceList | None = None,
) -> tuple[LintProblem, ...]:
    """Every problem of every flow, in the order of files and lines.

    ``specs`` are the probes, ``causes`` the cause ids that may be named, ``values`` the named values that
    a diagnosis gives, ``official`` the services' addresses and phone numbers, ``guides`` the items that the
    flows together have to carry. What is None is not checked.
    """
    known = None if values is None else frozenset(values)
    world = World(flowset, specs, frozenset(causes), known, official, guides)
    collecting = gc.isenabled()
    gc.disable()  # as for parsing: with many small objects alive the collector costs more than the rules
    try:
        problems = {problem for file in flowset.files.values() for problem in _of_file(file, world)}
        return tuple(sorted(problems | set(advice.advice_carried(world))))
    finally:
        if collecting:
            gc.enable()


def _of_file(file: FlowFile, world: World) -> Iterator[LintProblem]:
    subject = Subject(file, world)
    found = (problem for rule in RULES for problem in rule(subject))
    return without_allowed(found, file.document, RULES_SAID)
