"""A proxy on the home gateway's address, HTTP (CONNECT only) or SOCKS 5, with the ways a proxy fails."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import Awaitable, Callable

from tests.lab.namespaces import Namespaces, tcp_listener
from tests.lab.plan import Plan, ProxyServer

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
REFUSALS = {
    "login": b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n',
    "failing": b"HTTP/1.1 502 Bad Gateway\r\n",
    "late": b"HTTP/1.1 504 Gateway Timeout\r\n",
}
SOCKS_FAILS = b"\x05\x04\x00\x01" + bytes(6)
"""Host unreachable (RFC 1928, section 6)."""


async def serve_proxy(proxy: ProxyServer, plan: Plan, zone: dict[str, list[str]], spaces: Namespaces) -> None:
    """Listen, unless the proxy is dead; ``silent`` accepts and never answers."""
    if proxy.script:
        await _listen(plan.lan.gateway, proxy.script_port, lambda r, w: _script(r, w, proxy.script), spaces)
    if proxy.mode == "dead":
        return
    serve = _socks if proxy.kind == "socks" else _http
    await _listen(plan.lan.gateway, proxy.port, lambda r, w: serve(r, w, proxy, zone, spaces), spaces)


async def _listen(address: str, port: int, handler: Handler, spaces: Namespaces) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            await handler(reader, writer)
        writer.close()

    sock = spaces.open("gateway", lambda: tcp_listener(address, port))
    await asyncio.start_server(serve, sock=sock)


async def _script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, script: str) -> None:
    await reader.readuntil(b"\r\n\r\n")
    kind = b"Content-Type: application/x-ns-proxy-autoconfig\r\nConnection: close\r\n\r\n"
    writer.write(b"HTTP/1.1 200 OK\r\n" + kind + script.encode())
    await writer.drain()


async def _http(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    proxy: ProxyServer,
    zone: dict[str, list[str]],
    spaces: Namespaces,
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    mode = "works" if proxy.login and _basic(proxy.login) in head else proxy.mode
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
    far = await _far(host, int(port), zone, spaces)
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await _join(reader, writer, *far)


def _basic(login: str) -> str:
    return f"Basic {base64.b64encode(login.encode()).decode()}"


async def _socks(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    proxy: ProxyServer,
    zone: dict[str, list[str]],
    spaces: Namespaces,
) -> None:
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\xff" if proxy.mode == "login" else b"\x05\x00")
    _, _, _, _, length = await reader.readexactly(5)
    host = (await reader.readexactly(length)).decode()
    port = int.from_bytes(await reader.readexactly(2), "big")
    if proxy.mode == "failing":
        writer.write(SOCKS_FAILS)
        await writer.drain()
        return
    far = await _far(host, port, zone, spaces)
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    await _join(reader, writer, *far)


async def _far(
    host: str, port: int, zone: dict[str, list[str]], spaces: Namespaces
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    address = zone.get(host, [host])[0]
    sock = spaces.open("gateway", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    sock.setblocking(False)
    await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, (address, port)), 5)
    return await asyncio.open_connection(sock=sock)


async def _join(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
