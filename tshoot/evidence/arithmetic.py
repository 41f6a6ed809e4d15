"""Arithmetic coding with whole numbers: exact, so that every computer reads what any other wrote.

A message narrows the interval from 0 to 1 step by step: each symbol takes its share of what is left. The code
is the shortest number inside. A code holds some forty symbols, so plain big numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence


class Writer:
    """The interval of what has been written so far."""

    def __init__(self) -> None:
        self._low, self._width, self._whole = 0, 1, 1

    def write(self, shares: Sequence[int], index: int) -> None:
        """Narrow to the share of symbol ``index``; every share is at least 1."""
        total = sum(shares)
        self._low = self._low * total + sum(shares[:index]) * self._width
        self._width *= shares[index]
        self._whole *= total

    def number(self, bits: int) -> int | None:
        """The least number of ``bits`` binary digits inside the interval; None where there is none."""
        number = -((-self._low << bits) // self._whole)
        return number if number * self._whole < (self._low + self._width) << bits else None


class Reader:
    """Reads a number of ``bits`` binary digits, symbol by symbol."""

    def __init__(self, number: int, bits: int) -> None:
        self._rest, self._width, self._bits = number, 1, bits

    def read(self, shares: Sequence[int]) -> int:
        """The index of the next symbol."""
        total = sum(shares)
        place = self._rest * total // (self._width << self._bits)
        index, below = 0, 0
        while below + shares[index] <= place:
            below += shares[index]
            index += 1
        self._rest = self._rest * total - (below * self._width << self._bits)
        self._width *= shares[index]
        return index
