"""Does a host name that belongs to no official domain imitate one, and how?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tshoot.lookalike.domains import registrable, shown
from tshoot.lookalike.model import Reason
from tshoot.lookalike.twins import PAIRS, folded, skeleton

_CLOSEST = 0.8
"""From this similarity on (1 is equal) two names are taken for each other; below, short words collide."""
_LEADING = frozenset(
    {
        "account", "accounts", "app", "auth", "bill", "billing", "e", "get", "go", "help", "home", "http",
        "https", "id", "login", "m", "mobile", "my", "new", "online", "pay", "portal", "secure", "security",
        "service", "sign", "signin", "sso", "support", "the", "us", "verify", "web", "welcome", "www", "your",
    }
)  # fmt: skip
"""Words that are put before a name to make it look official. With any other letters before it a short name is
part of another word: boostmobile, mintmobile and automobile imitate nobody."""


@dataclass(frozen=True, slots=True)
class Imitation:
    """The official domain that is imitated, and by what."""

    domain: str
    reason: Reason


def imitated(host: str, domains: frozenset[str]) -> Imitation | None:
    """What ``host`` (which belongs to none of ``domains``) imitates; None where it is no imitation."""
    return _imitated(host, tuple(sorted(domains)))


@lru_cache(maxsize=4096)
def _imitated(host: str, domains: tuple[str, ...]) -> Imitation | None:
    read = shown(host)
    found = (Imitation(domain, reason) for domain in domains if (reason := _how(read, domain)) is not None)
    # "metrobyt-mobile" holds "t-mobile" too: the longer name is the one that is meant.
    return max(found, key=lambda imitation: len(imitation.domain), default=None)


def name_of(domain: str) -> str:
    """The label people know: ``t-mobile`` of ``t-mobile.com``."""
    return domain.split(".")[-2] if "." in domain else domain


def _how(host: str, domain: str) -> Reason | None:
    plain = folded(host)
    if f".{domain}." in f".{plain}.":
        return "front" if plain == host else "letters"
    name = name_of(domain)
    whole = host.replace(".", "-")
    fitting = [label for label in (*host.split("."), whole) if _resembles(label, name)]
    return _reason(fitting[0], host, name) if fitting else None


def _reason(label: str, host: str, name: str) -> Reason:
    plain, bare = folded(label), _bare(name)
    if plain != label:
        return "letters"
    if plain == name:
        return "ending" if (registrable(host) or host).split(".")[0] == label else "front"
    if _bare(plain) == bare:
        return "hyphen"
    if bare in _bare(plain):
        return "hyphen" if "." in host and label not in host.split(".") else "added"
    return _slip(plain, bare)


def _slip(plain: str, bare: str) -> Reason:
    """Which of the ways to misread it is needed to make the official name of it."""
    if skeleton(bare) not in skeleton(plain):
        return "slip"
    if any(sign.isdecimal() for sign in plain):
        return "digits"
    return "signs" if any(pair in _bare(plain) for pair, _ in PAIRS) else "slip"


def _bare(text: str) -> str:
    return text.replace("-", "").replace("_", "")


def _resembles(label: str, name: str) -> bool:
    """True where the label, or a part of it that begins like one, is read as the name."""
    wanted = skeleton(name)
    return any(_alike(part, wanted) for part in _beginnings(label, wanted))


def _beginnings(label: str, wanted: str) -> Iterator[str]:
    """What could be the name in a label: the rest of it from each place where a word begins."""
    parts = folded(label).split("-")
    for number in range(len(parts)):
        for pairs in (True, False):
            rest, first = (skeleton(text, pairs) for text in ("".join(parts[number:]), parts[number]))
            yield rest
            yield from (rest[len(word) :] for word in _LEADING_READ if first.startswith(word))
    whole = skeleton(label)
    if len(wanted) >= 10 and wanted in whole:  # long enough to be no part of another word
        yield whole[whole.index(wanted) :]


_LEADING_READ = tuple(sorted(skeleton(word) for word in _LEADING))


def _alike(part: str, wanted: str) -> bool:
    """True where ``part`` begins with the name or nearly with it.

    The first letter must be right: without it a short name is another word, as "mobile" and "xmobile" are.
    """
    if part.startswith(wanted):
        return True
    if part[:2] not in {wanted[:2], wanted[1::-1]} and part[:1] != wanted[:1]:
        return False
    most = int(len(wanted) * (1 - _CLOSEST) + 1e-9)
    windows = range(len(wanted) - most, len(wanted) + most + 1)
    return any(_distance(part[:length], wanted) <= most for length in windows if length <= len(part))


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
