"""SOCKS 5 (RFC 1928), as little as tells whether such a proxy works: greeting, CONNECT by name, TLS.

Without credentials; a proxy that insists on them says so in the greeting.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time

from tshoot.probes.deadline import Deadline
from tshoot.probes.proxy_try import ProxyTry
from tshoot.probes.tcp_connect import connect_outcome, connected, since, system_reason
from tshoot.probes.tls_failure import handshake_failure
from tshoot.probes.tls_socket import TlsOverSocket

_GREETING = b"\x05\x01\x00"
"""Version 5, one method offered: no authentication."""
_NONE_ACCEPTABLE = 0xFF
_TAILS = {1: 4 + 2, 4: 16 + 2}
"""Bytes of bound address and port after the reply's type, by type (RFC 1928, section 6); 3 is a name."""
_NAME = 3
_LAST_MOMENT = 0.02


async def through_socks(
    address: str, port: int, goal: tuple[str, int], tls: ssl.SSLContext, deadline: Deadline
) -> ProxyTry:
    """Ask the proxy at ``address`` for ``goal`` (host, port) and shake hands with it; by ``deadline``.

    The stages are those of :class:`ProxyTry`; 407 stands for "credentials wanted", 502 for a refused
    CONNECT, 200 for an accepted one: SOCKS has codes of its own.
    """
    attempt = _Attempt(address, port, goal, tls)
    try:
        async with asyncio.timeout(max(0.0, deadline.remaining() - _LAST_MOMENT)):
            await attempt.run()
    except TimeoutError:
        attempt.trouble = "timeout"
    return attempt.result()


class _Attempt:
    def __init__(self, address: str, port: int, goal: tuple[str, int], tls: ssl.SSLContext) -> None:
        self.address, self.port, self.goal, self.tls = address, port, goal, tls
        self.began = time.perf_counter()
        self.stage, self.trouble, self.reason = "connect", "", ""
        self.connect_status: int | None = None

    async def run(self) -> None:
        try:
            async with connected(self.address, self.port) as connection:
                if await self._accepted(connection):
                    self.stage = "tls"
                    await self._shake_hands(connection)
        except EOFError:
            self.trouble = "closed"
        except OSError as error:
            self.trouble, self.reason = connect_outcome(error), system_reason(error)

    async def _accepted(self, connection: socket.socket) -> bool:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(connection, _GREETING)
        version, method = await _exactly(connection, 2)
        if version != 5:
            self.trouble = "garbled"
        elif method == _NONE_ACCEPTABLE:
            self.trouble, self.connect_status = "refused", 407
        elif method == 0:
            await loop.sock_sendall(connection, _wish(*self.goal))
            return await self._granted(connection)
        else:
            self.trouble = "garbled"
        return False

    async def _granted(self, connection: socket.socket) -> bool:
        _, reply, _, kind = await _exactly(connection, 4)
        if reply != 0:
            self.trouble, self.connect_status, self.reason = "refused", 502, f"SOCKS reply {reply}"
            return False
        tail = (await _exactly(connection, 1))[0] + 2 if kind == _NAME else _TAILS.get(kind, 0)
        await _exactly(connection, tail)
        self.connect_status = 200
        return True

    async def _shake_hands(self, connection: socket.socket) -> None:
        try:
            await TlsOverSocket(connection, self.tls, self.goal[0]).handshake()
        except (OSError, EOFError) as error:
            outcome, reason = handshake_failure(error)
            self.trouble, self.reason = outcome, reason
        else:
            self.stage = "answer"

    def result(self) -> ProxyTry:
        return ProxyTry(
            stage=self.stage,
            trouble=self.trouble,
            reason=self.reason,
            address=self.address,
            connect_status=self.connect_status,
            ms=since(self.began),
        )


def _wish(host: str, port: int) -> bytes:
    """CONNECT to a name (RFC 1928, section 4); names are at most 253 bytes."""
    name = host.encode("ascii", "replace")[:255]
    return b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big")


async def _exactly(connection: socket.socket, count: int) -> bytes:
    """``count`` bytes. Raises EOFError where the other side closes before."""
    data = b""
    while len(data) < count:
        more = await asyncio.get_running_loop().sock_recv(connection, count - len(data))
        if not more:
            raise EOFError
        data += more
    return data
