"""Delays as a line of bars: the higher the later the answer, a dot where none came."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_SILENT = "·"


def plot(delays: Sequence[float | None]) -> str:
    """One column a measurement, in milliseconds; the latest of all is as high as it gets."""
    most = max((ms for ms in delays if ms is not None), default=0.0) or 1.0
    top = len(_BARS) - 1
    return "".join(_SILENT if ms is None else _BARS[min(round(ms / most * top), top)] for ms in delays)
