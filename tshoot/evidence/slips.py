"""What went wrong in reading a code out, as far as that can be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tshoot.evidence.alphabet import GROUP, Typed
from tshoot.evidence.checks import neighbours_swapped, one_wrong
from tshoot.evidence.errors import CodeError

LENGTHS = (8, 12, 16, 20, 24)
"""Characters that a code may have: whole groups, so that a lost character always shows."""
_LOOKS_LIKE = {"U": "V"}
_SHOWN = 40

Plausible = Callable[[Sequence[int]], bool]
"""Tells whether symbols with right checks make sense as a code."""


def symbols_of(typed: Typed) -> tuple[int, ...]:
    """The symbols of a code of a possible length. Raises :class:`CodeError` for anything else."""
    symbols = tuple(symbol for symbol in typed.symbols if symbol is not None)
    if not typed.chars:
        raise CodeError("No code was given.")
    if len(symbols) < len(typed.symbols):
        raise _foreign(typed)
    if len(symbols) not in LENGTHS:
        raise _wrong_length(typed)
    return symbols


def slip(symbols: Sequence[int], chars: str, plausible: Plausible) -> CodeError:
    """The error for a code whose checks don't fit, with the group that is wrong where one can be told.

    A guess that would not make a code is no guess: then more than one character is wrong.
    """
    found = one_wrong(symbols)
    if found is not None and plausible(_put(symbols, *found)):
        group = found[0] // GROUP + 1
        return CodeError(
            f"{_named(group, chars)} is not right: one character in it is wrong. {_AGAIN}", (group,)
        )
    place = neighbours_swapped(symbols)
    if place is not None and plausible(_swapped(symbols, place)):
        groups = tuple(dict.fromkeys((place // GROUP + 1, (place + 1) // GROUP + 1)))
        named = " and ".join(_named(group, chars) for group in groups)
        said = "is not right" if len(groups) == 1 else "are not right"
        return CodeError(f"{named} {said}: two characters side by side are swapped. {_AGAIN}", groups)
    return CodeError(
        "The code is not right: more than one character is wrong, so it can't be told where. "
        "Ask for the whole code again."
    )


_AGAIN = "Ask for that part again."


def _foreign(typed: Typed) -> CodeError:
    place = typed.symbols.index(None)
    char, group = typed.chars[place], place // GROUP + 1
    look = f" Perhaps it is a {_LOOKS_LIKE[char]}." if char in _LOOKS_LIKE else ""
    shown = char if char.isprintable() else "\N{REPLACEMENT CHARACTER}"
    return CodeError(f"{_named(group, typed.chars)} has '{shown}' in it, which no code has.{look}", (group,))


def _wrong_length(typed: Typed) -> CodeError:
    allowed = f"{', '.join(map(str, LENGTHS[:-1]))} or {LENGTHS[-1]}"
    said = f"The code has {len(typed.chars)} characters, but codes have {allowed}."
    odd = tuple(number for number, length in enumerate(typed.groups, 1) if length != GROUP)
    if len(typed.groups) == 1 or len(odd) != 1:
        return CodeError(f"{said} Ask for the whole code again.")
    (group,) = odd
    return CodeError(
        f"{said} Group {group} has {typed.groups[group - 1]} instead of {GROUP}. {_AGAIN}", (group,)
    )


def _named(group: int, chars: str) -> str:
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in chars[:_SHOWN])
    return f"Group {group} ({shown[(group - 1) * GROUP : group * GROUP]})"


def _put(symbols: Sequence[int], place: int, right: int) -> tuple[int, ...]:
    return (*symbols[:place], right, *symbols[place + 1 :])


def _swapped(symbols: Sequence[int], place: int) -> tuple[int, ...]:
    return (*symbols[:place], symbols[place + 1], symbols[place], *symbols[place + 2 :])
