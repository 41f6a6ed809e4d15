"""How far a session has come: which step it is, and about how many minutes are left.

The minutes are expected ones, read from the flows' graphs: what every action says it takes (``minutes``), the
time to read the texts, each fix helping as often as its ``likely`` says, and every other way out of a step as
probable as its neighbours. So it is an average over people, and is only ever told as "about".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from tshoot.flow.graph import step_edges
from tshoot.flow.model import AskStep, DoStep, EndStep, Flow, Step, TellStep, UseStep, VerifyStep, WaitStep
from tshoot.flow.order import SHARES, UNSAID
from tshoot.guide.model import Finish, Watch
from tshoot.guide.state import State

WORDS_A_MINUTE = 238.0
"""How quickly adults read silently (Brysbaert 2019, a mean over 190 studies)."""
_ROUNDS = 300
_STILL = 0.01
_LONG = 10.0
_Ways = tuple[tuple[float, str], ...]
"""Where a step may lead, each with its probability."""


def step_number(state: State) -> int:
    """The number of the step a person is at: one more than what they have answered or done."""
    return len(state.prompts()) + 1


def minutes_words(minutes: float) -> str:
    """Expected minutes as they may be told: ``about 4 min left``; long ones rounded to five minutes."""
    rounded = round(minutes / 5) * 5 if minutes > _LONG else round(minutes)
    return f"about {rounded} min left" if rounded > 1 else "about a minute left"


def progress_words(state: State, left: TimeLeft) -> str:
    """Which step it is and about how long it takes from here; empty at the end.

    How long a watch takes is up to what is watched, so it names no time.
    """
    if isinstance(state.pending, Finish):
        return ""
    step = f"step {step_number(state)}"
    return step if isinstance(state.pending, Watch) else f"{step} · {minutes_words(left.minutes(state))}"


class TimeLeft:
    """Expected minutes to the end, from every step of the flows."""

    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self._flows = flows

    def minutes(self, state: State) -> float:
        """What is left from where ``state`` stands."""
        if not state.stack:
            return 0.0
        here = state.frame
        left = self._of_flow(here.flow).get(here.step, 0.0)
        return left + sum(self._after_use(frame.flow, frame.step) for frame in state.stack[:-1])

    def _after_use(self, flow: str, step: str) -> float:
        """What is left in an outer flow once the one that it uses has ended."""
        left = self._of_flow(flow)
        using = next(each for each in self._flows[flow].steps if each.id == step)
        return sum(share * left[target] for share, target in _even(edge.target for edge in step_edges(using)))

    @cache  # noqa: B019 - one per session, a dozen flows
    def _of_flow(self, flow_id: str) -> dict[str, float]:
        """For each step the expected minutes to the end of its flow, by repeated averaging."""
        flow = self._flows[flow_id]
        ways = {step.id: _ways(step, flow) for step in flow.steps}
        cost = {step.id: self._cost(step) for step in flow.steps}
        left = dict.fromkeys(ways, 0.0)
        for _ in range(_ROUNDS):
            newer = {
                step: cost[step] + sum(share * left.get(target, 0.0) for share, target in ways[step])
                for step in ways
            }
            settled = max((abs(newer[step] - left[step]) for step in ways), default=0.0) < _STILL
            left = newer
            if settled:
                break
        return left

    def _cost(self, step: Step) -> float:
        """The minutes of one step itself; a used flow counts from its start."""
        if isinstance(step, UseStep):
            used = self._flows.get(step.use)
            return self._of_flow(step.use).get(used.start, 0.0) if used is not None else 0.0
        if isinstance(step, EndStep):
            return 0.0
        doing = step.minutes if isinstance(step, DoStep) else 0.0
        return doing + len(" ".join(_texts(step)).split()) / WORDS_A_MINUTE


def _ways(step: Step, flow: Flow) -> _Ways:
    if isinstance(step, DoStep):
        return ((1.0, step.then.done),)
    if isinstance(step, VerifyStep):
        helped = _share_fixed(step, flow)
        return ((helped, step.then.fixed), (1 - helped, step.then.not_fixed))
    return _even(edge.target for edge in step_edges(step) if edge.label != "exhausted")


def _even(targets: Iterable[str]) -> _Ways:
    found = list(targets)
    return tuple((1 / len(found), target) for target in found)


def _share_fixed(check: VerifyStep, flow: Flow) -> float:
    """How often the fix before this check helps; the likeliest where several lead here."""
    steps = {step.id: step for step in flow.steps}
    fixes = [step for step in flow.steps if isinstance(step, DoStep) and _leads_to(step, check.id, steps)]
    return max((SHARES[fix.likely or UNSAID] for fix in fixes), default=SHARES[UNSAID])


def _leads_to(fix: DoStep, check: str, steps: Mapping[str, Step]) -> bool:
    """True where the check follows the fix, at once or after pauses, notices and watches."""
    here, seen = fix.then.done, set[str]()
    while here != check and here in steps and here not in seen:
        seen.add(here)
        step = steps[here]
        if isinstance(step, AskStep | DoStep | EndStep | UseStep | VerifyStep):
            return False
        edges = step_edges(step)
        here = edges[0].target if edges else ""
    return here == check


def _texts(step: Step) -> Iterator[str]:
    yield step.say or ""
    if isinstance(step, AskStep):
        yield step.ask
        yield from (option.label for option in step.options)
    elif isinstance(step, DoStep):
        yield step.do
        yield from step.how if isinstance(step.how, tuple) else next(iter(step.how.values()), ())
    elif isinstance(step, TellStep):
        yield step.tell
    elif isinstance(step, WaitStep):
        yield step.wait
