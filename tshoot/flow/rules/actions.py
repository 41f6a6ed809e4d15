"""Rules about what a person is told to do (flow-anchors.md, b4: F307, F501)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tshoot.flow.graph import EXHAUSTED, CheckStep, step_edges
from tshoot.flow.model import AddressStep, AskInstead, AskStep, DoStep, EndStep, InsteadOption, Option, Step
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.lookalike.model import OUTCOMES
from tshoot.names import did_you_mean

VARIANTS = frozenset({"windows", "macos", "linux", "phone", "other"})
"""Systems that ``how`` may have a list for; any answer's id that a flow remembers is allowed too."""


def fix_is_verified(subject: Subject) -> Iterator[LintProblem]:
    """No way leads from a done ``do`` to ``end: resolved`` past every ``verify``."""
    steps = {step.id: step for step in subject.flow.steps}
    for step in subject.flow.steps:
        if isinstance(step, DoStep):
            end = _unverified_end(step, steps)
            if end is not None:
                message = f"After '{step.id}' the flow can end as resolved at '{end}' without a check."
                yield subject.at(step, "fix-unverified", message, "lead 'done' to a 'verify'", "then", "done")


def _unverified_end(step: DoStep, steps: Mapping[str, Step]) -> str | None:
    todo, seen = [step.then.done], set[str]()
    while todo:
        here = steps.get(todo.pop())
        if here is None or here.id in seen or isinstance(here, CheckStep):
            continue
        seen.add(here.id)
        if isinstance(here, EndStep) and here.end == "resolved":
            return here.id
        todo += [edge.target for edge in step_edges(here)]
    return None


def destructive_is_last(subject: Subject) -> Iterator[LintProblem]:
    """A destructive action says what is lost, and a person or a measurement comes before it."""
    for step in subject.flow.steps:
        if isinstance(step, DoStep) and step.risk == "destructive":
            if not step.loses:
                message = f"'{step.id}' can't be undone and doesn't say what is lost."
                yield subject.at(step, "destructive-loses", message, "add 'loses'", "risk")
            if _nothing_before(step, subject):
                message = f"'{step.id}' can't be undone and can be the first thing asked of a person."
                hint = "try what can be undone first, and lead here only from its 'verify'"
                yield subject.at(step, "destructive-first", message, hint, "risk")


def destructive_is_confirmed(subject: Subject) -> Iterator[LintProblem]:
    """A question comes right before every destructive action."""
    for source, ways in subject.ways.items():
        for edge in ways:
            target = subject.steps[edge.target]
            confirmed = isinstance(subject.steps[source], AskStep) and edge.label != EXHAUSTED
            if isinstance(target, DoStep) and target.risk == "destructive" and not confirmed:
                message = f"'{source}' leads to '{target.id}', which can't be undone, without a question."
                hint = "ask first, with what is lost; lead here only from the answer that says yes"
                yield subject.at(target, "destructive-confirm", message, hint, "risk")


def _nothing_before(target: DoStep, subject: Subject) -> bool:
    """True where a way from the start reaches the step without a check after a milder action."""
    steps = {step.id: step for step in subject.flow.steps}
    todo, seen = [subject.flow.start], set[str]()
    while todo:
        here = steps.get(todo.pop())
        if here is target:
            return True
        if here is None or here.id in seen or isinstance(here, CheckStep):
            continue
        seen.add(here.id)
        todo += [edge.target for edge in step_edges(here) if edge.label != EXHAUSTED]
    return False


def undo_given(subject: Subject) -> Iterator[LintProblem]:
    """A reversible action says how to undo it."""
    for step in subject.flow.steps:
        if isinstance(step, DoStep) and step.risk == "reversible" and not step.undo:
            message = f"'{step.id}' is reversible and doesn't say how to undo it."
            yield subject.at(step, "undo-missing", message, "add 'undo'", "risk")


def how_complete(subject: Subject) -> Iterator[LintProblem]:
    """Instructions by system have an ``other`` list, and no empty one."""
    answers = {answer for known in subject.world.facts.values() for answer in known}
    for step in subject.flow.steps:
        if not isinstance(step, DoStep):
            continue
        lists = step.how if isinstance(step.how, dict) else {"": step.how}
        if isinstance(step.how, dict) and "other" not in step.how:
            message = f"'{step.id}' has nothing for other systems."
            yield subject.at(step, "how-other", message, "add a list 'other'", "how")
        for name, how in lists.items():
            if not how:
                message = f"'{step.id}' has an empty list of actions."
                yield subject.at(step, "how-empty", message, "write at least one", "how", name)
            if name and name not in VARIANTS | answers:
                message = f"No system or remembered answer is called '{name}'."
                hint = did_you_mean(name, VARIANTS)
                yield subject.at(step, "how-variant", message, hint, "how", name)


def ask_has_way_out(subject: Subject) -> Iterator[LintProblem]:
    """A question has an answer for people who don't know or can't do it now (warning)."""
    for step in subject.flow.steps:
        if isinstance(step, AskStep | AddressStep) and not any(
            _gives_way(option.id, option.label) for option in step.options
        ):
            message = f"'{step.id}' has no answer for somebody who doesn't know."
            yield subject.warn(step, "ask-way-out", message, "add an option 'Not sure'", "options")


def _gives_way(option: str, label: str) -> bool:
    words = label.lower().replace("’", "'")
    return option in {"unsure", "cannot"} or any(
        part in words for part in ("not sure", "don't know", "can't", "cannot", "no idea")
    )


def options_distinct(subject: Subject) -> Iterator[LintProblem]:
    """The answers to one question differ in id and in label; none has the name of a judgement."""
    for step in subject.flow.steps:
        if isinstance(step, AskStep | AddressStep):
            yield from _twice(subject, step, step.options, ("options",))
        instead: AskInstead | None = getattr(step, "ask_instead", None)
        if instead is not None:
            yield from _twice(subject, step, instead.options, ("ask_instead", "options"))


def _twice(
    subject: Subject, step: Step, options: Sequence[Option | InsteadOption], place: tuple[str, ...]
) -> Iterator[LintProblem]:
    seen = set[str](OUTCOMES if isinstance(step, AddressStep) else ())
    for index, option in enumerate(options):
        names = {option.id, option.label.lower()}
        if names & seen:
            message = f"Two answers to '{step.id}' are '{min(names & seen)}'."
            hint = "give each an id and a label of its own"
            yield subject.at(step, "option-duplicate", message, hint, *place, index)
        seen |= names
