"""In which order fixes cost the fewest minutes: expected cost of repair (flow-anchors.md, DT1).

One thing is wrong, and exactly one of the fixes helps (or none). Trying fix *i* costs its minutes; who is
not helped by any pays the minutes of a support call. The best order is by probability over cost, and the
best place to stop is found by comparing all its prefixes: stopping greedily loses up to 41 %
(flow-anchors.md, section a).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tshoot.flow.model import DoStep, Flow, Likelihood, VerifyStep

SHARES: Mapping[Likelihood, float] = {"rare": 0.02, "sometimes": 0.10, "often": 0.25, "usual": 0.50}
"""How many of the people who reach a fix are helped by it, as each word of ``likely`` is read."""
UNSAID: Likelihood = "sometimes"
"""What is taken where a fix doesn't say how likely it is."""
SUPPORT_MINUTES = 20.0
"""A support call, as in the worked example of flow-anchors.md."""
PRIOR_SESSIONS = 20
"""As many counted sessions weigh as much as what a flow says: our choice, so that chance among a handful of
sessions does not turn an order round."""

Counts = Mapping[str, tuple[int, int]]
"""By step: how many were helped, and of how many that is known."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One fix: the share of people it helps, and what it costs in minutes.

    ``helped`` of ``told`` are counts: how many it helped of those whose check told something.
    """

    step: str
    share: float
    minutes: float
    said: bool = True
    helped: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """A chain of fixes as the flow has it, and the best one; minutes are expected ones."""

    fixes: tuple[Fix, ...]
    minutes: float
    best: tuple[Fix, ...]
    best_minutes: float

    @property
    def excess(self) -> float:
        """How much longer the flow's order takes, as a share of the best."""
        return self.minutes / self.best_minutes - 1 if self.best_minutes else 0.0


def expected_minutes(fixes: Sequence[Fix], support: float = SUPPORT_MINUTES) -> float:
    """The minutes a person spends on average; shares above 1 together are scaled down to 1."""
    total = max(1.0, sum(fix.share for fix in fixes))
    left, spent = 1.0, 0.0
    for fix in fixes:
        spent += left * fix.minutes
        left -= fix.share / total
    return spent + max(0.0, left) * support


def best_order(fixes: Sequence[Fix], support: float = SUPPORT_MINUTES) -> tuple[Fix, ...]:
    """The cheapest prefix of the order by probability over cost; the shares stay those of all fixes."""
    total = max(1.0, sum(fix.share for fix in fixes))
    scaled = [replace(fix, share=fix.share / total) for fix in fixes]
    order = sorted(scaled, key=lambda fix: -fix.share / fix.minutes)
    prefixes = [tuple(order[:length]) for length in range(len(order) + 1)]
    costs = [(expected_minutes(prefix, support), -len(prefix)) for prefix in prefixes]
    return prefixes[costs.index(min(costs))]


def counted(fixes: Sequence[Fix], counts: Counts) -> tuple[Fix, ...]:
    """A chain of fixes whose shares are drawn towards what was counted, the more the more was counted.

    Whoever tries a fix was not helped by those before it, so a count is a share of those who are left. It is
    joined with the share said beforehand, which weighs as much as :data:`PRIOR_SESSIONS` counted ones (the
    mean of a beta distribution: Gelman et al., Bayesian Data Analysis, section 2.4).
    """
    total = max(1.0, sum(fix.share for fix in fixes))
    said_left = left = 1.0
    found = []
    for fix in fixes:
        helped, told = counts.get(fix.step, (0, 0))
        said = fix.share / total
        of_those_left = min(1.0, said / said_left) if said_left > 0 else 0.0
        share = left * (helped + PRIOR_SESSIONS * of_those_left) / (told + PRIOR_SESSIONS)
        found.append(replace(fix, share=share, helped=helped, told=told))
        said_left, left = said_left - said, left - share
    return tuple(found)


def advise(flow: Flow, support: float = SUPPORT_MINUTES, counts: Counts | None = None) -> tuple[Advice, ...]:
    """For every chain of two or more fixes what the flow's order costs, and the best.

    ``counts`` tells by step how many a fix has helped, of how many whose check told something.
    """
    found = []
    for chain in chains(flow):
        fixes = chain if counts is None else counted(chain, counts)
        best = best_order(fixes, support)
        found.append(Advice(fixes, expected_minutes(fixes, support), best, expected_minutes(best, support)))
    return tuple(found)


def chains(flow: Flow) -> Iterator[tuple[Fix, ...]]:
    """Fixes tried one after another: from each, where its check says "not fixed" or it can't be done.

    A chain begins at a fix that follows no other, and ends where a question, a decision or an end comes.
    """
    steps = {step.id: step for step in flow.steps}
    following = {step.id: _next_fix(step, steps) for step in flow.steps if isinstance(step, DoStep)}
    later = set(following.values())
    for start in following:
        here: str | None = start
        chain: list[str] = []
        while start not in later and here is not None and here not in chain:
            chain.append(here)
            here = following[here]
        if len(chain) > 1:
            yield tuple(_fix(steps[name]) for name in chain)


def _next_fix(step: DoStep, steps: Mapping[str, object]) -> str | None:
    check = steps.get(step.then.done)
    following = check.then.not_fixed if isinstance(check, VerifyStep) else step.then.cannot
    return following if isinstance(steps.get(following), DoStep) else None


def _fix(step: object) -> Fix:
    assert isinstance(step, DoStep)
    return Fix(step.id, SHARES[step.likely or UNSAID], step.minutes, step.likely is not None)
