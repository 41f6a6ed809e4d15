"""Text that came from outside is hostile; this is where it is made harmless.

DNS records, HTTP headers, certificate names, SSIDs, gateway replies and YAML can carry terminal
escapes (ESC, C1, OSC 52), bidirectional overrides or endless lines. Everything that enters passes
:func:`display_text` once, at the boundary where it was read.
"""

from __future__ import annotations

import unicodedata

LONGEST_LINE = 300
_KEEP = {"\n", "\t"}
_BAD_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def display_text(text: str, limit: int = LONGEST_LINE, keep_lines: bool = False) -> str:
    """``text`` with control, format and bidi characters shown as ``�`` and cut to ``limit`` characters.

    Line breaks and tabs become spaces unless ``keep_lines``. Idempotent.
    """
    shown = "".join(_shown(char, keep_lines) for char in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def counted(number: int, thing: str, several: str = "") -> str:
    """``1 answer``, ``3 answers``; ``several`` where more of them are called otherwise."""
    return f"{number} {thing if number == 1 else several or thing + 's'}"


def _shown(char: str, keep_lines: bool) -> str:
    if char in _KEEP:
        return char if keep_lines else " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _BAD_CATEGORIES else char
