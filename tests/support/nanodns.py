"""A nano name server on loopback, UDP and TCP on one port, that answers as a test tells it.

A handler gets each question and returns what to send back: :func:`answer`, :func:`rcode` … or several
packets, or nothing at all. Every question is kept in ``asked``.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

LOOPBACK = "127.0.0.1"
_TRIES = 20


@dataclass(frozen=True)
class Question:
    """One question as it arrived; ``number`` counts this name and type from 1."""

    message: dns.message.Message
    name: str
    rdtype: str
    transport: str
    number: int


Reply = bytes | Sequence[bytes] | None
Handler = Callable[[Question], Reply]


@dataclass
class NanoDns:
    """A running server."""

    port: int
    handler: Handler
    delay: float = 0.0
    asked: list[Question] = field(default_factory=list)

    def replies(self, wire: bytes, transport: str) -> list[bytes]:
        message = dns.message.from_wire(wire)
        (rrset,) = message.question
        name, rdtype = rrset.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(rrset.rdtype)
        number = 1 + sum((each.name, each.rdtype) == (name, rdtype) for each in self.asked)
        question = Question(message, name, rdtype, transport, number)
        self.asked.append(question)
        reply = self.handler(question)
        if reply is None:
            return []
        return [reply] if isinstance(reply, bytes) else list(reply)


def answer(question: Question, *addresses: str, ttl: int = 60) -> bytes:
    """NOERROR with those of ``addresses`` that fit the type; none of them gives "no data"."""
    response = dns.message.make_response(question.message)
    wanted = [ip for ip in addresses if (":" in ip) == (question.rdtype == "AAAA")]
    if wanted:
        rrset = dns.rrset.from_text(question.name + ".", ttl, "IN", question.rdtype, *wanted)
        response.answer.append(rrset)
    return response.to_wire()


def rcode(question: Question, name: str) -> bytes:
    """A response code alone: NXDOMAIN, SERVFAIL, REFUSED."""
    response = dns.message.make_response(question.message)
    response.set_rcode(dns.rcode.from_text(name))
    return response.to_wire()


def truncated(question: Question) -> bytes:
    """An empty answer with TC set: come back over TCP."""
    response = dns.message.make_response(question.message)
    response.flags |= dns.flags.TC
    return response.to_wire()


def with_wrong_id(question: Question, *addresses: str) -> bytes:
    """A right-looking answer to a question nobody asked."""
    wire = answer(question, *addresses)
    return bytes([wire[0] ^ 0xFF, wire[1]]) + wire[2:]


def zone(names: dict[str, tuple[str, ...]]) -> Handler:
    """Answers the names of ``names`` and says NXDOMAIN to every other."""

    def handle(question: Question) -> bytes:
        if question.name in names:
            return answer(question, *names[question.name])
        return rcode(question, "NXDOMAIN")

    return handle


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: NanoDns) -> None:
        self.server = server

    def connection_made(self, transport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr) -> None:
        replies = self.server.replies(data, "udp")
        asyncio.get_running_loop().call_later(self.server.delay, self._send, replies, addr)

    def _send(self, replies, addr) -> None:
        for wire in replies:
            self.transport.sendto(wire, addr)


@asynccontextmanager
async def nano_dns(handler: Handler, delay: float = 0.0, tcp: bool = True) -> AsyncIterator[NanoDns]:
    """Run a server on a free loopback port; ``delay`` is in seconds, for UDP."""
    loop = asyncio.get_running_loop()
    datagrams, streams = _free_sockets(tcp)
    server = NanoDns(datagrams.getsockname()[1], handler, delay)
    udp, _ = await loop.create_datagram_endpoint(lambda: _Udp(server), sock=datagrams)
    stream = await asyncio.start_server(_tcp_of(server), sock=streams) if streams is not None else None
    try:
        yield server
    finally:
        udp.close()
        if stream is not None:
            stream.close()
            await stream.wait_closed()


def _free_sockets(tcp: bool) -> tuple[socket.socket, socket.socket | None]:
    """Sockets on one port; a port that is free for UDP may be taken by anybody's connection over TCP."""
    for _ in range(_TRIES):
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind((LOOPBACK, 0))
        if not tcp:
            return datagrams, None
        streams = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            streams.bind(datagrams.getsockname())
        except OSError:
            datagrams.close()
            streams.close()
        else:
            return datagrams, streams
    raise RuntimeError(f"no port of {_TRIES} was free for both UDP and TCP")


def _tcp_of(server: NanoDns):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(2), "big")
        for wire in server.replies(await reader.readexactly(size), "tcp"):
            writer.write(len(wire).to_bytes(2, "big") + wire)
        await writer.drain()
        writer.close()

    return serve


def free_udp_port() -> int:
    """A loopback port where nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LOOPBACK, 0))
        return sock.getsockname()[1]
