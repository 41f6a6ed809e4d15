"""Refuses patterns that could take for ever on a long text.

Python's ``re`` tries every way in which a pattern can match. The number of ways is bounded here before a
pattern is used, so that the time on any text grows with its length alone.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

MOST_WAYS = 2_000
"""In how many ways a pattern may match at one place of a text."""
LONGEST = 2_000
"""Characters that one match may have; without a bound every place costs the whole text."""

_parser: Any = import_module("re._parser")


class PatternError(ValueError):
    """The pattern can't be used; the message says why."""


def bounded_pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern. Raises :class:`PatternError` for one that is wrong or too costly."""
    try:
        tree = _parser.parse(text)
        pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"not a pattern: {error}") from None
    least, most = tree.getwidth()
    if least == 0:
        raise PatternError("it matches nothing at all, so it matches everywhere")
    if most > LONGEST:
        raise PatternError(f"it can match more than {LONGEST} characters; give every repeat an upper bound")
    if _ways(tree) > MOST_WAYS:
        raise PatternError("it can match one text in too many ways; use possessive repeats such as {1,64}+")
    return pattern


def _ways(tree: Any) -> int:
    product = 1
    for node in tree:
        product = min(product * _ways_of(str(node[0]), node[1]), MOST_WAYS + 1)
    return product


def _ways_of(kind: str, what: Any) -> int:
    if kind == "BRANCH":
        return sum(_ways(branch) for branch in what[1])
    if kind == "SUBPATTERN":
        return _ways(what[-1])
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return _ways_of_repeat(int(what[0]), int(what[1]), _ways(what[2]))
    if kind == "POSSESSIVE_REPEAT":
        # Once it has matched it never gives back; only reaching the least number may take several tries.
        return _ways_of_repeat(int(what[0]), int(what[0]), _ways(what[2]))
    if kind in ("ASSERT", "ASSERT_NOT"):
        return _ways(what[1])
    if kind == "ATOMIC_GROUP":
        return _ways(what)
    if kind in ("GROUPREF", "GROUPREF_EXISTS"):
        raise PatternError("it refers back to a group; write it without")
    return 1


def _ways_of_repeat(least: int, most: int, inner: int) -> int:
    if inner == 1:
        return max(most - least + 1, 1)
    total, power = 0, inner ** min(least, 64)
    for _ in range(least, most + 1):
        total += power
        power *= inner
        if total > MOST_WAYS:
            break
    return max(total, 1)
