"""Which proxy a browser on this computer would use for the target. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from tshoot.host.model import HostState, Proxy
from tshoot.host.no_proxy import goes_around, proxy_for

Login = tuple[bytes, bytes]
Kind = Literal["http", "socks", "other"]
_PORTS = {"http": 80, "https": 443}
_SOCKS = frozenset({"socks", "socks5", "socks5h"})
_SOCKS_PORT = 1080
"""RFC 1928, section 3; the others are those of their schemes, as browsers assume."""


@dataclass(frozen=True, slots=True)
class ProxyServer:
    """One proxy to try. ``login`` stays in memory and out of every text."""

    scheme: str
    host: str
    port: int
    login: Login | None = field(default=None, repr=False)

    @property
    def kind(self) -> Kind:
        """How it is spoken to."""
        if self.scheme in _PORTS:
            return "http"
        return "socks" if self.scheme in _SOCKS else "other"

    @property
    def url(self) -> str:
        """Its address without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def proxy_server(url: str, login: Login | None = None) -> ProxyServer | None:
    """The proxy at ``url`` (scheme://host[:port]); None where it can't be read."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if not host or not scheme:
        return None
    return ProxyServer(scheme, host, port or _PORTS.get(scheme, _SOCKS_PORT), login)


def chosen(host: HostState, name: str) -> Proxy | Literal["none", "bypassed"]:
    """The setting for https to ``name``: a proxy, a script, none, or one that is set but goes around it."""
    found = proxy_for(host, "https", name)
    if found is not None:
        return found
    concerned = any(proxy.scheme in ("https", "all", "pac") for proxy in host.proxies)
    return "bypassed" if concerned and goes_around(host.no_proxy, name) else "none"
