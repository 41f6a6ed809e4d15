"""Every text of a step with its place, for the rules about words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from tshoot.flow.model import Step

Place = tuple[str | int, ...]
Said = tuple[tuple[Place, str], ...]

_NOT_WORDS = frozenset(
    {"id", "cite", "at_most", "exhausted", "remember", "probe", "with_", "on", "else_", "diagnose", "decide"}
    | {"minutes", "likely", "risk", "then", "verify", "use", "end", "cause", "help", "returns", "outcome"}
    | {"watch"}
)


def texts_of(step: Step) -> Iterator[tuple[Place, str]]:
    """Everything somebody may read in this step: the person, or the agent."""
    yield from _texts(step, ())


def speaks(said: Said) -> bool:
    """True where one of a step's texts is said to the person without being asked for."""
    return any(place[0] not in {"agent", "why"} for place, _ in said)


def for_person(said: Said) -> Said:
    """The texts that the person may read; what only the agent sees is left out."""
    return tuple(item for item in said if item[0][0] != "agent")


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*place, key))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _texts(child, (*place, index))
    elif value is not None:
        for name in _fields(type(value)):
            child = getattr(value, name)
            if child is not None:
                yield from _texts(child, (*place, name))


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        names = (field.name for field in fields(kind)) if is_dataclass(kind) else ()
        _FIELDS[kind] = tuple(name for name in names if name not in _NOT_WORDS)
    return _FIELDS[kind]


_FIELDS: dict[type, tuple[str, ...]] = {}
"""Found once for each shape: asking every step costs more than all rules about words."""
