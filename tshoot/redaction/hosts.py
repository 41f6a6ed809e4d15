"""Finds host names and the telling parts of web addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tshoot.redaction.addresses import address_in
from tshoot.redaction.model import Span

_RUN = re.compile(r"(?<![\w.-])\w[\w.-]*+")
_LONGEST_NAME = 253
_LONGEST_LABEL = 63
_URL = re.compile(r"(?i)\bhttps?://(?P<host>[^\s/?#<>\"'\\]{1,300}+)(?P<rest>[/?#][^\s<>\"'\\]{0,1500}+)?")
_AUTHORITY = re.compile(r"(?<=://)[^\s/?#<>\"'\\]{1,500}+")
_AFTER = ".,:;!?)]}'"

_ENDINGS = (
    "com net org edu gov mil int info biz pro mobi asia aero coop jobs tel travel xyz online site tech cloud "
    "app dev page shop store blog news live email network systems services solutions company digital agency "
    "example invalid localhost local lan home internal intranet corp private localdomain arpa box"
)
ENDINGS = frozenset(_ENDINGS.split())
"""The last labels that make a name a host name in running text; two letters are a country's."""
_WORDS_NOT_HOSTS = frozenset({"e.g", "i.e", "a.m", "p.m"})


def host_in(text: str) -> str | None:
    """``text`` as a host name in lower case; None where it can't be one, or is an address."""
    name = text.strip().rstrip(".").lower()
    if not 3 <= len(name) <= _LONGEST_NAME or "." not in name or address_in(name) is not None:
        return None
    labels = name.split(".")
    good = all(0 < len(label) <= _LONGEST_LABEL and _good_label(label) for label in labels)
    return name if good and not labels[-1].isdigit() else None


def _good_label(label: str) -> bool:
    return label.replace("-", "").replace("_", "").isalnum() and label[0] != "-" and label[-1] != "-"


def official(name: str, domains: frozenset[str]) -> bool:
    """True where ``name`` is one of ``domains`` or below one."""
    labels = name.lower().rstrip(".").split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels)))


def hosts(text: str, domains: frozenset[str]) -> Iterator[Span]:
    """Names in ``text`` that end as host names do, and are not official."""
    for match in _RUN.finditer(text):
        run = match[0].rstrip(".-_")
        if len(run) > _LONGEST_NAME:
            continue
        name = host_in(run)
        if name is not None and _ends_like_a_host(name) and not official(name, domains):
            yield Span(match.start(), match.start() + len(run), name)


def _ends_like_a_host(name: str) -> bool:
    ending = name.rpartition(".")[2]
    country = len(ending) == 2 and ending.isalpha()
    return (country or ending in ENDINGS or ending.startswith("xn--")) and name not in _WORDS_NOT_HOSTS


def url_parts(text: str, domains: frozenset[str]) -> Iterator[Span]:
    """What stands behind the host of each web address; of official sites only what may hold a secret."""
    for match in _URL.finditer(text):
        # What closes a sentence or a bracket does not belong to the address.
        rest = (match["rest"] or "").rstrip(_AFTER)
        if rest in ("", "/", "?", "#"):
            continue
        start = match.start("rest")
        host = match["host"].rpartition("@")[2].partition(":")[0]
        if official(host, domains):
            asked = min(
                (place for place in (rest.find("?"), rest.find("#")) if place >= 0), default=len(rest)
            )
            if asked + 1 < len(rest):
                yield Span(start + asked + 1, start + len(rest), rest[asked + 1 :])
        else:
            yield Span(start + 1, start + len(rest), rest[1:])


def logins(text: str) -> Iterator[Span]:
    """The ``name:password`` before the host of each address."""
    for match in _AUTHORITY.finditer(text):
        login, found, _ = match[0].rpartition("@")
        if found and login:
            yield Span(match.start(), match.start() + len(login), login)
