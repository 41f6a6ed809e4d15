"""Judges an address that somebody typed or pasted. Pure: it is never opened."""

from __future__ import annotations

import unicodedata

from tshoot.lookalike.domains import SHORTENERS, inside_home, known_ending, owner, registrable
from tshoot.lookalike.imitation import imitated, name_of
from tshoot.lookalike.model import Judgement, Outcome, Reason
from tshoot.lookalike.parts import Parts, take_apart
from tshoot.lookalike.twins import folded

_NO_PAGE: dict[Reason, Outcome] = {"program": "other_site"}
_SAFE_PORTS = {"", "443"}


def judge(text: str, domains: frozenset[str]) -> Judgement:
    """What the address in ``text`` is, given the official ``domains``.

    Official is only what is written plainly, without an @ sign, and whose registered domain is one of them.
    """
    parts = take_apart(text)
    if not isinstance(parts, Parts):
        return Judgement(_NO_PAGE.get(parts, "not_an_address"), parts)
    if parts.ip is not None:
        return _numeric(parts, domains)
    domain = owner(_in_ascii(parts.host), domains)
    if parts.before_at is not None:
        return _with_at(parts, domains, domain)
    if domain is not None:
        return _own(parts, domain)
    return _foreign(parts, domains)


def _own(parts: Parts, domain: str) -> Judgement:
    if not parts.plain or not parts.host.isascii():
        return Judgement("look_alike", "disguised", domain)
    reason: Reason = "own_domain"
    if parts.scheme == "http":
        reason = "own_domain_http"
    elif parts.port not in _SAFE_PORTS:
        reason = "own_domain_port"
    return Judgement("official", reason, domain, parts.host)


def _with_at(parts: Parts, domains: frozenset[str], domain: str | None) -> Judgement:
    """An @ sign: an e-mail address, or something put before the real host to be taken for it."""
    before = folded(parts.before_at or "")
    shown = [each for each in domains if name_of(each) in before]
    meant = max(shown, key=len, default=domain or "")
    if not parts.scheme and not shown and parts.behind == "":
        return Judgement("not_an_address", "e_mail")
    return Judgement("look_alike", "at_sign", meant)


def _numeric(parts: Parts, domains: frozenset[str]) -> Judgement:
    meant = _pretended(parts, domains)
    if parts.before_at is not None:
        return _with_at(parts, domains, None)
    assert parts.ip is not None
    if not parts.ip.is_global:
        return Judgement("private_address", "private")
    return Judgement("look_alike", "behind", meant) if meant else Judgement("other_site", "numbers")


def _foreign(parts: Parts, domains: frozenset[str]) -> Judgement:
    found = imitated(parts.host, domains)
    if found is not None and (parts.scheme or "." in parts.host):
        return Judgement("look_alike", found.reason, found.domain)
    if registrable(parts.host) in SHORTENERS:
        return Judgement("short_link", "short")
    if inside_home(parts.host) or (parts.scheme and "." not in parts.host):
        return Judgement("private_address", "private")
    if not known_ending(parts.host) or registrable(parts.host) is None:
        return Judgement("not_an_address", "no_ending" if "." not in parts.host else "unknown_ending")
    meant = _pretended(parts, domains)
    return Judgement("look_alike", "behind", meant) if meant else Judgement("other_site", "other")


def _pretended(parts: Parts, domains: frozenset[str]) -> str:
    """The official domain that stands right behind the first slash, to be taken for the host."""
    first = folded(parts.behind[:300]).lstrip("/\\").partition("/")[0].partition("?")[0]
    return next((domain for domain in sorted(domains) if first.endswith(domain)), "")


def _in_ascii(host: str) -> str:
    """The host as the browser would ask for it: signs that only look different are made plain."""
    return host if host.isascii() else unicodedata.normalize("NFKC", host).lower()
