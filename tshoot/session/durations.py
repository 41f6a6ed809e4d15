"""Spans of time as people write them in commands: ``90d``, ``12h``, ``4w``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPAN = re.compile(r"([0-9]{1,5})\s*([hdw])")


def span_of(text: str) -> timedelta:
    """The span. Raises ValueError, in words, for anything else."""
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None or not int(match[1]):
        raise ValueError(f"'{text}' is no span of time. Write for example 90d, 12h or 4w.")
    return int(match[1]) * _UNITS[match[2]]
