"""Whether a report is from before the last action, by when it was saved. Pure.

The report has the caller's clock, actions that of the desk. Where the two contradict each other nothing is
assumed: then it is asked. A report without a time (a code has none) counts from when it came in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from tshoot.diagnosis.reading import number_at
from tshoot.evidence.recorded import Recorded

Age = Literal["new", "old", "unsure"]
"""From after the last action as far as can be told, from before it, or with a time that can't be right."""
MAY_DIFFER = timedelta(minutes=1)
"""How far two clocks may be apart that both seem right; those that are set by network time differ by less."""


def saved_at(recorded: Recorded) -> datetime | None:
    """When the report was saved, by a right clock; None where it does not say.

    Where the caller's clock is a little off and it is known by how much, that is set right.
    """
    if not recorded.saved:
        return None
    saved, clock = datetime.fromisoformat(recorded.saved), recorded.results.get("clock")
    ahead = number_at(clock.data, "offset_seconds") if clock is not None else None
    if clock is None or clock.outcome != "skewed" or ahead is None:
        return saved
    try:
        return saved - timedelta(seconds=ahead)
    except OverflowError:
        return saved


def clock_is_wrong(recorded: Recorded) -> bool:
    """Does the report itself say that the caller's clock is wrong?"""
    clock = recorded.results.get("clock")
    return clock is not None and clock.outcome == "wrong"


def age_of(saved: datetime | None, doubted: bool, came: datetime, acted: datetime | None) -> Age:
    """How old a report is. ``saved`` and ``came`` tell when it was made and taken in, ``acted`` when anything
    was done last; ``doubted``: its clock is wrong. Before anything was done every report counts.
    """
    if saved is None or acted is None:
        return "new"
    if doubted or saved > came + MAY_DIFFER:
        return "unsure"
    return "old" if saved < acted else "new"
