"""The path in words: one short line for each step that was taken, and where one can go back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tshoot.flow.model import (
    AddressStep,
    AskStep,
    DiagnoseStep,
    DoStep,
    ProbeStep,
    Step,
    VerifyStep,
    WaitStep,
    WatchStep,
)
from tshoot.guide.engine import Engine
from tshoot.guide.model import Taken
from tshoot.guide.state import was_answered
from tshoot.guide.words import cause_words, outcome_words
from tshoot.lookalike.model import OUTCOME_WORDS

_WATCHED = {"seen": "back", "not_seen": "not back", "cannot_tell": "stopped by hand"}
"""How a watch ended, by the way it took."""


@dataclass(frozen=True, slots=True)
class PathLine:
    """One line: what was taken, the question it answers (empty where it answers none), and its place in the
    transcript where the person can go back to it (None: nobody was asked).
    """

    text: str
    question: str = ""
    position: int | None = None


def path_lines(engine: Engine, transcript: Sequence[Taken]) -> Iterator[PathLine]:
    """What was checked, answered and done, in order; silent steps and notices are left out."""
    before = ""
    for place, taken in enumerate(transcript):
        step = engine.step(taken.flow, taken.step)
        line = "" if taken.value == "exhausted" else _line(step, taken)
        # A used flow often begins with the check that has just been made.
        if line and line != before:
            asked = was_answered(taken)
            yield PathLine(line, _question(step) if asked else "", place if asked else None)
        before = line or before


def _question(step: Step) -> str:
    if isinstance(step, AskStep):
        return step.ask
    if isinstance(step, AddressStep):
        return step.address
    instead = getattr(step, "ask_instead", None)
    return instead.ask if instead is not None else ""


def _line(step: Step, taken: Taken) -> str:
    if isinstance(step, AddressStep) and taken.value in OUTCOME_WORDS:
        return f"Address: {taken.values.get('host') or OUTCOME_WORDS[taken.value]}"
    if isinstance(step, AskStep | AddressStep):
        return taken.detail
    if isinstance(step, DoStep):
        return step.do if taken.value == "done" else f"Not now: {step.do}"
    if isinstance(step, DiagnoseStep) or (isinstance(step, VerifyStep) and step.verify.diagnose):
        return f"Checked: {cause_words(taken.value)}"
    if isinstance(step, ProbeStep | VerifyStep):
        probe = step.probe if isinstance(step, ProbeStep) else step.verify.probe
        return f"Checked {_named(probe)}: {outcome_words(taken.value, probe or '')}"
    if isinstance(step, WatchStep):
        return f"Watched {_named(step.watch.probe)}: {_WATCHED.get(taken.value, '')}"
    if isinstance(step, WaitStep):
        return "Waited"
    return ""


def _named(probe: str | None) -> str:
    """The probe's title as it reads within a sentence; its name where there is no such probe any more."""
    from tshoot.probes.registry import PROBES, load

    if probe is None or probe not in PROBES:
        return (probe or "").replace("_", " ")
    title = load(probe).SPEC.title
    return title if title[1:2].isupper() else title[0].lower() + title[1:]
