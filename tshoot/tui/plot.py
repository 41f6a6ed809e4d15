"""Delays as a line of bars: the higher the later the answer, a dot where none came."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_SILENT = "·"
LEAST_TOP_MS = 10.0
"""The highest bar stands for this much at least: a hop of the home takes 1 to 10 ms, so smaller differences
mean nothing and look like nothing."""


def most_words(ms: float) -> str:
    """The longest of several delays as it is told."""
    return f"up to {ms:.0f} ms" if ms >= 1 else "under 1 ms"


def plot(delays: Sequence[float | None]) -> str:
    """One column a measurement, in milliseconds; the latest of all is as high as it gets."""
    most = max((ms for ms in delays if ms is not None), default=0.0)
    most = max(most, LEAST_TOP_MS)
    top = len(_BARS) - 1
    return "".join(_SILENT if ms is None else _BARS[min(round(ms / most * top), top)] for ms in delays)
