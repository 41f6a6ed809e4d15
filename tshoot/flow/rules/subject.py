"""What a rule looks at, and what it says about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from tshoot.catalog.advice import AdviceList
from tshoot.flow.graph import Edge, step_edges
from tshoot.flow.loader import FlowFile, FlowSet
from tshoot.flow.model import AddressStep, AskStep, Flow, Step
from tshoot.flow.rules.texts import Said, texts_of
from tshoot.lookalike.model import ADDRESS_DOMAIN, ADDRESS_SAYS, OUTCOMES, Reason
from tshoot.probes.model import ProbeSpec
from tshoot.yamldoc import Problem

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class LintProblem(Problem):
    """A problem that the linter found. A ``warning`` is advice: the flow runs all the same."""

    severity: Severity = "error"


@dataclass(frozen=True)
class Official:
    """What belongs to the services: their domains, phone numbers (ten digits) and ids.

    ``hosts`` are further names and addresses that texts may hold as they are: well-known public servers.
    """

    domains: frozenset[str]
    phones: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class World:
    """Everything a flow may refer to: other flows, probes, causes, named values, addresses, guide items.

    ``values``, ``official`` and ``advice`` may be None: not known, so not checked.
    """

    flows: FlowSet
    specs: Mapping[str, ProbeSpec]
    causes: frozenset[str]
    values: frozenset[str] | None = None
    official: Official | None = None
    advice: AdviceList | None = None

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """Every remembered fact with the answers it can have."""
        found: dict[str, set[str]] = {}
        for file in self.flows.files.values():
            for step in file.flow.steps:
                for name, answers in self._facts_of(step):
                    found.setdefault(name, set()).update(answers)
        return {name: frozenset(answers) for name, answers in found.items()}

    def _facts_of(self, step: Step) -> Iterator[tuple[str, Iterable[str]]]:
        if not isinstance(step, AskStep | AddressStep):
            return
        answers = [option.id for option in step.options]
        if isinstance(step, AddressStep):
            yield ADDRESS_SAYS, get_args(Reason)
            yield ADDRESS_DOMAIN, self.official.domains if self.official else ()
            answers += OUTCOMES
        if step.remember:
            yield step.remember, answers


@dataclass(frozen=True)
class Subject:
    """One flow under the linter."""

    file: FlowFile
    world: World

    @property
    def flow(self) -> Flow:
        """The flow itself."""
        return self.file.flow

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every step's id."""
        return frozenset(step.id for step in self.flow.steps)

    @cached_property
    def said(self) -> tuple[tuple[Step, Said], ...]:
        """Every step with its texts and their places; read once for all rules."""
        return tuple((step, tuple(texts_of(step))) for step in self.flow.steps)

    @cached_property
    def ways(self) -> dict[str, tuple[Edge, ...]]:
        """The ways out of every step, those to missing steps left out."""
        return {
            step.id: tuple(edge for edge in step_edges(step) if edge.target in self.ids)
            for step in self.flow.steps
        }

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by its id."""
        return {step.id: step for step in self.flow.steps}

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(step): index for index, step in enumerate(self.flow.steps)}

    def at_flow(self, rule: str, message: str, hint: str = "", *path: str | int) -> LintProblem:
        """An error at a place of the file."""
        return self._problem(path, rule, message, hint, "error")

    def at(self, step: Step, rule: str, message: str, hint: str = "", *path: str | int) -> LintProblem:
        """An error at a step, or at the value that ``path`` names inside it."""
        return self._problem(self._path(step, path), rule, message, hint, "error")

    def warn(self, step: Step, rule: str, message: str, hint: str = "", *path: str | int) -> LintProblem:
        """A warning, placed as by :meth:`at`."""
        return self._problem(self._path(step, path), rule, message, hint, "warning")

    def _path(self, step: Step, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return ("steps", self._places[id(step)], *(path or ("id",)))

    def _problem(
        self, path: tuple[str | int, ...], rule: str, message: str, hint: str, severity: Severity
    ) -> LintProblem:
        line, column = self.file.document.where(path)
        return LintProblem(self.file.document.file, line, column, rule, message, hint, severity)
