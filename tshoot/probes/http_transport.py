"""One HTTP/1.1 connection by httpcore, with a socket that is closed whatever happens.

Only imported once the HTTP library may be loaded (``http_exchange.http_ready``). httpcore itself loses the
socket when it is cancelled during the TLS handshake, so the backend keeps hold of it.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import httpcore


class ClosingBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own backend, remembering what it opened."""

    def __init__(self) -> None:
        self._backend = httpcore.AnyIOBackend()
        self._opened: list[httpcore.AsyncNetworkStream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect and remember the stream."""
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        self._opened.append(stream)
        return stream

    async def aclose(self) -> None:
        """Close every socket that is still open."""
        for stream in self._opened:
            await stream.aclose()


class PinnedBackend(ClosingBackend):
    """Connects to one address, whatever host is asked for; the host keeps its part in TLS."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the address."""
        return await super().connect_tcp(self._address, port, timeout, local_address, socket_options)


@asynccontextmanager
async def proxied(
    proxy_url: str, address: str, login: tuple[bytes, bytes] | None, tls: ssl.SSLContext
) -> AsyncIterator[httpcore.AsyncHTTPProxy]:
    """A way through the proxy of that URL at ``address``, for one request; closed at the end."""
    backend = PinnedBackend(address)
    pool = httpcore.AsyncHTTPProxy(
        proxy_url,
        proxy_auth=login,
        ssl_context=tls,
        proxy_ssl_context=tls if proxy_url.startswith("https:") else None,
        network_backend=backend,
    )
    try:
        yield pool
    finally:
        await pool.aclose()
        await backend.aclose()


@asynccontextmanager
async def connection(
    scheme: str, address: str, port: int, tls: ssl.SSLContext
) -> AsyncIterator[httpcore.AsyncHTTPConnection]:
    """A connection for one request to ``address``; closed at the end, also on cancelling."""
    backend = ClosingBackend()
    origin = httpcore.Origin(scheme.encode(), address.encode(), port)
    opened = httpcore.AsyncHTTPConnection(origin, ssl_context=tls, network_backend=backend)
    try:
        yield opened
    finally:
        await opened.aclose()
        await backend.aclose()
