"""Inputs for whole walks: what a person answers and what is measured, in order, for any front alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.guide.effects import LATER
from tshoot.guide.engine import Engine
from tshoot.guide.evidence_made import Setting, events_for
from tshoot.guide.judging import given
from tshoot.guide.model import Chosen, Effect, Event, Finish, Judged, Measure, Measured, Prompt, Watch
from tshoot.guide.setup import load_shipped
from tshoot.probes.registry import specs

FLOWS = load_shipped()
SPECS = specs()
CAUSES = tuple(sorted(HEADLINES))
WALKS = 3
TRIES = 40
LONGEST = 30
"""Events of a walk; longer ones are left out."""
ADDRESSES = {
    "official": "https://account.t-mobile.com/signin",
    "look_alike": "https://account.t-mobi1e.com/signin",
    "other_site": "https://example.org/",
    "short_link": "bit.ly/3abcd",
    "private_address": "https://192.168.12.1/",
    "not_an_address": "my account",
}
"""What is pasted so that it is judged like that."""


@dataclass(frozen=True)
class Inputs:
    """One walk's inputs: the facts it begins with, and what comes at each step."""

    flow: str
    events: tuple[Event, ...]
    known: Mapping[str, str] = field(default_factory=dict)


def walks_of(flow_id: str) -> list[Inputs]:
    """Several walks of a flow, through the flows it uses too, each going where the others did not; and
    each again with every measurement asked instead that has a question for its outcome.
    """
    taken: Counter[tuple[str, str, str]] = Counter()
    walks = [walk for _ in range(TRIES) if (walk := _walk(flow_id, taken)) is not None][:WALKS]
    return [*walks, *filter(None, map(_asked_instead, walks))]


def _walk(flow_id: str, taken: Counter[tuple[str, str, str]]) -> Inputs | None:
    """A walk by the ways least taken; None where it does not end in time."""
    engine = Engine(FLOWS, "linux")
    state, effect = engine.start(flow_id)
    events: list[Event] = []
    while not isinstance(effect, Finish) and len(events) < LONGEST:
        ways = [event for event in _events(engine, effect) if getattr(event, "choice", "") != LATER]
        event = min(ways, key=lambda each, at=effect: taken[_key(at, each)])
        taken[_key(effect, event)] += 1
        events.append(event)
        state, effect = engine.handle(state, event)
    return Inputs(flow_id, tuple(events)) if isinstance(effect, Finish) else None


def _events(engine: Engine, effect: Effect) -> Iterator[Event]:
    """Each way out; at an address first what can be pasted there."""
    found = list(events_for(effect, engine, SPECS, CAUSES, Setting()))
    for event in found:
        if isinstance(event, Judged) and isinstance(effect, Prompt):
            yield given(effect, ADDRESSES[event.outcome])
    yield from (event for event in found if not isinstance(event, Judged))


def _key(effect: Prompt | Measure, event: Event) -> tuple[str, str, str]:
    return effect.flow, effect.step, event.choice if isinstance(event, Chosen) else event.outcome


def _asked_instead(inputs: Inputs) -> Inputs | None:
    """The same walk with answers in place of measurements; None where there is none to replace.

    An answers file names steps by their id alone, so a step is asked each time or never.
    """
    pairs = list(steps_of(inputs))
    never = {effect.step for effect, event in pairs if _answer(effect, event) is event}
    events = tuple(event if effect.step in never else _answer(effect, event) for effect, event in pairs)
    return replace(inputs, events=events) if events != inputs.events else None


def _answer(effect: Prompt | Measure, event: Event) -> Event:
    if not isinstance(effect, Measure) or not isinstance(event, Measured) or effect.instead is None:
        return event
    step = next(each for each in FLOWS[effect.flow].steps if each.id == effect.step)
    fitting = [option.id for option in step.ask_instead.options if option.outcome == event.outcome]
    return Chosen(event.step, fitting[0]) if fitting else event


def steps_of(inputs: Inputs) -> Iterator[tuple[Prompt | Measure, Event]]:
    """What the engine wants at each step, and what it gets."""
    engine = Engine(FLOWS, "linux")
    state, effect = engine.start(inputs.flow, inputs.known)
    for event in inputs.events:
        assert isinstance(effect, Prompt | Measure)
        yield effect, event
        state, effect = engine.handle(state, event)


def prompts_of(inputs: Inputs) -> Iterator[tuple[Prompt, str]]:
    """Each prompt that is answered, with the choice or the address."""
    for effect, event in steps_of(inputs):
        if isinstance(event, Chosen | Judged):
            prompt = effect if isinstance(effect, Prompt) else effect.instead
            assert prompt is not None
            yield prompt, event.choice if isinstance(event, Chosen) else ADDRESSES[event.outcome]


class ScriptedEvidence:
    """Evidence that says what the inputs say, and asks where they answer."""

    def __init__(self, inputs: Inputs) -> None:
        self.upcoming = None
        self._measured = [event for event in inputs.events if isinstance(event, Measured)]
        self._asked = {effect.step for effect, event in steps_of(inputs) if isinstance(event, Chosen)}

    def start(self, epoch: int = 0) -> None:
        """Nothing to do."""

    async def measure(self, wanted: Measure) -> Measured | Prompt:
        if wanted.instead is not None and wanted.step in self._asked:
            return wanted.instead
        event = self._measured.pop(0)
        assert event.step == wanted.step
        return event

    async def watch(self, wanted: Watch, told: object) -> Measured | Prompt:
        return await self.measure(wanted)

    def prefetch(self, flow: str, step: str, epoch: int) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""
