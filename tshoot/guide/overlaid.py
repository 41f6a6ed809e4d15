"""The flows that a session runs: the shipped ones, replaced and added to by a person's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tshoot.flow.loader import FlowSet
    from tshoot.flow.model import Flow
    from tshoot.yamldoc.problems import Problem


def load_overlaid(extra: Sequence[Path] = ()) -> Mapping[str, Flow]:
    """Every flow of all folders (:func:`tshoot.paths.flow_folders`) by id, fit to be run.

    Raises DocumentError with every problem, OSError where a folder can't be read.
    """
    from tshoot.flow.loader import load_flows
    from tshoot.paths import flow_folders
    from tshoot.yamldoc.problems import DocumentError

    folders = flow_folders(extra)
    found = load_flows(folders)
    # The shipped ones are proven by the tests: nobody waits for that at every start.
    problems = list(_breaking(found)) if len(folders) > 1 else []
    if problems:
        raise DocumentError(problems)
    return found.flows


def _breaking(flowset: FlowSet) -> Iterator[Problem]:
    """What would stop a session half-way: ways, flows and probes that don't exist, circles without an end."""
    from tshoot.diagnosis.vocabulary import HEADLINES
    from tshoot.flow.rules import evidence, shape, uses
    from tshoot.flow.rules.subject import Subject, World
    from tshoot.probes.registry import specs

    world = World(flowset, specs(), frozenset(HEADLINES), None, None)
    rules = (
        *(shape.file_name, shape.duplicate_steps, shape.start_exists, shape.targets_exist),
        *(shape.caps_complete, shape.circles_capped),
        *(uses.used_flows_exist, uses.returns_without_way, uses.use_goes_not_round),
        *(evidence.probes_exist, evidence.outcomes_routed),
    )
    for file in flowset.files.values():
        subject = Subject(file, world)
        for rule in rules:
            yield from (problem for problem in rule(subject) if problem.severity == "error")
