"""Check characters: a Reed-Solomon code over GF(32) with three of them.

Any two codes of one length differ in at least four characters. So every slip of one, two or three characters
is caught, a swap of neighbours among them, and one wrong character is told by its place. Two wrong characters
never look like one; three may.
"""

from __future__ import annotations

from collections.abc import Sequence

CHECKS = 3
LONGEST = 31
"""Characters a code may have at most: as many as the field has elements but zero."""
_MODULUS = 0b100101
"""x⁵ + x² + 1, primitive over GF(2)."""


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    powers, value = [], 1
    for _ in range(LONGEST):
        powers.append(value)
        value <<= 1
        value ^= _MODULUS if value & 0b100000 else 0
    logs = [0] * 32
    for exponent, power in enumerate(powers):
        logs[power] = exponent
    return tuple(powers), tuple(logs)


_POWERS, _LOGS = _tables()


def power(exponent: int) -> int:
    """The generator of the field to the ``exponent``."""
    return _POWERS[exponent % LONGEST]


def product(one: int, other: int) -> int:
    """The product of two elements."""
    return power(_LOGS[one] + _LOGS[other]) if one and other else 0


def quotient(one: int, other: int) -> int:
    """``one`` divided by ``other``, which is not zero."""
    return power(_LOGS[one] - _LOGS[other]) if one else 0


def _generator() -> tuple[int, ...]:
    """The product of (x − αⁱ) for every check, without its leading 1."""
    terms = [1]
    for exponent in range(CHECKS):
        shifted = [*terms, 0]
        scaled = [0, *(product(term, power(exponent)) for term in terms)]
        terms = [one ^ other for one, other in zip(shifted, scaled, strict=True)]
    return tuple(terms[1:])


_GENERATOR = _generator()


def with_checks(symbols: Sequence[int]) -> tuple[int, ...]:
    """``symbols`` with their check symbols behind them."""
    register = [0] * CHECKS
    for symbol in symbols:
        feedback = symbol ^ register[0]
        shifted = [*register[1:], 0]
        register = [one ^ product(feedback, term) for one, term in zip(shifted, _GENERATOR, strict=True)]
    return (*symbols, *register)


def syndromes(symbols: Sequence[int]) -> tuple[int, ...]:
    """All zero for a code with its checks; else they tell about the slip."""
    found = []
    for exponent in range(CHECKS):
        total = 0
        for symbol in symbols:
            total = product(total, power(exponent)) ^ symbol
        found.append(total)
    return tuple(found)


def one_wrong(symbols: Sequence[int]) -> tuple[int, int] | None:
    """Where one symbol is wrong: its place and what should stand there. None where it is not one alone."""
    first, second, third = syndromes(symbols)
    if not (first and second and third) or product(second, second) != product(first, third):
        return None
    place = len(symbols) - 1 - _LOGS[quotient(second, first)]
    return (place, symbols[place] ^ first) if place >= 0 else None


def neighbours_swapped(symbols: Sequence[int]) -> int | None:
    """The place of the first of two neighbours whose swap makes the code right; None where there is none."""
    first, second, third = syndromes(symbols)
    if first or not second or not third:
        return None
    for place in range(len(symbols) - 1):
        swapped = [*symbols]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if swapped != list(symbols) and not any(syndromes(swapped)):
            return place
    return None
