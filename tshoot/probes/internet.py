"""Does the internet answer by address at all? The better of the two families; sends nothing itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from tshoot.probes.context import ProbeContext
from tshoot.probes.internet_family import DEADLINE, GOOD, OUTCOMES
from tshoot.probes.model import ProbeSpec, Reading

FAMILIES = ("internet_v4", "internet_v6")

SPEC = ProbeSpec(
    name="internet",
    title="Internet",
    summary="Takes the better of the two families: is anything on the internet reachable by address?",
    outcomes=OUTCOMES,
    good=GOOD,
    sends="nothing",
    privilege="none",
    deadline=DEADLINE + 0.2,
    uses=FAMILIES,
)

BEST_FIRST = (
    "ok",
    "lossy",
    "slow",
    "https_blocked",
    "web_blocked",
    "timeout",
    "error",
    "skipped",
    "dead",
    "blocked_locally",
    "no_route",
    "not_applicable",
)
"""What serves a person best comes first. Lost packets are repeated, while what is slow times out, so "lossy"
beats "slow". A family that could not be measured beats one proved dead, because it may well work: unknown
is never told as dead. Of two that fail, the one whose packets at least left this computer says more."""


@dataclass(frozen=True, slots=True)
class BothFamilies:
    """The outcome of each family; None for one that had no result yet when the other was found to be ok."""

    internet_v4: str | None
    internet_v6: str | None


async def run(context: ProbeContext) -> Reading:
    """Wait for both families, or for one that is ok; sends nothing."""
    futures = {name: context.future(name) for name in FAMILIES}
    found = _found(futures)
    while not any(each.outcome == "ok" for each in found.values()):
        pending = [future for future in futures.values() if not future.done()]
        if not pending or context.deadline.over:
            break
        await asyncio.wait(pending, timeout=context.deadline.remaining(), return_when=asyncio.FIRST_COMPLETED)
        found = _found(futures)
    return better(found)


def better(found: Mapping[str, Reading]) -> Reading:
    """The better of the readings by :data:`BEST_FIRST`; a missing one counts as ``timeout``."""
    late = Reading("timeout", "no result in time")
    readings = {name: found.get(name, late) for name in FAMILIES}
    best = min(readings, key=lambda name: BEST_FIRST.index(readings[name].outcome))
    outcomes = {name: found[name].outcome if name in found else None for name in FAMILIES}
    data = BothFamilies(outcomes["internet_v4"], outcomes["internet_v6"])
    label = best.removeprefix("internet_").replace("v", "IPv")
    return Reading(readings[best].outcome, f"{label}: {readings[best].detail}", data)


def _found(futures: Mapping[str, asyncio.Future[Reading]]) -> dict[str, Reading]:
    return {name: future.result() for name, future in futures.items() if future.done()}
