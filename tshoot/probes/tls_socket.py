"""A TLS handshake over a plain socket, by ``ssl.MemoryBIO``.

asyncio's own TLS transport hides which end broke off and lingers after being cancelled; here a reset, an
end of the stream, an alert and silence stay apart, and the socket's owner closes it.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress

_CHUNK = 16384


class TlsOverSocket:
    """One handshake for ``name`` over a connected, non-blocking socket that the caller closes."""

    def __init__(self, connection: socket.socket, context: ssl.SSLContext, name: str) -> None:
        self._connection = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        # A zone is no part of a certificate's address.
        self.tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name.partition("%")[0])

    async def handshake(self) -> None:
        """Shake hands. Raises ssl.SSLError, EOFError where the other side closed, or another OSError."""
        while not self._step():
            await self._send()
            await self._receive()
        await self._send()

    def agreed(self) -> tuple[str, str, str]:
        """Version, cipher and application protocol that were agreed on."""
        cipher = self.tls.cipher()
        return self.tls.version() or "", cipher[0] if cipher else "", self.tls.selected_alpn_protocol() or ""

    def _step(self) -> bool:
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            self._send_alert()
            raise
        return True

    async def _send(self) -> None:
        waiting = self._outgoing.read()
        if waiting:
            await asyncio.get_running_loop().sock_sendall(self._connection, waiting)

    async def _receive(self) -> None:
        data = await asyncio.get_running_loop().sock_recv(self._connection, _CHUNK)
        if not data:
            raise EOFError
        self._incoming.write(data)

    def _send_alert(self) -> None:
        # A courtesy to the other side; it may be gone already.
        with suppress(OSError):
            self._connection.send(self._outgoing.read())
