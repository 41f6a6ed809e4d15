"""How long ago something was, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from tshoot.text import counted

_STEPS = ((timedelta(days=2), timedelta(days=1), "day"), (timedelta(hours=1), timedelta(hours=1), "hour"))


def ago(then: datetime, now: datetime) -> str:
    """``just now``, ``5 minutes ago``, ``3 hours ago``, ``12 days ago``."""
    age = now - then
    if age < timedelta(minutes=1):
        return "just now"
    for least, unit, name in _STEPS:
        if age >= least:
            return f"{counted(age // unit, name)} ago"
    return f"{counted(age // timedelta(minutes=1), 'minute')} ago"


def lasting(seconds: float) -> str:
    """``40 s``, ``5 min``, ``2 h 05 min``."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
