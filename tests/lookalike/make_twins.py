"""Makes ``tshoot/lookalike/twins.txt`` anew: ``python -m tests.lookalike.make_twins``.

The facts are those of Unicode's confusables.txt (UTS #39), as the library confusable-homoglyphs ships them.
Kept is what matters for names of ASCII letters: single signs that are read as such letters, unless
normalizing (NFKD) makes them so anyway. Names come in small letters, so those of each sign stand there too.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from tshoot.lookalike.twins import TABLE

_WANTED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_HEAD = """\
# Signs that are read as ASCII letters, digits, hyphen or dot: "reads as", then code points in hexadecimal.
# Made by tests/lookalike/make_twins.py from the data of Unicode Technical Standard #39 (confusables.txt).
# Copyright 1991-2023 Unicode, Inc. Licence of the data: see UNICODE-LICENSE.txt in this folder.
"""
_WIDTH = 100


def made() -> str:
    """The whole table as text."""
    lines = (line for target, signs in sorted(_by_target().items()) for line in _lines(target, signs))
    return _HEAD + "\n".join(lines) + "\n"


def _by_target() -> Mapping[str, list[str]]:
    from confusable_homoglyphs.confusables import confusables_data

    found: dict[str, list[str]] = {}
    for key, others in confusables_data.items():
        sign = _bare(key)
        read = sorted({text for each in others if (text := _bare(each["c"]).lower()) and _plain(text)})
        if len(sign) == 1 and not sign.isascii() and read and not _plain(_normal(sign)):
            found.setdefault(min(read, key=lambda text: (len(text), text)), []).append(sign)
    small = _small({sign: target for target, signs in found.items() for sign in signs})
    return {target: sorted({*signs, *small.get(target, [])}) for target, signs in found.items()}


def _small(reads: Mapping[str, str]) -> Mapping[str, list[str]]:
    """The small letters of those signs, where they have none of their own in the data and are no ASCII."""
    found: dict[str, list[str]] = {}
    for sign, target in reads.items():
        small = sign.lower()
        if len(small) == 1 and small not in reads and not small.isascii() and not _plain(_normal(small)):
            found.setdefault(target, []).append(small)
    return found


def _bare(text: str) -> str:
    return text.replace("\u200e", "")


def _normal(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _plain(text: str) -> bool:
    return bool(text) and set(text) <= _WANTED


def _lines(target: str, signs: list[str]) -> Iterator[str]:
    line = target
    for sign in signs:
        code = f" {ord(sign):X}"
        if len(line) + len(code) > _WIDTH:
            yield line
            line = target
        line += code
    yield line


if __name__ == "__main__":
    Path(TABLE).write_text(made(), encoding="utf-8")
