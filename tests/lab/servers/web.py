"""Listens on the sites' ports 80 and 443 and does to each connection what the plan says."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import Coroutine

from tests.lab.internet import Site
from tests.lab.namespaces import Namespaces, tcp_listener
from tests.lab.servers.certificates import Certificates
from tests.lab.servers.clienthello import server_name
from tests.lab.servers.clock import WorldClock
from tests.lab.servers.http import MAX_HEAD, Handler, converse

HANDSHAKE_FAILURE = bytes([21, 3, 3, 0, 2, 2, 40])
"""A TLS record: fatal alert 40, handshake_failure (RFC 8446, section 6)."""


class WebPort:
    """One site's port: accepts, misbehaves if told to, else speaks TLS and HTTP."""

    def __init__(
        self,
        site: Site,
        handler: Handler,
        certificates: Certificates | None,
        sni_filter: dict[str, str],
        clock: WorldClock,
    ) -> None:
        """Without ``certificates`` it speaks plain HTTP."""
        self._site = site
        self._handler = handler
        self._certificates = certificates
        self._sni_filter = sni_filter
        self._clock = clock
        self._context: ssl.SSLContext | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, node: str, address: str, port: int, spaces: Namespaces) -> None:
        """Start accepting on one address."""
        sock = spaces.open(node, lambda: tcp_listener(address, port))
        self._start(self._accept(sock))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(sock)
            self._start(self._serve(connection))

    async def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            fate = await self._fate(connection)
            if fate == "ok":
                await self._converse(connection)
            else:
                await _mistreat(connection, fate)

    async def _fate(self, connection: socket.socket) -> str:
        if self._site.tcp != "ok":
            return self._site.tcp
        filtered = {**self._sni_filter, **self._own_failures()}
        if self._certificates is None or not filtered:
            return "ok"
        await _readable(connection)
        name = server_name(connection.recv(4096, socket.MSG_PEEK))
        return filtered.get(name, "ok")

    def _own_failures(self) -> dict[str, str]:
        how = self._site.fails_by_name
        return dict.fromkeys(self._site.names, how) if how else {}

    async def _converse(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=MAX_HEAD)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, connection, ssl=self._tls())
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        await converse(reader, writer, self._handler, self._clock)

    def _tls(self) -> ssl.SSLContext | None:
        if self._certificates is None:
            return None
        if self._context is None:
            site = self._site
            names = [*site.names, *site.addresses, *_extra_names(site)]
            self._context = self._certificates.context(names, site.certificate, site.tls_max)
        return self._context


def _extra_names(site: Site) -> list[str]:
    """The operators' certificates also carry the name of their DNS-over-HTTPS service."""
    return ["cloudflare-dns.com"] if "one.one.one.one" in site.names else []


async def _mistreat(connection: socket.socket, fate: str) -> None:
    if fate in {"silent", "hung"}:
        await asyncio.sleep(60)
    if fate in {"alert", "close"}:
        await _readable(connection)
        connection.recv(65536)
    if fate == "alert":
        connection.send(HANDSHAKE_FAILURE)
    if fate == "reset":
        await _readable(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    connection.setblocking(False)
    loop.add_reader(connection, _settle, ready)
    try:
        await ready
    finally:
        loop.remove_reader(connection)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
