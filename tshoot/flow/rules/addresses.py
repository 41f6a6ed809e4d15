"""Rules about addresses in texts and probe parameters (flow-anchors.md, b4: F503; guide item B3)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tshoot.flow.model import Step
from tshoot.flow.rules.subject import LintProblem, Official, Subject
from tshoot.lookalike.domains import owner
from tshoot.lookalike.imitation import imitated

_ADDRESS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*://)?(?:[^\s/@\"'<>()]+@)?"
    r"(?P<host>(?:[^\W_][\w-]*\.)+[^\W_][\w-]*|\[[0-9a-f:.]+\])",
    re.I,
)
_RESERVED = re.compile(
    r"(?:^|\.)(?:example|test|invalid|localhost|local|internal|home\.arpa|example\.(?:com|net|org))$"
)
"""Names that belong to nobody: RFC 2606, RFC 6761, RFC 6762, RFC 8375, and .internal (ICANN, 2024)."""
_FILE_ENDINGS = frozenset(
    {
        "csv", "dat", "deb", "dll", "dmg", "doc", "exe", "gif", "htm", "html", "ico", "iso", "jpg", "js",
        "json", "log", "md", "mobileconfig", "msi", "old", "pac", "pdf", "pem", "pkg", "plist", "png", "py",
        "reg", "rpm", "sh", "svg", "toml", "txt", "xml", "yaml", "yml", "zip",
    }
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a text: the host in small letters, and the scheme where one is written."""

    host: str
    scheme: str


def addresses_in(text: str) -> Iterator[Found]:
    """Every host name, address and URL in ``text``; file names and abbreviations are left out."""
    if "." not in text and ":" not in text:
        return
    for match in _ADDRESS.finditer(text):
        found = Found(match["host"].lower().strip("[]"), (match["scheme"] or "").lower())
        if found.scheme or _is_host(found.host):
            yield found


def _is_host(host: str) -> bool:
    if _ip(host) is not None:
        return True
    last = host.rsplit(".", maxsplit=1)[-1]
    return bool(_LETTERS.fullmatch(last)) and last not in _FILE_ENDINGS


def addresses_official(subject: Subject) -> Iterator[LintProblem]:
    """Addresses belong to the services' official domains, or are reserved examples or private.

    The public servers of the anchors catalogue may be named too (``Official.hosts``).
    """
    official = subject.world.official
    if official is None:
        return
    for step, said in subject.said:
        for place, text in said:
            for found in addresses_in(text):
                fault = _fault(found, official)
                if fault:
                    yield subject.at(step, *fault, *place)
        for place, value in _parameters(step):
            for found in addresses_in(value):
                fault = _fault(found, official)
                if fault:
                    yield subject.at(step, *fault, *place)


def _parameters(step: Step) -> Iterator[tuple[tuple[str, ...], str]]:
    for holder, place in _holders(step):
        for key, value in getattr(holder, "with_", {}).items():
            yield (*place, "with", key), value


def _holders(step: Step) -> Iterator[tuple[object, tuple[str, ...]]]:
    yield step, ()
    for key in ("verify", "watch"):
        yield getattr(step, key, None), (key,)


def _fault(found: Found, official: Official) -> tuple[str, str, str] | None:
    """Rule, message and hint; None where the address is fine."""
    host = found.host
    if _private(host) or _RESERVED.search(host) or host in official.hosts:
        return None
    if owner(host, official.domains):
        if found.scheme in {"", "https://"}:
            return None
        return "address-insecure", f"'{found.scheme}{host}' is not encrypted.", "write https://"
    found_out = imitated(host, official.domains)
    if found_out:
        message = f"'{host}' looks like {found_out.domain} and does not belong to it."
        return "address-lookalike", message, "write the official address"
    known = ", ".join(sorted(official.domains))
    message = f"'{host}' belongs to no service of the catalogue."
    return "address-foreign", message, f"official: {known}; for examples, example.com"


def _private(host: str) -> bool:
    address = _ip(host)
    return address is not None and not address.is_global


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
