"""Addresses as people and browsers write them: where to listen, the public address, a Host header."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tshoot.serve.problems import ServeError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Authority:
    """A host and a port, as in ``localhost:8780``; an IPv6 address without its brackets."""

    host: str
    port: int


@dataclass(frozen=True)
class Origin:
    """Scheme, host and port: what a browser calls the origin of a page (RFC 6454)."""

    scheme: str
    authority: Authority

    def __str__(self) -> str:
        host, port = self.authority.host, self.authority.port
        shown = f"[{host}]" if ":" in host else host
        return f"{self.scheme}://{shown}" + ("" if port == _PORTS[self.scheme] else f":{port}")


def listening_address(text: str) -> str:
    """The IP address to listen at, from ``localhost`` or an address. Raises :class:`ServeError`.

    Names are refused: what one means is decided elsewhere, and may change.
    """
    if text == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text.strip("[]")))
    except ValueError:
        raise ServeError(f"--host takes an IP address of this computer or localhost, not '{text}'.") from None


def is_loopback(address: str) -> bool:
    """True where only this computer can reach the address."""
    return ipaddress.ip_address(address).is_loopback


def is_every_address(address: str) -> bool:
    """True for 0.0.0.0 and ::, which stand for all addresses of this computer."""
    return ipaddress.ip_address(address).is_unspecified


def is_ip_address(host: str) -> bool:
    """True for an IP address, which nobody can point elsewhere as they can a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def public_origin(text: str) -> Origin:
    """The address people type, from ``https://help.example.org``. Raises :class:`ServeError`."""
    origin = origin_of(text.rstrip("/"))
    if origin is None:
        raise ServeError(
            f"--public-url takes an address such as https://help.example.org, without a path, not '{text}'."
        )
    return origin


def origin_of(text: str) -> Origin | None:
    """An Origin header or a bare address; None for what is none (also for ``null``)."""
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _PORTS:
        return None
    authority = authority_of(rest, _PORTS[scheme])
    return None if authority is None else Origin(scheme, authority)


def authority_of(text: str, port: int) -> Authority | None:
    """A Host header; ``port`` where it names none. None for what is no host and port."""
    if not text or any(char in text for char in "/?#@\\ \t"):
        return None
    try:
        parts = urlsplit(f"//{text}")
        host, named = parts.hostname, parts.port
    except ValueError:
        return None
    return None if not host else Authority(host, port if named is None else named)
