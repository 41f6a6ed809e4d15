"""Which part of a name was registered by its owner, by the Public Suffix List. Bundled data, no network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SHORTENERS = frozenset(
    {
        "bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "s.id",
        "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd",
    }
)  # fmt: skip
"""The best-known services whose links say nothing of where they lead."""
_HOME = ("local", "localhost", "lan", "home", "internal", "intranet", "localdomain", "home.arpa", "hotspot")
"""Endings of names inside a home: RFC 6762, RFC 6761, RFC 8375, .internal (ICANN, 2024), and what routers
make up; mobile.hotspot is one (provider facts, 3.6)."""


@lru_cache(maxsize=1024)
def registrable(host: str) -> str | None:
    """The registered domain of ``host``: the public suffix and one label. None for a suffix alone and for an
    ending that the list does not know.
    """
    return _list().privatesuffix(_ascii(host), accept_unknown=False)


def known_ending(host: str) -> bool:
    """True where the list knows the ending, so that a website can have it."""
    return _list().publicsuffix(_ascii(host), accept_unknown=False) is not None


def inside_home(host: str) -> bool:
    """True for names that exist in a home network only."""
    return any(host == ending or host.endswith(f".{ending}") for ending in _HOME)


def owner(host: str, domains: Iterable[str]) -> str | None:
    """The one of ``domains`` that ``host`` belongs to; an ending that many share (``com``) owns nothing."""
    fitting = (domain for domain in domains if host == domain or host.endswith(f".{domain}"))
    return next((domain for domain in fitting if not _shared(domain)), None)


def _shared(domain: str) -> bool:
    return "." not in domain or _list().publicsuffix(_ascii(domain), accept_unknown=False) == domain


def shown(host: str) -> str:
    """``host`` as a browser may show it: its ``xn--`` labels decoded where they can be."""
    return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _ascii(host: str) -> str:
    import idna

    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ".".join(label if label.isascii() else "xn--unreadable" for label in host.split("."))


@cache
def _list() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
