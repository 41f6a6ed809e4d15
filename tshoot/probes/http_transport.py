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
