"""Which names a browser may call this server by, and which pages may talk to it.

A page of another site can make a browser send requests here: by a name of its own that it points at this
computer (DNS rebinding), or straight to this address (cross-site requests and websockets). The Host header
gives the first away, the Origin header the second; pages can set neither.
"""

from __future__ import annotations

from tshoot.serve.address import Authority, Origin, authority_of, is_every_address, is_ip_address, origin_of
from tshoot.serve.settings import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Origins:
    """The names of one server that listens at ``port``."""

    def __init__(self, settings: Settings, port: int) -> None:
        self._any_ip = is_every_address(settings.host)
        self._port = port
        hosts = _LOOPBACK if settings.host in _LOOPBACK or self._any_ip else ()
        own = {Origin("http", Authority(host, port)) for host in (*hosts, settings.host)}
        self._origins = own | ({settings.public} if settings.public is not None else set())
        self._default_port = 443 if settings.encrypted else 80

    def host_allowed(self, header: str | None) -> bool:
        """True for a Host header that names this server."""
        authority = authority_of(header or "", self._default_port)
        if authority is None:
            return False
        return any(origin.authority == authority for origin in self._origins) or self._by_ip(authority)

    def origin_allowed(self, header: str) -> bool:
        """True for an Origin header of this server's own pages."""
        origin = origin_of(header)
        if origin is None:
            return False
        return origin in self._origins or (origin.scheme == "http" and self._by_ip(origin.authority))

    def _by_ip(self, authority: Authority) -> bool:
        # Which of its addresses people use is not known here. An address can't be rebound as a name can.
        return self._any_ip and authority.port == self._port and is_ip_address(authority.host)
