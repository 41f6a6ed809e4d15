"""The tokens of one document: the same value always gets the same one."""

from __future__ import annotations

import re
from collections import Counter

TOKEN = re.compile(r"<[a-z][a-z0-9-]{0,30}-\d{1,6}>")
"""How a token looks. What looks like one is never searched and never replaced."""
_KIND = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){0,3}")
_NUMBERED = re.compile(r"<([a-z][a-z0-9-]{0,30})-(\d{1,6})>")


def good_kind(kind: str) -> bool:
    """May tokens be called ``kind``?"""
    return len(kind) <= 30 and _KIND.fullmatch(kind) is not None


class TokenBook:
    """Hands out ``<kind-1>``, ``<kind-2>`` … and counts who used them."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], str] = {}
        self._last: Counter[str] = Counter()
        self.originals: dict[str, str] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self._used: dict[tuple[str, str], set[str]] = {}

    def reserve(self, text: str) -> None:
        """Take note of the tokens that stand in ``text`` already: their numbers are not given out again."""
        for kind, number in _NUMBERED.findall(text):
            self._last[kind] = max(self._last[kind], int(number))

    def token(self, kind: str, value: str, shown: str, rule: str) -> str:
        """The token for ``value``, counted for ``rule``; ``shown`` is how the value stood there."""
        key = (kind, value)
        if key not in self._tokens:
            self._last[kind] += 1
            self._tokens[key] = f"<{kind}-{self._last[kind]}>"
            self.originals[self._tokens[key]] = shown
        token = self._tokens[key]
        self.counts[rule, kind] += 1
        self._used.setdefault((rule, kind), set()).add(token)
        return token

    def different(self, rule: str, kind: str) -> int:
        """How many different tokens ``rule`` has put in."""
        return len(self._used.get((rule, kind), ()))
