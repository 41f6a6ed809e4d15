"""Does a host name imitate an official one? By swapped signs, foreign letters, additions and slips."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CLOSEST = 0.8
"""From this similarity on (1 is equal) two names are taken for each other; below, short words collide."""
_TWINS = str.maketrans(
    {
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "|": "l", "!": "l", "i": "l",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "l", "ј": "j", "ѕ": "s",
        "м": "m", "т": "t", "в": "b", "н": "h", "к": "k", "ӏ": "l", "ο": "o", "α": "a", "ε": "e", "ι": "l",
        "μ": "m", "τ": "t", "ρ": "p", "ν": "v", "κ": "k", "ß": "b", "ı": "l", "ł": "l", "ø": "o", "đ": "d",
    }
)  # fmt: skip
"""Signs read for one another: digits, Cyrillic and Greek letters (after Unicode TR 39, confusables)."""


def imitated(host: str, domains: frozenset[str]) -> str | None:
    """The official domain that ``host`` (which belongs to none) looks like; None where it is no imitation."""
    return _imitated(host, tuple(sorted(domains)))


@lru_cache(maxsize=4096)
def _imitated(host: str, domains: tuple[str, ...]) -> str | None:
    labels = [skeleton(label) for label in _unicode(host).split(".")]
    return next((domain for domain in domains if _looks_like(labels, skeleton(_name(domain)))), None)


def skeleton(label: str) -> str:
    """A label as the eye reads it: without accents, hyphens and case, twin signs made one."""
    plain = unicodedata.normalize("NFKD", label.lower())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "-_·")
    return bare.translate(_TWINS).replace("rn", "m").replace("vv", "w").replace("cl", "d")


def _looks_like(labels: list[str], name: str) -> bool:
    return any(name in label or _similar(label, name) for label in labels)


def _similar(label: str, name: str) -> bool:
    longest = max(len(label), len(name))
    return longest > 3 and 1 - _distance(label, name) / longest >= _CLOSEST


def _distance(one: str, other: str) -> int:
    """Edits from one text to the other, a swap of neighbours counted as one (Damerau, 1964)."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _name(domain: str) -> str:
    """The label people know: ``t-mobile`` of ``t-mobile.com``."""
    return domain.split(".")[-2] if "." in domain else domain


def _unicode(host: str) -> str:
    labels = []
    for label in host.split("."):
        try:
            labels.append(label.encode("ascii").decode("idna") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)
