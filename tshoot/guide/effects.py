"""What a step wants, with its texts filled in: a prompt, a measurement, or the end."""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.catalog.services import NAMED
from tshoot.flow.model import (
    AddressStep,
    AskInstead,
    AskStep,
    DiagnoseStep,
    DoStep,
    EndStep,
    ProbeStep,
    Step,
    TellStep,
    VerifyStep,
    WaitStep,
    WatchStep,
)
from tshoot.guide.model import Choice, Effect, Finish, Measure, Prompt, PromptKind, Watch
from tshoot.guide.state import Fact, State, measure_key
from tshoot.guide.words import fill

MeasureStep = ProbeStep | DiagnoseStep | VerifyStep | WatchStep

DONE, CANNOT, NEXT = "done", "cannot", "next"
GO_ON, LATER = "go-on", "later"
SEEN, NOT_SEEN, CANNOT_TELL = "seen", "not_seen", "cannot_tell"
DO_CHOICES = (Choice(DONE, "I have done this"), Choice(CANNOT, "I cannot do this now"))
TELL_CHOICES = (Choice(NEXT, "Go on"),)
WAIT_CHOICES = (Choice(GO_ON, "I have waited, go on"), Choice(LATER, "I will come back later"))
LEAVE_CHOICES = (Choice(SEEN, "I can see that it is back"), Choice(CANNOT_TELL, "Stop watching and go on"))
"""The ways out of a watch that a person can take by hand; each has the name of its way."""

_END_WORDS = {
    "resolved": "This is solved.",
    "unresolved": "This is not solved yet.",
    "handed_over": "Somebody else can help from here.",
    "not_applicable": "Nothing was found here that needs a fix.",
    "stopped_for_safety": "We stop here, to be on the safe side.",
}


def wanted_by(step: Step, state: State, variant: str) -> Effect:
    """What a step wants that asks, shows or measures. Raises TypeError for a step that does neither."""
    if isinstance(step, AskStep):
        return ask_prompt(step, state)
    if isinstance(step, AddressStep):
        return address_prompt(step, state)
    if isinstance(step, DoStep):
        return do_prompt(step, state, variant)
    if isinstance(step, TellStep):
        return tell_prompt(step, state)
    if isinstance(step, WaitStep):
        return wait_prompt(step, state)
    if isinstance(step, WatchStep):
        return watch_effect(step, state)
    if isinstance(step, MeasureStep):
        return measure_effect(step, state)
    raise TypeError(f"'{step.id}' wants nothing")


def ask_prompt(step: AskStep, state: State) -> Prompt:
    """The question with its options."""
    choices = tuple(Choice(option.id, fill(option.label, state.texts())) for option in step.options)
    return _prompt("ask", step, state, step.ask, step.say or "", choices)


def address_prompt(step: AddressStep, state: State) -> Prompt:
    """The address that is wanted, with the options for people who can't give it."""
    choices = tuple(Choice(option.id, fill(option.label, state.texts())) for option in step.options)
    return _prompt("address", step, state, step.address, step.say or "", choices)


def do_prompt(step: DoStep, state: State, variant: str) -> Prompt:
    """The action, with the instructions for this person's system."""
    texts = state.texts()
    how = how_for(step, variant, {name: fact.value for name, fact in state.facts.items()})
    return _prompt(
        "do",
        step,
        state,
        step.do,
        step.say or "",
        DO_CHOICES,
        instructions=tuple(fill(line, texts) for line in how),
        minutes=step.minutes,
        risk=step.risk,
        loses=fill(step.loses or "", texts),
        undo=fill(step.undo or "", texts),
    )


def tell_prompt(step: TellStep, state: State) -> Prompt:
    """The notice; its title is the flow's business, so it has none."""
    body = "\n\n".join(text for text in (step.say, step.tell) if text)
    return _prompt("tell", step, state, "", body, TELL_CHOICES)


def wait_prompt(step: WaitStep, state: State) -> Prompt:
    """The pause. Only the person knows when it is over, so it names no time."""
    return _prompt("wait", step, state, step.wait, step.say or "", WAIT_CHOICES)


def watch_effect(step: WatchStep, state: State) -> Watch:
    """What to follow until when, and how the person can end it."""
    texts, what = state.texts(), step.watch
    probe, params = aimed_by(step, state.facts)
    return Watch(
        flow=state.frame.flow,
        step=step.id,
        probe=probe,
        params=params,
        fresh=True,
        purpose="watch",
        say=fill(step.say or "", texts),
        why=fill(step.why or "", texts),
        instead=_instead_prompt(step, step.ask_instead, state),
        epoch=state.epoch,
        before=state.last_outcome(what.probe),
        until=what.until,
        gone=what.gone,
        at_most=what.at_most,
        leave=_prompt("watch", step, state, "", step.say or "", LEAVE_CHOICES),
    )


def measure_effect(step: MeasureStep, state: State) -> Measure:
    """What to measure. A check after a fix is always fresh, others where an action came since."""
    probe, params = aimed_by(step, state.facts)
    fixed = tuple(step.verify.fixed) if isinstance(step, VerifyStep) else ()
    is_verify = isinstance(step, VerifyStep)
    stale = state.epoch > 0 and state.measured.get(measure_key(probe, params)) != state.epoch
    return Measure(
        flow=state.frame.flow,
        step=step.id,
        probe=probe,
        params=params,
        fresh=is_verify or stale,
        purpose="verify" if is_verify else "look",
        say=fill(step.say or "", state.texts()),
        why=fill(step.why or "", state.texts()),
        instead=_instead_prompt(step, step.ask_instead, state),
        epoch=state.epoch,
        before=state.last_outcome(probe) if _known(probe, params, state) else None,
        fixed=fixed,
    )


def _known(probe: str | None, params: Mapping[str, str], state: State) -> bool:
    """True unless it was only ever measured with other parameters, such as for another service."""
    return not params or measure_key(probe, params) in state.measured


def finish_effect(step: EndStep, state: State) -> Finish:
    """The end, in words; the cause is the one the flow names, else the one found on the way."""
    texts = state.texts()
    return Finish(
        flow=state.frame.flow,
        step=step.id,
        outcome=step.end,
        cause=step.cause or state.cause,
        summary=fill(step.say, texts) if step.say else _END_WORDS[step.end],
        help=step.help,
        why=fill(step.why or "", texts),
        agent=fill(step.agent or "", texts),
        service=service_of(state.facts),
    )


def service_of(facts: Mapping[str, Fact]) -> str:
    """The service that the session is about: the one that was named, else its own; empty where none is."""
    from tshoot.catalog.services import service_named

    answers = {name: fact.value for name, fact in facts.items()}
    return service_named(answers) or answers.get("service", "")


def measured_by(step: MeasureStep) -> tuple[str | None, dict[str, str]]:
    """The probe and its parameters; None is the whole battery."""
    if isinstance(step, ProbeStep):
        return step.probe, dict(step.with_)
    if isinstance(step, WatchStep):
        return step.watch.probe, dict(step.watch.with_)
    if isinstance(step, VerifyStep) and step.verify.probe is not None:
        return step.verify.probe, dict(step.verify.with_)
    return None, {}


def aimed_by(step: MeasureStep, facts: Mapping[str, Fact]) -> tuple[str | None, dict[str, str]]:
    """As :func:`measured_by`, with the service that the person has named in place of ``named``.

    Where none was named, or it is the session's own, the session's target is measured.
    """
    probe, params = measured_by(step)
    if params.get("target") != NAMED:
        return probe, params
    service, own = service_of(facts), facts.get("service")
    rest = {name: value for name, value in params.items() if name != "target"}
    same = not service or (own is not None and service == own.value)
    return probe, rest if same else {**rest, "target": service}


def how_for(step: DoStep, variant: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The instructions that fit: those an answer names, this system's, ``other``, else the first list.

    Answers go first because they may speak of another device than the one this runs on.
    """
    if not isinstance(step.how, dict):
        return step.how
    answered = [value for value in reversed(list(facts.values())) if value != "other"]
    wanted = [*answered, variant, "other", *step.how]
    return next((step.how[name] for name in wanted if name in step.how), ())


def _instead_prompt(step: MeasureStep, instead: AskInstead | None, state: State) -> Prompt | None:
    if instead is None:
        return None
    choices = tuple(Choice(option.id, fill(option.label, state.texts())) for option in instead.options)
    return _prompt("instead", step, state, instead.ask, "", choices)


def _prompt(
    kind: PromptKind,
    step: Step,
    state: State,
    title: str,
    body: str,
    choices: tuple[Choice, ...],
    *,
    instructions: tuple[str, ...] = (),
    minutes: float | None = None,
    risk: str = "none",
    loses: str = "",
    undo: str = "",
) -> Prompt:
    texts = state.texts()
    flow = state.frame.flow
    earlier = next(iter(state.suggestions.get((flow, step.id), ())), None)
    return Prompt(
        kind=kind,
        flow=flow,
        step=step.id,
        title=fill(title, texts),
        body=fill(body, texts),
        choices=choices,
        why=fill(step.why or "", texts),
        agent=fill(step.agent or "", texts),
        instructions=instructions,
        minutes=minutes,
        risk=risk,
        loses=loses,
        undo=undo,
        earlier=earlier if any(choice.id == earlier for choice in choices) else None,
    )
