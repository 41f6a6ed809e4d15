"""DNS over UDP and TCP: servers that answer from the zone, and the gateway's forwarder."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests.lab.namespaces import Namespaces, tcp_listener, udp_socket
from tests.lab.plan import CARRIER_DNS, DnsServer, Plan
from tests.lab.servers.zone import answer

Resolve = Callable[[bytes], Awaitable[bytes | None]]
HEADER = 12
"""Bytes before the question of a DNS message (RFC 1035, section 4.1.1)."""

UPSTREAM_PATIENCE = 2.0
"""Seconds the forwarder waits for the carrier before it gives up."""


def from_zone(zone: dict[str, list[str]], server: DnsServer) -> Resolve:
    """A resolver that knows the zone itself."""

    async def resolve(wire: bytes) -> bytes | None:
        if server.delay:
            await asyncio.sleep(server.delay)
        return answer(wire, zone, server)

    return resolve


def forwarding(plan: Plan, zone: dict[str, list[str]], spaces: Namespaces) -> Resolve:
    """The home gateway's forwarder: its own behaviour first, else a real question through the WAN."""
    server = plan.server("gateway")

    async def resolve(wire: bytes) -> bytes | None:
        if server.delay:
            await asyncio.sleep(server.delay)
        if server.mode != "answer" or _overridden(wire, server):
            return answer(wire, zone, server)
        reply = await _ask_upstream(wire, spaces)
        if reply is None:
            return answer(wire, zone, DnsServer(mode=plan.upstream_failure))
        return _rewritten(wire, reply, zone, server)

    return resolve


def _overridden(wire: bytes, server: DnsServer) -> bool:
    """True where the gateway itself decides: a listed name, or every name."""
    if server.others is not None or server.silent_types:
        return True
    asked = wire[HEADER:].lower()
    return any(asked.startswith(_encoded(name)) for name in server.names)


def _encoded(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.lower().split(".")) + b"\0"


def _rewritten(wire: bytes, reply: bytes, zone: dict[str, list[str]], server: DnsServer) -> bytes | None:
    missing = len(reply) > 3 and reply[3] & 0x0F == 3
    return answer(wire, zone, server) if missing and server.wildcard else reply


async def _ask_upstream(wire: bytes, spaces: Namespaces) -> bytes | None:
    loop = asyncio.get_running_loop()
    sock = spaces.open("gateway", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    sock.setblocking(False)
    with contextlib.closing(sock):
        try:
            sock.connect((CARRIER_DNS, 53))
            await loop.sock_sendall(sock, wire)
            return await asyncio.wait_for(loop.sock_recv(sock, 4096), UPSTREAM_PATIENCE)
        except (OSError, TimeoutError):
            return None


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        task = asyncio.ensure_future(self._reply(data, addr))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reply(self, data: bytes, addr: Any) -> None:
        reply = await self._resolve(data)
        if reply is not None:
            self._transport.sendto(reply, addr)


async def serve_dns(node: str, addresses: list[str], resolve: Resolve, spaces: Namespaces) -> None:
    """Answer on UDP and TCP 53 of these addresses until the loop ends."""
    loop = asyncio.get_running_loop()
    for address in addresses:
        udp = spaces.open(node, partial(udp_socket, address, 53))
        await loop.create_datagram_endpoint(lambda: _Udp(resolve), sock=udp)
        tcp = spaces.open(node, partial(tcp_listener, address, 53))
        await asyncio.start_server(lambda reader, writer: _tcp(reader, writer, resolve), sock=tcp)


async def _tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, resolve: Resolve) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        while True:
            length = int.from_bytes(await reader.readexactly(2))
            reply = await resolve(await reader.readexactly(length))
            if reply is not None:
                writer.write(len(reply).to_bytes(2) + reply)
                await writer.drain()
    writer.close()
