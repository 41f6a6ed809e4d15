"""What a step of a flow is called, for tickets, notices and the path; also where a flow has changed since."""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.flow.model import Step, WatchStep
from tshoot.flow.titles import own_words
from tshoot.guide.effects import CANNOT, DONE, MeasureStep, measured_by
from tshoot.guide.engine import Engine
from tshoot.guide.errors import UnknownFlow
from tshoot.guide.model import Taken
from tshoot.guide.words import cause_words, fill, outcome_words

_CHOICES = {DONE: "done", CANNOT: "not now"}


def step_of(engine: Engine, flow: str, step: str) -> Step | None:
    """The step; None where the flow no longer has it."""
    try:
        return engine.step(flow, step)
    except UnknownFlow:
        return None


def step_title(engine: Engine, flow: str, step: str, texts: Mapping[str, str] | None = None) -> str:
    """The words of a step: its question, its action, what it measures; its id where it has none."""
    found = step_of(engine, flow, step)
    return fill(_title(found), texts or {}) if found is not None else step


def measure_title(step: Step | None, fallback: str) -> str:
    """What a step that measures looks at."""
    if not isinstance(step, MeasureStep):
        return fallback
    probe, _ = measured_by(step)
    return probe_title(probe)


def probe_title(probe: str | None) -> str:
    """What a probe looks at, as its title says it; None is the whole battery."""
    from tshoot.probes.registry import PROBES, load

    if probe is None:
        return "The whole connection"
    return load(probe).SPEC.title if probe in PROBES else probe


def taken_words(engine: Engine, taken: Taken) -> str:
    """A line of the transcript as one reads it in a notice: what was asked or done, and the answer."""
    step = step_of(engine, taken.flow, taken.step)
    if isinstance(step, MeasureStep) and taken.by == "probe":
        return f"{measure_title(step, taken.step)}: {ending_words(step, taken.value)}"
    answer = taken.detail or _CHOICES.get(taken.value, taken.value)
    return f"{step_title(engine, taken.flow, taken.step)}: {answer}"


def ending_words(step: Step | None, outcome: str) -> str:
    """An outcome in plain words; a headline where the step diagnoses."""
    diagnosed = isinstance(step, MeasureStep) and measured_by(step)[0] is None
    return cause_words(outcome) if diagnosed else outcome_words(outcome)


def _title(step: Step) -> str:
    if isinstance(step, MeasureStep):
        if step.ask_instead:
            return step.ask_instead.ask
        return f"Watching: {measure_title(step, step.id)}" if isinstance(step, WatchStep) else step.id
    return own_words(step) or step.id
