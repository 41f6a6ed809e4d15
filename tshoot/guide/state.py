"""Where a session stands: everything the engine knows, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tshoot.guide.model import Effect, Taken

BATTERY = "*"
"""The key of the whole battery among what was measured; a probe's is its name."""

PROMPTED = frozenset({"ask", "address", "do", "wait", "tell"})
MEASURED = frozenset({"probe", "diagnose", "verify", "watch"})
"""The kinds of step that ask a person, and those that measure (or ask instead)."""

StepKey = tuple[str, str]
"""A step within its flow: flow id, step id."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow being walked. ``call`` numbers the uses of flows in a session, from 0."""

    flow: str
    step: str
    call: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known this session.

    ``call`` is the call of a flow that found it out (None: known from the start); ``label`` how it
    reads in a text, empty where it has no words.
    """

    value: str
    call: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A session at one moment. Never changed, only replaced; compare with ``==``.

    ``stack`` holds the flows in use, the innermost last. ``met`` counts how often a step was entered,
    ``measured`` maps a measurement to the epoch it was made in, ``epoch`` counts the actions done
    and the pauses made.
    ``suggestions`` are answers given before the person went back. ``pending`` is what the engine wants.
    """

    flow: str
    known: Mapping[str, str]
    stack: tuple[Frame, ...] = ()
    calls: int = 0
    facts: Mapping[str, Fact] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    transcript: tuple[Taken, ...] = ()
    met: Mapping[StepKey, int] = field(default_factory=dict)
    measured: Mapping[str, int] = field(default_factory=dict)
    epoch: int = 0
    suggestions: Mapping[StepKey, tuple[str, ...]] = field(default_factory=dict)
    pending: Effect | None = None

    @property
    def frame(self) -> Frame:
        """The flow being walked right now."""
        return self.stack[-1]

    @property
    def cause(self) -> str | None:
        """The cause that this session is about: the last one found that is a trouble, else the last word.

        So a trouble that was fixed keeps its name although the check after the fix says ``none``.
        """
        found = [taken.outcomes["cause"] for taken in self.transcript if "cause" in taken.outcomes]
        troubles = [cause for cause in found if cause not in {"none", "unknown"}]
        return next(reversed(troubles or found), None)

    def prompts(self) -> tuple[int, ...]:
        """The places of the transcript one can go back to: where somebody answered something."""
        return tuple(place for place, taken in enumerate(self.transcript) if was_answered(taken))

    def last_outcome(self, probe: str | None) -> str | None:
        """How a probe ended last (None: the battery's headline); None where it was never measured."""
        name = probe or "cause"
        found = (taken.outcomes[name] for taken in reversed(self.transcript) if name in taken.outcomes)
        return next(found, None)

    def texts(self) -> Mapping[str, str]:
        """The named values that a text may use: measured values, and the words of earlier answers."""
        labels = {name: fact.label for name, fact in self.facts.items() if fact.label}
        return {**labels, **self.values}


def measure_key(probe: str | None, params: Mapping[str, str]) -> str:
    """The name under which a measurement is remembered; other parameters make another measurement."""
    if probe is None:
        return BATTERY
    given = ",".join(f"{name}={value}" for name, value in sorted(params.items()))
    return f"{probe}?{given}" if given else probe


def was_answered(taken: Taken) -> bool:
    """True where somebody answered; not where the engine or a probe did."""
    if taken.kind in PROMPTED:
        return taken.by != "default"
    return taken.kind in MEASURED and taken.by in {"person", "answers"}
