"""The answers file of ``tshoot run --answers`` (contract.md): ``step-id: option-id``, or a list. For an
``address`` it is the address itself.

One answer holds each time its step is met; a list gives one answer for each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tshoot.flow.model import (
    AddressStep,
    AskStep,
    DiagnoseStep,
    DoStep,
    Flow,
    ProbeStep,
    Step,
    TellStep,
    VerifyStep,
    WaitStep,
    WatchStep,
    kind_of,
)
from tshoot.guide.effects import CANNOT, DONE, GO_ON, LATER, LEAVE_CHOICES, NEXT
from tshoot.guide.evidence import Answer, Evidence, Told
from tshoot.guide.model import Measure, Watch
from tshoot.names import did_you_mean, nearest_name
from tshoot.yamldoc import Document, DocumentError, Problem, read_document

ANY_TEXT = "*"
"""Among the answers to a step: any text will do, as for an address."""


class Answers:
    """Answers by step. Handing one out uses up that of a list."""

    def __init__(self, given: Mapping[str, str | tuple[str, ...]]) -> None:
        self._given = dict(given)

    def __contains__(self, step: str) -> bool:
        return bool(self._given.get(step))

    def next(self, step: str) -> str | None:
        """The next answer for ``step``, left where it is."""
        answer = self._given.get(step)
        if not isinstance(answer, tuple):
            return answer
        return answer[0] if answer else None

    def take(self, step: str) -> str | None:
        """The next answer for ``step``; None where there is none (any more)."""
        answer, given = self.next(step), self._given.get(step)
        if isinstance(given, tuple):
            self._given[step] = given[1:]
        return answer


class AnsweredFirst:
    """Evidence where an answer given for a measurement takes its place."""

    def __init__(self, evidence: Evidence, answers: Answers) -> None:
        self._evidence, self._answers = evidence, answers

    async def measure(self, wanted: Measure) -> Answer:
        """The question where it has an answer; else what the evidence says."""
        if wanted.instead is not None and wanted.step in self._answers:
            return wanted.instead
        return await self._evidence.measure(wanted)

    async def watch(self, wanted: Watch, told: Told) -> Answer:
        """The prompt that offers the answer: the question instead, or the ways out by hand."""
        answer = self._answers.next(wanted.step)
        for prompt in (wanted.instead, wanted.leave):
            if prompt is not None and any(choice.id == answer for choice in prompt.choices):
                return prompt
        return await self._evidence.watch(wanted, told)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """As the evidence."""
        self._evidence.prefetch(flow, step, epoch)

    async def close(self) -> None:
        """As the evidence."""
        await self._evidence.close()


def read_answers(path: Path, flows: Mapping[str, Flow]) -> Answers:
    """Read an answers file for ``flows`` (the flow and all it uses).

    Raises :class:`DocumentError` with every problem (unknown steps and options with the nearest name),
    OSError if unreadable.
    """
    document = read_document(path)
    if document.data is not None and not isinstance(document.data, dict):
        raise DocumentError([document.problem((), "answers-shape", "Write lines like 'step-id: option-id'.")])
    data: dict[str, Any] = document.data or {}
    allowed = _allowed(flows)
    problems = [
        problem for step, answer in data.items() for problem in _problems(document, step, answer, allowed)
    ]
    if problems:
        raise DocumentError(problems)
    return Answers(
        {step: tuple(answer) if isinstance(answer, list) else answer for step, answer in data.items()}
    )


def options_of(step: Step) -> tuple[str, ...]:
    """What can be answered at a step; empty where nothing is asked. :data:`ANY_TEXT` stands for any text."""
    if isinstance(step, AddressStep):
        return (*(option.id for option in step.options), ANY_TEXT)
    if isinstance(step, AskStep):
        return tuple(option.id for option in step.options)
    if isinstance(step, DoStep):
        return DONE, CANNOT
    if isinstance(step, TellStep):
        return (NEXT,)
    if isinstance(step, WaitStep):
        return GO_ON, LATER
    if not isinstance(step, ProbeStep | DiagnoseStep | VerifyStep | WatchStep):
        return ()
    by_hand = tuple(choice.id for choice in LEAVE_CHOICES) if isinstance(step, WatchStep) else ()
    options = step.ask_instead.options if step.ask_instead else ()
    return tuple(dict.fromkeys((*(option.id for option in options), *by_hand)))


def _allowed(flows: Mapping[str, Flow]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each step's kind and options; a step id that several flows have takes the options of all."""
    allowed: dict[str, tuple[str, tuple[str, ...]]] = {}
    for flow in flows.values():
        for step in flow.steps:
            kind, options = allowed.get(step.id, (kind_of(step), ()))
            allowed[step.id] = kind, tuple(dict.fromkeys((*options, *options_of(step))))
    return allowed


def _problems(
    document: Document, step: str, answer: Any, allowed: Mapping[str, tuple[str, tuple[str, ...]]]
) -> Iterator[Problem]:
    if step not in allowed:
        nearest = nearest_name(step, allowed)
        hint = f"did you mean '{nearest}'?" if nearest else ""
        yield document.problem((step,), "answers-step", f"There is no step '{step}'.", hint, of_key=True)
        return
    kind, options = allowed[step]
    if not options:
        message = f"The step '{step}' ({kind}) asks nothing."
        yield document.problem((step,), "answers-step", message, of_key=True)
        return
    several = answer if isinstance(answer, list) else [answer]
    for place, option in enumerate(several):
        if option not in options and not (ANY_TEXT in options and isinstance(option, str)):
            where = (step, place) if isinstance(answer, list) else (step,)
            message = f"'{option}' is no answer to '{step}'."
            yield document.problem(where, "answers-option", message, did_you_mean(str(option), options))
