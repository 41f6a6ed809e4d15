"""A nano DNS-over-HTTPS server on loopback (RFC 8484), around a handler of :mod:`tests.support.nanodns`."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import trustme

from tests.support.nanodns import LOOPBACK, Handler, NanoDns


@dataclass
class NanoDoh:
    """A running server; ``hosts`` and ``sni`` are the names it was asked under."""

    port: int
    dns: NanoDns
    status: int = 200
    hosts: list[str] = field(default_factory=list)
    sni: list[str | None] = field(default_factory=list)


@asynccontextmanager
async def nano_doh(handler: Handler, ca: trustme.CA, name: str, status: int = 200) -> AsyncIterator[NanoDoh]:
    """Run a server with a certificate of ``ca`` for ``name`` on a free loopback port."""
    doh = NanoDoh(0, NanoDns(0, handler), status)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(tls)
    tls.sni_callback = lambda _, sni, __: doh.sni.append(sni)
    server = await asyncio.start_server(_serve(doh), LOOPBACK, 0, ssl=tls)
    doh.port = server.sockets[0].getsockname()[1]
    try:
        yield doh
    finally:
        server.close()
        await server.wait_closed()


def _serve(doh: NanoDoh):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await _exchange(doh, reader, writer)
        writer.close()

    return serve


async def _exchange(doh: NanoDoh, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    doh.hosts.append(headers["host"])
    body = await reader.readexactly(int(headers["content-length"]))
    for wire in doh.dns.replies(body, "https"):
        head = (
            f"HTTP/1.1 {doh.status} X",
            "content-type: application/dns-message",
            f"content-length: {len(wire)}",
        )
        writer.write("\r\n".join((*head, "", "")).encode() + wire)
    await writer.drain()
