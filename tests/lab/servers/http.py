"""A small HTTP/1.1 server: requests in, replies out, connections kept alive."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from http import HTTPStatus

from tests.lab.servers.clock import WorldClock

MAX_HEAD = 65536


@dataclass(frozen=True)
class Request:
    """One request. ``headers`` have lower-case names; ``size`` is the head's length in bytes."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    size: int


@dataclass
class Reply:
    """One reply."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Awaitable[Reply]]


def html(text: str, status: int = 200, **headers: str) -> Reply:
    """A page."""
    return Reply(status, text.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})


def as_json(value: object, status: int = 200) -> Reply:
    """A JSON document."""
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def redirect(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return html(f'<a href="{location}">go on</a>', status, Location=location)


async def converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handler: Handler, clock: WorldClock
) -> None:
    """Serve one connection until the other side leaves."""
    errors = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
    with contextlib.suppress(*errors):
        while (request := await _read(reader)) is not None:
            reply = await handler(request)
            writer.write(_encode(request, reply, clock))
            await writer.drain()
            if request.headers.get("connection", "").lower() == "close":
                break
    writer.close()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").rstrip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in rest)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body, len(head))


def _encode(request: Request, reply: Reply, clock: WorldClock) -> bytes:
    reason = HTTPStatus(reply.status).phrase
    headers = {
        "Date": format_datetime(clock.now(), usegmt=True),
        "Server": "lab",
        **reply.headers,
    }
    if reply.status != 204:
        headers["Content-Length"] = str(len(reply.body))
    lines = [f"HTTP/1.1 {reply.status} {reason}", *(f"{name}: {value}" for name, value in headers.items())]
    body = b"" if request.method == "HEAD" or reply.status == 204 else reply.body
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
