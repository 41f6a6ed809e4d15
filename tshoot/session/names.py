"""Names of sessions: short, random, easy to read aloud."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 (crockford.com/base32.html): no I, L, O, U."""
LENGTH = 8
"""40 bits: among 50,000 sessions two alike come up once in a thousand such stores, and are drawn again."""
_ALIKE = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None, " ": None})


def new_name() -> str:
    """A name for a new session."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_name(text: str) -> bool:
    """True for a name as :func:`new_name` makes them."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def as_written(text: str) -> str:
    """A name (or how it begins) as somebody typed it: any case, with the usual mix-ups."""
    return text.strip().lower().translate(_ALIKE)
