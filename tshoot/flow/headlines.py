"""Where a headline leads: a cause, a group of causes, or everything else. Pure look-ups."""

from __future__ import annotations

from collections.abc import Mapping


def matches(value: str, pattern: str) -> bool:
    """True where ``pattern`` is the value itself or its group: ``dns.*`` takes ``dns.unreachable``."""
    group = pattern.removesuffix("*")
    return value == pattern or (group != pattern and group.endswith(".") and value.startswith(group))


def diagnosis_way(cause: str, on: Mapping[str, str], otherwise: str) -> str:
    """Where a headline leads: the exact cause, then its longest group, then ``otherwise``."""
    if cause in on:
        return on[cause]
    groups = sorted((pattern for pattern in on if matches(cause, pattern)), key=len)
    return on[groups[-1]] if groups else otherwise
