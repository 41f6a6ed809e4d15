"""Which names are asked for besides the target."""

from __future__ import annotations

from itertools import cycle, islice
from secrets import token_hex

from tshoot.probes.anchors import Anchors

RANDOM_LABELS = 3
"""Uncached names per server: three before an opinion (diagnosis-anchors.md, d.7)."""


def control_name(anchors: Anchors, target: str) -> str | None:
    """A name that exists for everybody and is not the target; None where no such name is known."""
    return next((name for name in anchors.control_names if name != target), None)


def random_names(anchors: Anchors, target: str) -> tuple[str, ...]:
    """Names that exist nowhere and are in no cache, spread over the control names."""
    parents = [name for name in anchors.control_names if name != target]
    return tuple(f"t{token_hex(6)}.{parent}" for parent in islice(cycle(parents), RANDOM_LABELS))
