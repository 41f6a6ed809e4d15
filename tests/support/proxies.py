"""Real proxies on loopback: CONNECT (RFC 9110, 9.3.6) and SOCKS 5 (RFC 1928), working or failing."""

import asyncio
import base64
from contextlib import suppress

from tests.support.loopback import HERE


async def pump(reader, writer):
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


async def join(reader, writer, port):
    far_reader, far_writer = await asyncio.open_connection(HERE, port)
    try:
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
    finally:
        far_writer.close()


def connect_proxy(port, *, login="", seen=None, silent_for=""):
    """Accepts CONNECT to anything and leads to ``port``; ``login`` is "name:password" it insists on.

    What was asked for is added to ``seen``; the goal ``silent_for`` gets no answer.
    """
    wanted = base64.b64encode(login.encode())

    async def handler(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        goal = head.split(b" ")[1].decode()
        if seen is not None:
            seen.append(goal)
        if login and b"Basic " + wanted not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        elif goal == silent_for:
            await reader.read()
        else:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await join(reader, writer, port)

    return handler


def refusing_proxy(status):
    async def handler(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()

    return handler


def socks_proxy(port, *, method=0, reply=0, seen=None):
    """Speaks SOCKS 5 and leads to ``port``; ``method`` 255 insists on credentials."""

    async def handler(reader, writer):
        greeting = await reader.readexactly(3)
        assert greeting == b"\x05\x01\x00"
        writer.write(bytes([5, method]))
        head = await reader.readexactly(5)
        name = await reader.readexactly(head[4])
        asked = int.from_bytes(await reader.readexactly(2), "big")
        if seen is not None:
            seen.append(f"{name.decode()}:{asked}")
        writer.write(bytes([5, reply, 0, 1]) + bytes(6))
        await writer.drain()
        if reply == 0:
            await join(reader, writer, port)

    return handler
