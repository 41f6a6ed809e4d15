"""One question to one DNS server: UDP with retransmission, TCP where the reply is truncated.

The socket is connected, so the kernel drops replies from elsewhere and reports "port unreachable" at
once. Every sending has an identifier of its own: the time is that of the sending that was answered, and
a lost packet never reads as a slow server. Only silence is repeated, never a definite answer
(diagnosis-anchors.md, d.4).
"""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import AskState, DnsAnswer, RecordType
from tshoot.probes.dns_library import (
    addresses_in,
    dns_ready,
    is_truncated,
    question,
    rcode_of,
    read_message,
)
from tshoot.probes.refusal import refusal_of
from tshoot.probes.sockaddr import socket_address

if TYPE_CHECKING:
    from dns.message import Message

DNS_PORT = 53
SEND_AT = (0.0, 0.5, 1.2, 1.8)
"""When the question is sent, in seconds after the start: 30 % loss must not read as a dead server."""


async def ask(
    server: str, name: str, rdtype: RecordType, deadline: Deadline, port: int = DNS_PORT
) -> DnsAnswer:
    """Ask ``server`` (an address, with zone where link-local) for ``name``. Never raises.

    Returns by ``deadline`` with what is known; see :class:`DnsAnswer`.
    """
    await dns_ready()
    asked = _Asked(server, port, name, rdtype)
    try:
        sock = _connected_socket(server, port)
    except ValueError:
        return asked.failed("no_route", "no address")
    except OSError as error:
        return asked.failed(_state_of(error, sent=False), _name_of(error))
    loop = asyncio.get_running_loop()
    transport, exchange = await loop.create_datagram_endpoint(lambda: _Exchange(asked), sock=sock)
    try:
        reply = await _exchanged(exchange, deadline)
    finally:
        transport.close()
    return await _completed(asked, reply, deadline)


class _Asked:
    """The question, and what has been sent for it so far."""

    def __init__(self, server: str, port: int, name: str, rdtype: RecordType) -> None:
        self.server, self.port, self.name, self.rdtype = server, port, name, rdtype
        self.sent: dict[int, tuple[Message, float]] = {}

    def next_message(self) -> bytes:
        """The wire form of the next sending, under an identifier not used before."""
        message = question(self.name, self.rdtype)
        while message.id in self.sent:
            message = question(self.name, self.rdtype)
        self.sent[message.id] = (message, time.perf_counter())
        return message.to_wire()

    def match(self, reply: Message) -> float | None:
        """Milliseconds since the sending that ``reply`` answers, or None where it answers none."""
        query, at = self.sent.get(reply.id, (None, 0.0))
        if query is None or not query.is_response(reply):
            return None
        return (time.perf_counter() - at) * 1000

    def answered(self, reply: Message, ms: float) -> DnsAnswer:
        return DnsAnswer(
            self.server,
            self.name,
            self.rdtype,
            "answered",
            rcode=rcode_of(reply),
            addresses=addresses_in(reply, self.rdtype),
            ms=round(ms, 1),
            tries=len(self.sent),
            cut_off=is_truncated(reply),
        )

    def failed(self, state: AskState, error: str = "") -> DnsAnswer:
        return DnsAnswer(self.server, self.name, self.rdtype, state, tries=len(self.sent), error=error)


class _Exchange(asyncio.DatagramProtocol):
    """Sends on request; ``outcome`` gets the first fitting reply or the first definite error."""

    def __init__(self, asked: _Asked) -> None:
        self.asked, self.garbled = asked, False
        self.outcome: asyncio.Future[DnsAnswer] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        reply = read_message(data)
        ms = self.asked.match(reply) if reply is not None else None
        if reply is None or ms is None:
            self.garbled = True
        else:
            self._settle(self.asked.answered(reply, ms))

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, OSError):
            self._settle(self.asked.failed(_state_of(exc, sent=True), _name_of(exc)))

    def send(self) -> None:
        if self.transport is not None:
            self.transport.sendto(self.asked.next_message())

    def nothing_came(self) -> DnsAnswer:
        return self.asked.failed("garbled" if self.garbled else "silent")

    def _settle(self, answer: DnsAnswer) -> None:
        if not self.outcome.done():
            self.outcome.set_result(answer)


async def _exchanged(exchange: _Exchange, deadline: Deadline) -> DnsAnswer:
    began = time.monotonic()
    for index, _ in enumerate(SEND_AT):
        if deadline.over:
            break
        exchange.send()
        until = began + SEND_AT[index + 1] if index + 1 < len(SEND_AT) else deadline.end
        wait = min(until, deadline.end) - time.monotonic()
        await asyncio.wait({exchange.outcome}, timeout=max(0.0, wait))
        if exchange.outcome.done():
            return exchange.outcome.result()
    return exchange.nothing_came()


async def _completed(asked: _Asked, reply: DnsAnswer, deadline: Deadline) -> DnsAnswer:
    """``reply``, or the whole answer over TCP where it was truncated."""
    if not reply.cut_off:
        return reply
    whole = None
    with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
        async with asyncio.timeout(deadline.remaining()):
            whole = await _ask_by_tcp(asked)
    return whole or reply


async def _ask_by_tcp(asked: _Asked) -> DnsAnswer | None:
    """The answer over TCP, each message behind its two-byte length (RFC 1035, section 4.2.2)."""
    reader, writer = await asyncio.open_connection(asked.server, asked.port)
    try:
        wire = asked.next_message()
        writer.write(len(wire).to_bytes(2, "big") + wire)
        size = int.from_bytes(await reader.readexactly(2), "big")
        reply = read_message(await reader.readexactly(size))
    finally:
        writer.close()
    ms = asked.match(reply) if reply is not None else None
    if reply is None or ms is None or is_truncated(reply):
        return None
    found = asked.answered(reply, ms)
    return DnsAnswer(
        found.server, found.name, found.rdtype, "answered", found.rcode, found.addresses, found.ms,
        found.tries, "tcp",
    )  # fmt: skip


def _connected_socket(server: str, port: int) -> socket.socket:
    """A non-blocking UDP socket connected to ``server``; raises OSError, or ValueError for no address."""
    family, address = socket_address(server, port)
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


def _state_of(error: OSError, sent: bool) -> AskState:
    # Windows reports "port unreachable" on UDP as a reset connection.
    if isinstance(error, ConnectionRefusedError | ConnectionResetError):
        return "refused_port"
    if refusal_of(error) == "not_permitted":
        return "blocked_locally"
    return "unreachable" if sent else "no_route"


def _name_of(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
