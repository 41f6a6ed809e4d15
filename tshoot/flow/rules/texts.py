"""Every text of a step with its place, for the rules about words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tshoot.flow.model import Step

Place = tuple[str | int, ...]

_NOT_WORDS = frozenset(
    {"id", "cite", "at_most", "exhausted", "remember", "probe", "with_", "on", "else_", "diagnose", "decide"}
    | {"minutes", "risk", "then", "verify", "use", "end", "cause", "help", "returns", "outcome"}
)


def texts_of(step: Step) -> Iterator[tuple[Place, str]]:
    """Everything somebody may read in this step: the person, or the agent."""
    yield from _texts(step, ())


def speaks(step: Step) -> bool:
    """True where the step says something to the person."""
    return any(place[0] not in {"agent", "why"} for place, _ in texts_of(step))


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*place, key))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _texts(child, (*place, index))
    elif value is not None and hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            if name not in _NOT_WORDS:
                yield from _texts(getattr(value, name), (*place, name))
