"""How the eye reads a name: without accents, case and hyphens, signs that look alike made one.

Unicode's own skeleton (UTS #39) compares any two texts. Official names are plain ASCII, so here only those
of its signs count that are read as ASCII (``twins.txt``); digits and pairs of letters come on top.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("twins.txt")
_DIGITS = str.maketrans("013456789i|", "oleasbtbgll")
"""Digits read as letters. ``i`` and ``l`` differ least of all, so they are one."""
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
"""Two letters read as one."""
_FURTHER = {
    "м": "m", "т": "t", "в": "b", "н": "h", "к": "k", "п": "n", "и": "u", "τ": "t", "μ": "m", "κ": "k",
    "η": "n", "ß": "b", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ƀ": "b",
}  # fmt: skip
"""Small letters that resemble an ASCII one; UTS #39 leaves them out as they are not quite equal."""


def folded(text: str) -> str:
    """``text`` with every sign that is read as ASCII replaced by that, in small letters without accents.

    Digits, hyphens and dots stay, so do letters that nobody takes for an ASCII one.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(_read(sign) for sign in plain if not unicodedata.combining(sign))


def skeleton(text: str, pairs: bool = True) -> str:
    """``text`` as a glance reads it: folded, no hyphens, digits (and ``pairs``) as the letters they seem."""
    plain = folded(text).replace("-", "").replace("_", "")
    for pair, one in PAIRS if pairs else ():
        plain = plain.replace(pair, one)
    return plain.translate(_DIGITS)


def _read(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    # A capital may look like another letter than its small one does.
    small = sign.lower()
    return _twins().get(sign) or _twins().get(small) or _FURTHER.get(small, small)


@cache
def _twins() -> dict[str, str]:
    return dict(_pairs(TABLE.read_text(encoding="utf-8")))


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        if not line.startswith("#"):
            target, *codes = line.split()
            yield from ((chr(int(code, 16)), target) for code in codes)
