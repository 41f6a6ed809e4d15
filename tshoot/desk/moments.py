"""Moments as people at this computer read them."""

from __future__ import annotations

from datetime import datetime


def clock(at: datetime) -> str:
    """The hour and minute on this computer's clock."""
    return at.astimezone().strftime("%H:%M")


def day(at: datetime) -> str:
    """Day, hour, minute and zone on this computer's clock."""
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M} {local.tzname() or ''}".rstrip()
