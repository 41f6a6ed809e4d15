"""The path in words: one short line for each step that was taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from tshoot.guide.words import cause_words, outcome_words
from tshoot.lookalike.model import OUTCOME_WORDS


def path_lines(engine: Engine, transcript: Sequence[Taken]) -> Iterator[str]:
    """What was checked, answered and done, in order; silent steps and notices are left out."""
    before = ""
    for taken in transcript:
        line = "" if taken.value == "exhausted" else _line(engine.step(taken.flow, taken.step), taken)
        # A used flow often begins with the check that has just been made.
        if line and line != before:
            yield line
        before = line or before


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
        return f"Checked {probe}: {outcome_words(taken.value)}"
    if isinstance(step, WatchStep):
        return f"Watched {step.watch.probe}: {outcome_words(taken.value)}"
    if isinstance(step, WaitStep):
        return "Waited"
    return ""
