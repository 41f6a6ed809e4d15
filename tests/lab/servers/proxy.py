"""An HTTP proxy on the home gateway's address: CONNECT only, with the ways a proxy fails."""

from __future__ import annotations

import asyncio
import contextlib
import socket

from tests.lab.namespaces import Namespaces, tcp_listener
from tests.lab.plan import Plan, ProxyServer

REFUSALS = {
    "login": b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n',
    "failing": b"HTTP/1.1 502 Bad Gateway\r\n",
}


async def serve_proxy(proxy: ProxyServer, plan: Plan, zone: dict[str, list[str]], spaces: Namespaces) -> None:
    """Listen, unless the proxy is dead; ``silent`` accepts and never answers."""
    if proxy.mode == "dead":
        return

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            await _serve(reader, writer, proxy.mode, zone, spaces)
        writer.close()

    sock = spaces.open("gateway", lambda: tcp_listener(plan.lan.gateway, proxy.port))
    await asyncio.start_server(serve, sock=sock)


async def _serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    mode: str,
    zone: dict[str, list[str]],
    spaces: Namespaces,
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    if mode == "silent":
        await asyncio.sleep(60)
    if mode in REFUSALS:
        writer.write(REFUSALS[mode] + b"Content-Length: 0\r\n\r\n")
        await writer.drain()
        return
    method, goal, _ = head.split(" ", 2)
    host, _, port = goal.rpartition(":")
    if method != "CONNECT":
        writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
        return
    address = zone.get(host, [host])[0]
    sock = spaces.open("gateway", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    sock.setblocking(False)
    await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, (address, int(port))), 5)
    far_reader, far_writer = await asyncio.open_connection(sock=sock)
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
