"""What is being checked: a service of the catalogue, a host name, an address or an https URL."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORT = 443
_LONGEST_QUOTED = 40


class TargetError(ValueError):
    """The target can't be used; the message says what is wrong and what is allowed."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the probes aim at.

    ``host`` is a lower-case ASCII name without trailing dot, or an IP literal; ``chain`` are the
    further hosts of the service's sign-in chain; ``path`` is what the HTTP probe asks for.
    """

    host: str
    service: str | None = None
    title: str = ""
    port: int = DEFAULT_PORT
    path: str = "/"
    chain: tuple[str, ...] = ()

    @property
    def is_address(self) -> bool:
        """True when the host is an IP literal, so that no name has to be looked up."""
        return _as_address(self.host) is not None

    @property
    def label(self) -> str:
        """How the target is named to the person."""
        return self.title or self.host

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host of the target, the main one first."""
        return (self.host, *(name for name in self.chain if name != self.host))


def parse_target(text: str) -> Target:
    """Read a host name, address, ``host:port`` or https URL.

    Raises :class:`TargetError` on anything else.
    """
    text = text.strip()
    parts = _split(text)
    if parts.username is not None or parts.password is not None:
        raise TargetError("Leave the user name and password out of the address.")
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Target(host=_clean_host(_hostname(parts, text), text), port=_port(parts, text), path=path + query)


def _quoted(text: str) -> str:
    """What was given, for a message; of a long one its beginning."""
    return repr(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…")


def _split(text: str) -> SplitResult:
    if not text or any(char.isspace() or not char.isprintable() for char in text):
        raise TargetError(f"{_quoted(text)} is not a host name or an https address.")
    scheme, found, _ = text.partition("://")
    if found and scheme.lower() != "https":
        raise TargetError(f"'{scheme}://' can't be checked; give a host name or an https:// address.")
    bare = _as_address(text)
    if bare is not None and bare.version == 6:
        text = f"[{text}]"
    try:
        return urlsplit(text if found else f"https://{text}")
    except ValueError as error:
        raise TargetError(f"{_quoted(text)} is not a usable address: {error}.") from None


def _hostname(parts: SplitResult, text: str) -> str:
    try:
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        raise TargetError(f"{_quoted(text)} names no host.")
    return host


def _port(parts: SplitResult, text: str) -> int:
    try:
        port = parts.port
    except ValueError:
        raise TargetError(f"The port in {_quoted(text)} must be a number from 1 to 65535.") from None
    if port == 0:
        raise TargetError(f"The port in {_quoted(text)} must be a number from 1 to 65535.")
    return port or DEFAULT_PORT


def _clean_host(host: str, text: str) -> str:
    address = _as_address(host)
    if address is not None:
        return str(address)
    host = host.removesuffix(".").lower()
    if not host.isascii():
        host = _to_ascii(host, text)
    _check_labels(host, text)
    return host


def _to_ascii(host: str, text: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise TargetError(f"{_quoted(text)} is not a valid host name: {error}.") from None


def _check_labels(host: str, text: str) -> None:
    labels = host.split(".")
    wrong = next((label for label in labels if not _good_label(label)), None)
    if wrong is not None or len(host) > 253:
        raise TargetError(f"{_quoted(text)} is not a valid host name.")
    if labels[-1].isdigit():
        raise TargetError(f"{_quoted(text)} looks like an address, but is not a valid one.")


def _good_label(label: str) -> bool:
    inner = label.replace("-", "").replace("_", "")
    return (
        0 < len(label) <= 63 and inner.isalnum() and label.isascii() and label[0] != "-" and label[-1] != "-"
    )


def _as_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
