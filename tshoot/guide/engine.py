"""Walks flows: ``state + event → state + effect``. No clock, no I/O, no asyncio.

The same events always give the same transcript, whoever sends them. Steps that need nobody (``decide``,
``use``, the end of a used flow, a question already answered) are walked at once and recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from tshoot.diagnosis.facts import FACTS
from tshoot.flow.headlines import diagnosis_way
from tshoot.flow.model import (
    AddressStep,
    AskStep,
    DecideStep,
    DiagnoseStep,
    DoStep,
    EndStep,
    Flow,
    ProbeStep,
    Step,
    TellStep,
    UseStep,
    VerifyStep,
    WaitStep,
    WatchStep,
    kind_of,
)
from tshoot.guide import effects
from tshoot.guide.errors import EndlessFlow, UnknownChoice, UnknownFlow, Unrouted, WrongStep
from tshoot.guide.history import go_back
from tshoot.guide.model import (
    By,
    Chosen,
    Effect,
    Event,
    Finish,
    Judged,
    Measure,
    Measured,
    Prompt,
    Taken,
    Watch,
    WentBack,
)
from tshoot.guide.routes import decided, probe_way, verify_way, watch_result, watch_way
from tshoot.guide.state import BATTERY, Fact, Frame, State, measure_key
from tshoot.lookalike.model import ADDRESS_DOMAIN, ADDRESS_SAYS, OUTCOMES

LONGEST_SILENT_WALK = 500
"""Steps walked without asking or measuring before a flow counts as endless; far above any real one."""
DEEPEST_USE = 16
"""How deep flows may use flows; the linter forbids circles, this stops one that slipped through."""


@dataclass(frozen=True, slots=True)
class _Go:
    """Walk on at this step of the innermost flow."""

    step: str


_Move = tuple[State, Effect | _Go]


class Engine:
    """Walks the flows given. ``variant`` is the operating system: windows, macos or linux."""

    def __init__(self, flows: Mapping[str, Flow], variant: str) -> None:
        self.flows = flows
        self.variant = variant
        self._steps: dict[str, dict[str, Step]] = {}

    def start(self, flow_id: str, known: Mapping[str, str] | None = None) -> tuple[State, Effect]:
        """A new session at the flow's start. ``known`` are facts given from outside (service …).

        Raises :class:`UnknownFlow`.
        """
        given = {"os": self.variant, **(known or {})}
        facts = {name: Fact(value) for name, value in given.items()}
        state = State(flow=flow_id, known=given, facts=facts)
        return self._walk(*self._open(state, flow_id))

    def handle(self, state: State, event: Event) -> tuple[State, Effect]:
        """The state after ``event``, and what is wanted next. Raises :class:`EngineError`.

        Choosing to come back later at a pause changes nothing: the session stands there.
        """
        if isinstance(event, WentBack):
            return go_back(self, state, event.position)
        if isinstance(event, Chosen):
            return self._chosen(state, event)
        if isinstance(event, Judged):
            return self._judged(state, event)
        return self._measured(state, event)

    def step(self, flow_id: str, step_id: str) -> Step:
        """One step of a flow. Raises :class:`UnknownFlow`."""
        if flow_id not in self._steps:
            self._steps[flow_id] = {step.id: step for step in self._flow(flow_id).steps}
        if step_id not in self._steps[flow_id]:
            raise UnknownFlow(f"The flow '{flow_id}' has no step '{step_id}'.")
        return self._steps[flow_id][step_id]

    def _flow(self, flow_id: str) -> Flow:
        if flow_id not in self.flows:
            raise UnknownFlow(f"There is no flow '{flow_id}'.")
        return self.flows[flow_id]

    def _chosen(self, state: State, event: Chosen) -> tuple[State, Effect]:
        prompt = _waiting_prompt(state, event)
        choice = next((choice for choice in prompt.choices if choice.id == event.choice), None)
        if choice is None:
            allowed = ", ".join(choice.id for choice in prompt.choices)
            raise UnknownChoice(f"'{event.choice}' is no answer to '{event.step}'. Known: {allowed}.")
        if prompt.kind == "wait" and choice.id == effects.LATER:
            return state, prompt
        state = _without_first_suggestion(state, prompt)
        step = self.step(prompt.flow, prompt.step)
        if prompt.kind == "instead":
            return self._answered_instead(state, cast(effects.MeasureStep, step), event, choice.label)
        state = _record(state, step, choice.id, event.by, choice.label)
        return self._walk(_answered(state, step, choice.id, choice.label), _after_choice(step, choice.id))

    def _judged(self, state: State, event: Judged) -> tuple[State, Effect]:
        prompt = state.pending
        if not isinstance(prompt, Prompt) or prompt.kind != "address" or prompt.step != event.step:
            raise WrongStep(f"No address is wanted for '{event.step}'.")
        step = cast(AddressStep, self.step(prompt.flow, prompt.step))
        if event.outcome not in OUTCOMES:
            raise Unrouted(f"An address is never judged as '{event.outcome}'.")
        state = _without_first_suggestion(state, prompt)
        why = {"reason": event.reason, "domain": event.domain, "host": event.host}
        state = _record(state, step, event.outcome, event.by, event.says, values=why)
        return self._walk(_with_address(state, step, event), _Go(getattr(step.on, event.outcome)))

    def _answered_instead(
        self, state: State, step: effects.MeasureStep, event: Chosen, label: str
    ) -> tuple[State, Effect]:
        options = step.ask_instead.options if step.ask_instead else ()
        outcome = next(option.outcome for option in options if option.id == event.choice)
        return self._measured(state, Measured(step.id, outcome, label, event.by))

    def _measured(self, state: State, event: Measured) -> tuple[State, Effect]:
        wanted = state.pending
        if not isinstance(wanted, Measure) or wanted.step != event.step:
            raise WrongStep(f"No measurement is wanted for '{event.step}'.")
        step = cast(effects.MeasureStep, self.step(wanted.flow, wanted.step))
        way = _after_measure(step, event.outcome)
        outcomes = {**event.outcomes, (wanted.probe or "cause"): event.outcome}
        value = watch_result(event.outcome, step) if isinstance(step, WatchStep) else event.outcome
        state = _record(state, step, value, event.by, event.detail, values=event.values, outcomes=outcomes)
        return self._walk(_known_from(state, wanted, event.values, outcomes), _Go(way))

    def _open(self, state: State, flow_id: str) -> tuple[State, _Go]:
        start = self._flow(flow_id).start
        frame = Frame(flow_id, start, state.calls)
        return replace(state, stack=(*state.stack, frame), calls=state.calls + 1), _Go(start)

    def _walk(self, state: State, move: Effect | _Go) -> tuple[State, Effect]:
        for _ in range(LONGEST_SILENT_WALK):
            if not isinstance(move, _Go):
                return replace(state, pending=move), move
            state, move = self._enter(state, move.step)
        raise EndlessFlow(f"The flow '{state.frame.flow}' leads in a circle at '{state.frame.step}'.")

    def _enter(self, state: State, step_id: str) -> _Move:
        flow_id = state.frame.flow
        step = self.step(flow_id, step_id)
        state = replace(state, stack=(*state.stack[:-1], replace(state.frame, step=step_id)))
        times = state.met.get((flow_id, step_id), 0)
        if step.at_most is not None and times >= step.at_most and step.exhausted is not None:
            return _record(state, step, "exhausted", "default"), _Go(step.exhausted)
        state = replace(state, met={**state.met, (flow_id, step_id): times + 1})
        return _ENTER[type(step)](self, state, step)

    def _enter_speaking(self, state: State, step: Step) -> _Move:
        return state, effects.wanted_by(step, state, self.variant)

    def _enter_ask(self, state: State, step: AskStep) -> _Move:
        answer = _answer_known(state, step)
        if answer is None:
            return self._enter_speaking(state, step)
        label = next(option.label for option in step.options if option.id == answer)
        return _record(state, step, answer, "default", label), _after_choice(step, answer)

    def _enter_decide(self, state: State, step: DecideStep) -> _Move:
        facts = {name: fact.value for name, fact in state.facts.items()}
        case, way = decided(step, {**state.values, **facts})
        return _record(state, step, case, "default"), _Go(way)

    def _enter_use(self, state: State, step: UseStep) -> _Move:
        if len(state.stack) >= DEEPEST_USE:
            raise EndlessFlow(f"Flows use each other more than {DEEPEST_USE} deep at '{step.id}'.")
        return self._open(_record(state, step, step.use, "default"), step.use)

    def _enter_end(self, state: State, step: EndStep) -> _Move:
        if len(state.stack) == 1:
            return state, self._finish(step, state)
        result = step.returns or step.end
        outer = state.stack[-2]
        way = cast(UseStep, self.step(outer.flow, outer.step)).on.get(result)
        if way is None:  # the using flow has no plan for this end: then it is the end of all
            return state, self._finish(step, state)
        state = _record(state, step, result, "default")
        return replace(state, stack=state.stack[:-1]), _Go(way)

    def _finish(self, step: EndStep, state: State) -> Finish:
        """The end; without words of its own, and reached straight from a used flow's end, that one's."""
        if step.say is None:
            for taken in reversed(state.transcript):
                inner = self.step(taken.flow, taken.step)
                if not isinstance(inner, EndStep):
                    break
                if inner.say is not None:
                    spoken = replace(effects.finish_effect(inner, state), flow=taken.flow)
                    return replace(spoken, outcome=step.end)
        return effects.finish_effect(step, state)


_ENTER: Mapping[type[Step], Callable[[Engine, State, Any], _Move]] = {
    AskStep: Engine._enter_ask,
    AddressStep: Engine._enter_speaking,
    DoStep: Engine._enter_speaking,
    TellStep: Engine._enter_speaking,
    ProbeStep: Engine._enter_speaking,
    DiagnoseStep: Engine._enter_speaking,
    VerifyStep: Engine._enter_speaking,
    WatchStep: Engine._enter_speaking,
    WaitStep: Engine._enter_speaking,
    DecideStep: Engine._enter_decide,
    UseStep: Engine._enter_use,
    EndStep: Engine._enter_end,
}


def _waiting_prompt(state: State, event: Chosen) -> Prompt:
    wanted = state.pending
    prompt = wanted.instead if isinstance(wanted, Measure) else wanted
    if isinstance(wanted, Watch) and not _offers(wanted.instead, event.choice):
        prompt = wanted.leave
    if not isinstance(prompt, Prompt) or prompt.step != event.step:
        where = "at the end" if isinstance(wanted, Finish) else f"at '{wanted.step if wanted else ''}'"
        raise WrongStep(f"No answer is wanted for '{event.step}'; the session is {where}.")
    return prompt


def _offers(prompt: Prompt | None, wanted: str) -> bool:
    return prompt is not None and any(choice.id == wanted for choice in prompt.choices)


def _after_choice(step: Step, choice: str) -> _Go:
    if isinstance(step, AskStep | AddressStep):
        return _Go(next(option.then for option in step.options if option.id == choice))
    if isinstance(step, DoStep):
        return _Go(step.then.done if choice == effects.DONE else step.then.cannot)
    if isinstance(step, WatchStep):
        return _Go(watch_way(choice, step))
    return _Go(cast(TellStep | WaitStep, step).then)


def _after_measure(step: effects.MeasureStep, outcome: str) -> str:
    if isinstance(step, ProbeStep):
        return probe_way(outcome, step.on, step.id)
    if isinstance(step, DiagnoseStep):
        return diagnosis_way(outcome, step.on, step.else_)
    if isinstance(step, WatchStep):
        return watch_way(watch_result(outcome, step), step)
    return verify_way(outcome, step)


def _answered(state: State, step: Step, choice: str, label: str) -> State:
    """The facts after an answer; an action done or a pause makes what was measured before it stale."""
    if isinstance(step, DoStep | WaitStep):
        return replace(state, epoch=state.epoch + int(choice in {effects.DONE, effects.GO_ON}))
    if not isinstance(step, AskStep | AddressStep):
        return state
    if isinstance(step, AddressStep):
        state = _without_facts(state, ADDRESS_DOMAIN, ADDRESS_SAYS)
    return _with_answer(state, step, choice, label)


def _with_answer(state: State, step: AskStep | AddressStep, answer: str, label: str) -> State:
    name = step.remember or step.id
    # Set anew, so that the latest answer stands last.
    others = _without_facts(state, name).facts
    return replace(state, facts={**others, name: Fact(answer, state.frame.call, label)})


def _with_address(state: State, step: AddressStep, event: Judged) -> State:
    """The facts after an address: the judgement, what it says, and the domain where it is official."""
    state = _with_answer(_without_facts(state, ADDRESS_DOMAIN, ADDRESS_SAYS), step, event.outcome, "")
    found = {ADDRESS_SAYS: Fact(event.reason, state.frame.call, event.says)}
    if event.outcome == "official":
        found[ADDRESS_DOMAIN] = Fact(event.domain, state.frame.call, event.domain)
    return replace(state, facts={**state.facts, **found})


def _without_facts(state: State, *names: str) -> State:
    return replace(state, facts={key: fact for key, fact in state.facts.items() if key not in names})


def _known_from(
    state: State, wanted: Measure, values: Mapping[str, str], outcomes: Mapping[str, str]
) -> State:
    told = {name: value for name, value in values.items() if name in FACTS and value}
    found = {name: Fact(value, state.frame.call) for name, value in {**outcomes, **told}.items()}
    keys = {measure_key(wanted.probe, wanted.params), *(name for name in outcomes if name != "cause")}
    if wanted.probe is None:
        keys.add(BATTERY)
    # A new diagnosis takes the place of the old one, with all its words.
    older = state.values if wanted.probe else {}
    return replace(
        state,
        facts={**state.facts, **found},
        values={**older, **{name: value for name, value in values.items() if value}},
        measured={**state.measured, **dict.fromkeys(keys, state.epoch)},
    )


def _answer_known(state: State, step: AskStep) -> str | None:
    """The answer given in another flow of this session (or known from the start), where it fits here.

    Met again in the same flow the question is meant, and is asked.
    """
    fact = state.facts.get(step.remember) if step.remember else None
    if fact is None or fact.call == state.frame.call:
        return None
    return next((option.id for option in step.options if option.id == fact.value), None)


def _record(
    state: State,
    step: Step,
    value: str,
    by: By,
    detail: str = "",
    *,
    values: Mapping[str, str] | None = None,
    outcomes: Mapping[str, str] | None = None,
) -> State:
    taken = Taken(
        state.frame.flow, step.id, kind_of(step), value, by, detail, dict(values or {}), dict(outcomes or {})
    )
    return replace(state, transcript=(*state.transcript, taken))


def _without_first_suggestion(state: State, prompt: Prompt) -> State:
    key = (prompt.flow, prompt.step)
    left = state.suggestions.get(key, ())[1:]
    others = {name: choices for name, choices in state.suggestions.items() if name != key}
    return replace(state, suggestions={**others, key: left} if left else others)
