"""The model of a code: what it tells in which order, and how likely each value is given those before.

A model is a file of counts, learnt from the simulated networks (benchmarks/code_model.py) and never changed
once released: the first character of a code names it. Whole numbers only, so that every computer gets the
same shares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

NEWEST = 1
"""The model that codes are written with."""
SERVICE, CAUSE = "service", "cause"
"""The two things that come first: what was checked, and the headline of the diagnosis there."""
OTHER = "other"
"""The service of every target that the model does not know."""

_UNIT = 1 << 24
_FINE = 8
"""Bits that are dropped from a share of :data:`_UNIT`."""
_TRUST = 2
"""How many observations the less specific counts are worth."""
_PARTS = 64
USUAL, ODD = 1, 16
"""Parts of 64 that are shared out evenly, whatever was learnt: little for networks like those it was learnt
from, more for odd ones, where little of what was learnt holds."""

Value = str | None
"""A value of a variable; None for "not told": a probe that was not run, or a value that the model lacks."""


@dataclass(frozen=True)
class Variable:
    """One thing that a code tells. ``given`` are the earlier ones that it depends on.

    ``counts`` holds how often each value was seen, by the values of ``given`` and of each first part of it.
    """

    name: str
    values: tuple[Value, ...]
    given: tuple[str, ...] = ()
    counts: tuple[Mapping[tuple[int, ...], Mapping[int, int]], ...] = ()

    def index(self, value: Value) -> int:
        """The value's index; that of None for one that the model does not know."""
        return self.values.index(value if value in self.values else None)

    def shares(self, context: Sequence[int], even: int) -> tuple[int, ...]:
        """The share of each value after ``context`` (indices of ``given``); every share is at least 1.

        ``even`` parts of 64 are shared out evenly, the rest by the counts: those of the whole context count
        most, those of less of it stand in where little was seen.
        """
        size = len(self.values)
        shares = [_UNIT // size] * size
        for length, seen in enumerate(self.counts):
            here = seen.get(tuple(context[:length]), {})
            total = sum(here.values()) + _TRUST
            shares = [
                (here.get(index, 0) * _UNIT + _TRUST * share) // total for index, share in enumerate(shares)
            ]
        flat = even * _UNIT // size
        return tuple(max(1, ((_PARTS - even) * share + flat) // _PARTS >> _FINE) for share in shares)


@dataclass(frozen=True)
class CodeModel:
    """A model by its number. ``variables`` stand in the order of the code: the most telling first."""

    number: int
    variables: tuple[Variable, ...]
    by_name: Mapping[str, Variable] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.variables})

    def context(self, variable: Variable, told: Mapping[str, Value]) -> tuple[int, ...]:
        """The indices of what ``variable`` depends on."""
        return tuple(self.by_name[name].index(told.get(name)) for name in variable.given)


@cache
def load_model(number: int = NEWEST) -> CodeModel:
    """A shipped model. Raises KeyError where there is none of the number."""
    path = Path(__file__).parent / "models" / f"{number}.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyError(number) from None
    return CodeModel(number, tuple(_variable(each) for each in document["variables"]))


def _variable(raw: Mapping[str, Any]) -> Variable:
    given = tuple(raw["given"])
    deepest = {
        tuple(map(int, key.split(","))) if key else (): dict(zip(flat[::2], flat[1::2], strict=True))
        for key, flat in raw["counts"].items()
    }
    levels = tuple(shortened(deepest, length) for length in range(len(given) + 1))
    return Variable(raw["name"], tuple(raw["values"]), given, levels)


def shortened(
    counts: Mapping[tuple[int, ...], Mapping[int, int]], length: int
) -> dict[tuple[int, ...], dict[int, int]]:
    """The counts by the first ``length`` parts of their context."""
    short: dict[tuple[int, ...], dict[int, int]] = {}
    for context, seen in counts.items():
        here = short.setdefault(context[:length], {})
        for index, count in seen.items():
            here[index] = here.get(index, 0) + count
    return short
