"""The 32 characters of a code, as Douglas Crockford's base 32 has them, and how they are read aloud.

I, L, O and U are left out, so that nothing looks like 1 or 0. Reading takes small letters, and o, i and l for
what they look like; U is no character of a code (crockford.com/base32.html). Mail programs and keyboards make
hyphens into dashes and letters wide: whatever sets groups apart is passed over, and wide letters are plain.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
"""Characters in a group."""
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_APART = frozenset({"Pd", "Pc", "Zs", "Zl", "Zp", "Cc", "Cf"})
"""Dashes, low lines, spaces, and what is not seen, as Unicode sorts characters (general categories)."""
_ALSO_APART = frozenset(".,/\\·•․‧。⁃−⁄∕")
"""Dots, commas, slashes; and a bullet and a minus that are drawn like hyphens."""

_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_LETTERS = (
    *("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "Juliett", "Kilo", "Mike"),
    *(
        "November",
        "Papa",
        "Quebec",
        "Romeo",
        "Sierra",
        "Tango",
        "Victor",
        "Whiskey",
        "X-ray",
        "Yankee",
        "Zulu",
    ),
)
WORDS = {str(value): word for value, word in enumerate(_DIGITS)} | {word[0]: word for word in _LETTERS}
"""One word for each character: the spelling alphabet of radio telephony (ICAO), and plain digits."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A code as somebody typed it.

    ``symbols`` are the values of its characters, None for what no code has; ``chars`` the characters;
    ``groups`` the lengths of the groups as they were set apart, one only where nothing was.
    """

    symbols: tuple[int | None, ...]
    chars: str
    groups: tuple[int, ...]


def read_typed(text: str) -> Typed:
    """Take a code apart. Never raises."""
    plain = "".join(map(_plain, text)).upper()
    parts = "".join(" " if is_separator(char) else char for char in plain).split()
    chars = "".join(parts)
    return Typed(tuple(_VALUES.get(char) for char in chars), chars, tuple(map(len, parts)))


def is_separator(char: str) -> bool:
    """Does a character only set groups of a code apart?"""
    return char in _ALSO_APART or unicodedata.category(char) in _APART


def _plain(char: str) -> str:
    """A wide character (U+FF01 to U+FF5E) as the one it stands for; any other as it is."""
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and narrow.isascii() else char


def written(symbols: tuple[int, ...]) -> str:
    """Symbols as a code: groups of four, joined by hyphens."""
    chars = "".join(ALPHABET[symbol] for symbol in symbols)
    return "-".join(chars[place : place + GROUP] for place in range(0, len(chars), GROUP))


def spell(code: str) -> tuple[tuple[str, ...], ...]:
    """A code as words to read aloud, group by group; what no code has is left out."""
    symbols = [symbol for symbol in read_typed(code).symbols if symbol is not None]
    words = [WORDS[ALPHABET[symbol]] for symbol in symbols]
    return tuple(tuple(words[place : place + GROUP]) for place in range(0, len(words), GROUP))
