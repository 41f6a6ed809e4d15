"""Moments as people at this computer read them."""

from __future__ import annotations

from datetime import datetime


def clock(at: datetime) -> str:
    """The hour and minute on this computer's clock."""
    return at.astimezone().strftime("%H:%M")


def clock_from(since: datetime, at: datetime) -> str:
    """The hour and minute, with the day where that is another one than that of ``since``."""
    same = at.astimezone().date() == since.astimezone().date()
    return clock(at) if same else f"{at.astimezone():%Y-%m-%d} {clock(at)}"


def day(at: datetime) -> str:
    """Day, hour, minute and zone on this computer's clock."""
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M} {local.tzname() or ''}".rstrip()
