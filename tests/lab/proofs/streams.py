"""TCP, TLS, HTTP and proxies."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.lab.proofs.dial import PATIENCE, connect, failure_word
from tests.lab.room import CA_FILE
from tests.lab.world import World


async def tcp(world: World, goal: str, proof: Mapping[str, Any]) -> str:
    address, _, port = goal.rpartition(":")
    try:
        (await connect(world, address.strip("[]"), int(port), proof.get("through", ""))).close()
    except OSError as error:
        return failure_word(error)
    return "open"


async def tls(world: World, name: str, proof: Mapping[str, Any]) -> str:
    address = str(proof.get("at") or world.plan.site(name).v4[0])
    patience = float(proof.get("patience", PATIENCE))
    try:
        await _exchange(world, address, 443, name, b"", True, patience)
    except (OSError, asyncio.IncompleteReadError) as error:
        return failure_word(error)
    return "ok"


async def tls_version(world: World, name: str, proof: Mapping[str, Any]) -> str:
    address = str(proof.get("at") or world.plan.site(name).v4[0])
    return (await _exchange(world, address, 443, name, b"", True)).decode()


async def http(world: World, url: str, proof: Mapping[str, Any]) -> int | str:
    """The status; ``other`` where the first bytes lack what the page should say."""
    parts = urlsplit(url)
    host, tls = parts.hostname or "", parts.scheme == "https"
    address = str(proof.get("at") or world.plan.site(host).v4[0])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    try:
        head = await _exchange(world, address, parts.port or (443 if tls else 80), host, request, tls)
    except (OSError, asyncio.IncompleteReadError) as error:
        return failure_word(error)
    if str(proof.get("says", "")) not in head.decode("utf-8", "replace"):
        return "other"
    return int(head.split(b" ", 2)[1])


async def proxy(world: World, goal: str, proof: Mapping[str, Any]) -> int | str:
    """The status a proxy answers to CONNECT."""
    address, _, port = goal.rpartition(":")
    request = f"CONNECT {proof['to']} HTTP/1.1\r\nHost: {proof['to']}\r\n\r\n".encode()
    try:
        sock = await connect(world, address, int(port))
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(sock=sock)
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
    except (OSError, asyncio.IncompleteReadError) as error:
        return failure_word(error)
    return int(head.split(b" ", 2)[1])


async def _exchange(
    world: World,
    address: str,
    port: int,
    name: str,
    request: bytes,
    tls: bool,
    patience: float = PATIENCE,
) -> bytes:
    """One request over TCP or verified TLS; the reply's first bytes."""
    context = ssl.create_default_context(cafile=str(CA_FILE)) if tls else None
    sock = await connect(world, address, port, patience=patience)
    async with asyncio.timeout(patience):
        reader, writer = await asyncio.open_connection(
            sock=sock, ssl=context, server_hostname=name if tls else None
        )
        try:
            if not request:
                shown = writer.get_extra_info("ssl_object")
                return str(shown.version()).encode() if shown else b""
            writer.write(request)
            return await _read_reply(reader)
        finally:
            writer.close()


async def _read_reply(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    return head + (b"" if b"Length: 0\r\n" in head or b" 204 " in head else await reader.read(16384))
