"""A flow's own cases: answers and evidence, and the end they lead to (``flows/cases/<flow>.yaml``).

Evidence is a mapping of probe to outcome, with ``cause`` for what a diagnosis finds; a list of them is the
state of things at the start and after each thing done. ``http?target=metro`` is what the probe says of
another service than the session's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tshoot.flow.model import AddressStep, AskStep, Flow
from tshoot.guide.answers import ANY_TEXT, Answers, options_of
from tshoot.guide.effects import DONE, GO_ON, NEXT
from tshoot.guide.engine import Engine
from tshoot.guide.judging import given
from tshoot.guide.model import Chosen, Effect, Event, Finish, Measure, Measured, Prompt
from tshoot.guide.state import State, measure_key
from tshoot.names import did_you_mean
from tshoot.yamldoc import read_document
from tshoot.yamldoc.fields import Fields

FOLDER = "cases"
_LONGEST_CASE = 200
_DEFAULTS = {"do": DONE, "tell": NEXT, "wait": GO_ON}


@dataclass(frozen=True)
class Case:
    """One case. ``end`` is a step id, ``outcome`` that of the end, ``questions`` the most asked."""

    flow: str
    name: str
    end: str
    known: Mapping[str, str]
    evidence: tuple[Mapping[str, str], ...]
    answers: Mapping[str, str | tuple[str, ...]]
    outcome: str = ""
    questions: int | None = None


@dataclass(frozen=True)
class CaseResult:
    """How a case went. ``fault`` says what was not as expected; empty where all was."""

    case: Case
    state: State
    finish: Finish | None
    fault: str = ""


class CaseStuck(Exception):
    """The case gives no answer or no evidence for a step."""


def read_cases(path: Path, flows: Mapping[str, Flow]) -> tuple[Case, ...]:
    """The cases of one file; its name is the flow's id.

    Raises DocumentError with every problem, OSError where the file can't be read.
    """
    top = Fields(read_document(path))
    known = {step.id: options_of(step) for flow in flows.values() for step in flow.steps}
    cases = tuple(_case(path.stem, fields, known) for fields in top.children("cases"))
    if path.stem not in flows:
        top.add("case-flow", f"There is no flow '{path.stem}'.", did_you_mean(path.stem, flows))
    top.finish()
    return cases


def _case(flow: str, fields: Fields, steps: Mapping[str, tuple[str, ...]]) -> Case:
    case = Case(
        flow=flow,
        name=fields.text("name"),
        end=fields.text("end"),
        known=_texts(fields, "known"),
        evidence=tuple(_stages(fields)),
        answers=_answers(fields, steps),
        outcome=fields.text("outcome", ""),
        questions=fields.integer("questions", 0) if fields.has("questions") else None,
    )
    if case.end and case.end not in steps:
        fields.add("case-end", f"There is no step '{case.end}'.", did_you_mean(case.end, steps), ("end",))
    fields.close()
    return case


def _texts(fields: Fields, key: str) -> dict[str, str]:
    return _pairs(fields.child(key)) if fields.has(key) else {}


def _pairs(fields: Fields) -> dict[str, str]:
    return {name: fields.text(name) for name in _raw(fields)}


def _stages(fields: Fields) -> Iterator[Mapping[str, str]]:
    if not fields.has("evidence"):
        yield {}
    elif isinstance(_raw(fields).get("evidence"), list):
        for child in fields.children("evidence"):
            yield _pairs(child)
    else:
        yield _texts(fields, "evidence")


def _answers(fields: Fields, steps: Mapping[str, tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    if not fields.has("answers"):
        return {}
    child, found = fields.child("answers"), dict[str, str | tuple[str, ...]]()
    for step in _raw(child):
        several = isinstance(_raw(child).get(step), list)
        found[step] = child.texts(step) if several else child.text(step)
        given = found[step]
        if step not in steps:
            child.add(
                "case-step", f"There is no step '{step}'.", did_you_mean(step, steps), (step,), of_key=True
            )
            continue
        for answer in given if isinstance(given, tuple) else (given,):
            if answer not in steps[step] and ANY_TEXT not in steps[step]:
                hint = did_you_mean(answer, steps[step])
                child.add("case-answer", f"'{answer}' is no answer to '{step}'.", hint, (step,))
    return found


def _raw(fields: Fields) -> Mapping[str, Any]:
    data: Any = fields.document.data
    for part in fields.path:
        data = data[part]
    return data if isinstance(data, dict) else {}


def run_case(case: Case, flows: Mapping[str, Flow], variant: str = "linux") -> CaseResult:
    """Walk the case with the real engine and compare its end."""
    engine, answers = Engine(flows, variant), Answers(case.answers)
    state, effect = engine.start(case.flow, case.known)
    try:
        for _ in range(_LONGEST_CASE):
            if isinstance(effect, Finish):
                return CaseResult(case, state, effect, _fault(case, state, effect, engine))
            state, effect = engine.handle(state, _event(effect, state, case, answers))
    except CaseStuck as stuck:
        return CaseResult(case, state, None, str(stuck))
    return CaseResult(case, state, None, f"no end after {_LONGEST_CASE} steps")


def _event(effect: Effect, state: State, case: Case, answers: Answers) -> Event:
    if isinstance(effect, Measure):
        return _measured(effect, state, case, answers)
    assert isinstance(effect, Prompt)
    return given(effect, _answer(effect, answers), "answers")


def _answer(prompt: Prompt, answers: Answers) -> str:
    answer = answers.take(prompt.step) or _DEFAULTS.get(prompt.kind)
    if answer is None:
        raise CaseStuck(f"no answer is given for '{prompt.step}' ({prompt.title})")
    return answer


def _measured(wanted: Measure, state: State, case: Case, answers: Answers) -> Event:
    if wanted.instead is not None and wanted.step in answers:
        return Chosen(wanted.step, _answer(wanted.instead, answers), "answers")
    stage = case.evidence[min(state.epoch, len(case.evidence) - 1)]
    outcome = stage.get(measure_key(wanted.probe, wanted.params)) or stage.get(wanted.probe or "cause")
    if outcome is None:
        raise CaseStuck(f"no evidence of '{wanted.probe or 'cause'}' is given for '{wanted.step}'")
    others = {name: found for name, found in stage.items() if name != "cause" and "?" not in name}
    return Measured(wanted.step, outcome, outcomes=others if wanted.probe is None else {})


def _fault(case: Case, state: State, finish: Finish, engine: Engine) -> str:
    if finish.step != case.end:
        return f"it ended at '{finish.step}', not at '{case.end}'"
    if case.outcome and finish.outcome != case.outcome:
        return f"it ended as {finish.outcome}, not as {case.outcome}"
    asked = questions_asked(state, engine)
    if case.questions is not None and asked > case.questions:
        return f"it asked {asked} questions, more than {case.questions}"
    return ""


def questions_asked(state: State, engine: Engine) -> int:
    """The questions that were put to the person: not those that were answered already."""
    return sum(
        taken.by != "default" and isinstance(engine.step(taken.flow, taken.step), AskStep | AddressStep)
        for taken in state.transcript
    )
