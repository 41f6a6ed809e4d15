"""Reading a gateway's local interface: plain HTTP, GET only, one request per connection, never by a proxy."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Literal

from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.deadline import Deadline

LARGEST_REPLY = 256 * 1024
"""Bytes read of a reply; real ones have less than 8 KiB."""
CONNECT_SECONDS = 1.2
"""Seconds to accept a connection: even a sick gateway's system does that, and one lost SYN costs 1 s."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one GET ended. ``content`` is the parsed JSON of a 200 reply, None for anything else.

    ``absent``: nothing listens there; ``slow``: accepted, no reply in time; ``broken``: no usable HTTP.
    """

    port: int
    path: str
    ended: Literal["replied", "absent", "slow", "broken"]
    status: int | None = None
    content: object = None


class RadioClient:
    """Asks one gateway; an async context manager that closes every connection."""

    def __init__(self, gateway: str, deadline: Deadline, httpx: Any) -> None:
        self._gateway, self._deadline, self._httpx = gateway, deadline, httpx
        # Nokia's server closes after each reply (provider-facts.md, section 1.2): nothing is kept alive.
        transport = httpx.AsyncHTTPTransport(
            verify=False, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )
        timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
        self._client = httpx.AsyncClient(
            transport=transport, timeout=timeout, trust_env=False, follow_redirects=False, headers=headers
        )

    @classmethod
    async def open(cls, gateway: str, deadline: Deadline) -> RadioClient:
        """A client for the gateway at this IPv4 literal; imports httpx without holding up the event loop."""
        return cls(gateway, deadline, await in_daemon_thread(partial(import_module, "httpx")))

    async def __aenter__(self) -> RadioClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def get(self, port: int, path: str) -> Answer:
        """One GET, to its end or the deadline. Never raises for what the gateway does."""
        try:
            async with asyncio.timeout(self._deadline.remaining()):
                return await self._get(port, path)
        except (self._httpx.ConnectError, self._httpx.ConnectTimeout):
            return Answer(port, path, "absent")
        except TimeoutError:
            return Answer(port, path, "slow")
        except self._httpx.HTTPError:
            return Answer(port, path, "broken")

    async def _get(self, port: int, path: str) -> Answer:
        async with self._client.stream("GET", f"http://{self._gateway}:{port}{path}") as reply:
            body = b""
            async for part in reply.aiter_raw():
                body += part
                if len(body) > LARGEST_REPLY:
                    return Answer(port, path, "replied", reply.status_code)
            content = parse(body) if reply.status_code == 200 else None
            return Answer(port, path, "replied", reply.status_code, content)


def parse(body: bytes) -> object:
    """The JSON in ``body``, or None for HTML, binary, endless nesting and other nonsense."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
