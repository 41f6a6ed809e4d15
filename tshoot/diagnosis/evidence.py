"""All the evidence of one battery: what the probes ended in and what follows from their data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tshoot.diagnosis.cause import Conditions
from tshoot.diagnosis.grades import SILENT_OUTCOMES, grade
from tshoot.diagnosis.reading import Results, outcome_of
from tshoot.diagnosis.signals import SIGNALS


class Evidence:
    """Results with their signals; signals are computed once. Never raises on odd data.

    ``told`` are signals as somebody else computed them, from data that are not here or are no longer whole
    (a redacted file, a spoken code). They count instead; what is no outcome of its signal does not.
    """

    def __init__(self, results: Results, host: str, told: Mapping[str, str] | None = None) -> None:
        self.results, self.host = results, host
        self._told = told or {}

    @cached_property
    def signals(self) -> dict[str, str]:
        """Every signal's outcome."""
        return {
            name: self._told[name]
            if self._told.get(name) in signal.outcomes
            else signal.compute(self.results, self.host)
            for name, signal in SIGNALS.items()
        }

    @property
    def measured(self) -> bool:
        """True where at least one probe says something about the network or this computer."""
        return any(result.outcome not in SILENT_OUTCOMES for result in self.results.values())

    def outcome(self, name: str) -> str | None:
        """The outcome of a probe or signal; None for a probe that was not run."""
        return self.signals[name] if name in SIGNALS else outcome_of(self.results, name)

    def fitting(self, conditions: Conditions) -> tuple[str, ...]:
        """The probes and signals whose outcome fits their condition."""
        return tuple(name for name, outcomes in conditions.items() if self.outcome(name) in outcomes)

    def in_trouble(self, probe: str) -> bool:
        """True where the probe ended in a shortfall or a fault."""
        return grade(probe, outcome_of(self.results, probe)) in ("warn", "bad")

    def line(self, probe: str) -> str:
        """The evidence as one line: ``probe: outcome (figures)``."""
        result = self.results[probe]
        return f"{probe}: {result.outcome}" + (f" ({result.detail})" if result.detail else "")
