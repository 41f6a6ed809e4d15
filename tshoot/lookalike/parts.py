"""Takes an address apart as a browser does (WHATWG URL Standard), so that no trick of writing gets past."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from tshoot.lookalike.model import Reason

LONGEST = 16_384
"""Signs that are looked at; sign-in addresses of some thousand are usual."""
_WEB = re.compile(r"^(?:https?|hxxps?):[/\\]*|^[/\\]{2,}", re.I)
_VIEW = re.compile(r"^view-source:", re.I)
_PROGRAM = re.compile(r"^(?:javascript|vbscript|data|blob|filesystem|intent):", re.I)
_MAIL = re.compile(r"^mailto:", re.I)
_OWN_PAGE = re.compile(r"^(?:about|chrome|edge|file|moz-extension|chrome-extension|res|tel|sms):", re.I)
_OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.I)
_NUMBER = re.compile(r"^(?:0x[0-9a-f]*|[0-9]+)$", re.I)
_DEFANGED = (("[.]", "."), ("(.)", "."), ("[:]", ":"))
_ASCII_CAPITALS = re.compile("[A-Z]+")
_LABEL = re.compile(r"^(?!-)[^\s/?#@:\\%\[\]<>^|\"']{1,63}(?<!-)$")

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Parts:
    """An address in its parts. ``host`` is as written, its ASCII in small letters, without a dot at its end.

    ``scheme`` is empty where none was written, ``before_at`` is what stands before an @ sign, ``behind`` all
    that comes after the host. ``plain`` is False where the browser has to decode the host first.
    """

    host: str
    scheme: str = ""
    before_at: str | None = None
    port: str = ""
    behind: str = ""
    plain: bool = True

    @property
    def ip(self) -> IP | None:
        """The host as a numeric address, also in the odd ways of writing that browsers take."""
        return _ip(self.host)


def take_apart(text: str) -> Parts | Reason:
    """The parts of what was typed or pasted, or the reason why it is no address of a page."""
    if len(text) > LONGEST and not _ends_early(text):
        return "too_long"
    cleaned = _cleaned(text[:LONGEST])
    if not cleaned:
        return "empty"
    if " " in cleaned:
        words = [word.strip(",;") for word in cleaned.split() if _WEB.match(word) or "." in word[:-1]]
        if len(words) != 1:
            return "several"
        cleaned = words[0]
    return _no_page(cleaned) or _web_parts(cleaned)


def _ends_early(text: str) -> bool:
    """True where the host of an over-long address has ended in the part that is looked at."""
    start = _WEB.match(text.lstrip())
    return bool(start and re.search(r"[/?#]", text.lstrip()[start.end() : LONGEST]))


def _cleaned(text: str) -> str:
    """Without what browsers leave out: space around, tabs and line breaks; quotes and brackets around."""
    text = re.sub(r"\s+", " ", re.sub(r"[\t\r\n]", "", text)).strip(" \ufeff\u200b\u200e\u200f\u2060")
    if len(text) > 1 and text[0] in "<(\"'“‘«" and text[-1] in ">)\"'”’»":
        text = text[1:-1].strip()
    text = _VIEW.sub("", text)
    for written, meant in _DEFANGED:
        text = text.replace(written, meant)
    return text


def _no_page(text: str) -> Reason | None:
    if _PROGRAM.match(text):
        return "program"
    if _MAIL.match(text):
        return "e_mail"
    if _OWN_PAGE.match(text):
        return "browser_page"
    return "unreadable" if _OTHER_SCHEME.match(text) and not _WEB.match(text) else None


def _web_parts(text: str) -> Parts | Reason:
    start = _WEB.match(text)
    scheme = start[0].rstrip("/\\:").lower().replace("hxxp", "http") if start else ""
    rest = text[start.end() :] if start else text
    if _ip(rest) is not None:  # an IPv6 address without its brackets
        return Parts(str(_ip(rest)), scheme)
    authority, behind = _split(rest)
    before, at, place = authority.rpartition("@")
    host, port = _port(place)
    if port and not (port.isdecimal() and int(port[:6]) < 65_536):
        return "unreadable"
    decoded, plain = _decoded(host)
    if not _readable(decoded):
        return "unreadable" if decoded or at else "empty"
    return Parts(decoded, scheme, before if at else None, port, behind, plain)


def _split(rest: str) -> tuple[str, str]:
    """The part with the host, which any slash ends (browsers take a backslash for one), and what follows."""
    found = re.search(r"[/\\?#]", rest)
    return (rest[: found.start()], rest[found.start() :]) if found else (rest, "")


def _port(place: str) -> tuple[str, str]:
    if place.startswith("["):
        host, _, after = place.partition("]")
        return host[1:], after.removeprefix(":")
    host, colon, port = place.rpartition(":")
    return (host, port) if colon else (place, "")


def _decoded(host: str) -> tuple[str, bool]:
    """The host with its % signs read, ASCII in small letters; and whether it was written plainly."""
    read = unquote(host, errors="replace")
    without = "".join(sign for sign in read if not _hidden(sign))
    dotted = re.sub("[。．｡]", ".", without)
    return _ASCII_CAPITALS.sub(lambda found: found[0].lower(), dotted).removesuffix("."), dotted == host


def _hidden(sign: str) -> bool:
    """True for signs that can't be seen, and for the one that stands for such a sign on screens."""
    return unicodedata.category(sign).startswith("C") or sign == "\N{REPLACEMENT CHARACTER}"


def _readable(host: str) -> bool:
    if _ip(host) is not None:
        return True
    return 0 < len(host) <= 253 and all(_LABEL.match(label) for label in host.split("."))


def _ip(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not host.isascii() or not _NUMBER.match(host.rpartition(".")[2]):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
