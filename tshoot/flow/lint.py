"""The linter: what can be proven about flows before anybody runs them (flow-language.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from tshoot.flow.loader import FlowSet
from tshoot.flow.rules import actions, evidence, shape, uses, words
from tshoot.flow.rules.subject import LintProblem, Subject, World
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
    evidence.verify_complete,
    evidence.instead_outcomes_exist,
    evidence.instead_given,
    evidence.facts_exist,
    actions.fix_is_verified,
    actions.destructive_is_last,
    actions.undo_given,
    actions.how_complete,
    actions.ask_has_way_out,
    actions.options_distinct,
    words.cites_exist,
    words.speaking_steps_cite,
    words.no_secrets,
    words.no_phone_numbers,
    words.values_exist,
)


def lint_flows(
    flowset: FlowSet,
    specs: Mapping[str, ProbeSpec],
    causes: Iterable[str],
    values: Collection[str] | None = None,
) -> tuple[LintProblem, ...]:
    """Every problem of every flow, in the order of files and lines.

    ``specs`` are the probes, ``causes`` the cause ids that may be named, ``values`` the named values that
    a diagnosis gives (None: not checked).
    """
    known = None if values is None else frozenset(values)
    world = World(flowset, specs, frozenset(causes), known)
    problems = (
        problem for file in flowset.files.values() for rule in RULES for problem in rule(Subject(file, world))
    )
    return tuple(sorted(set(problems)))
