"""More than one packet each way over TCP: does a large greeting arrive, and does the large answer?

A TLS greeting padded beyond any packet size goes to an operator, whose answer (its certificate) is large
as well. Nothing is verified and nothing else is sent. Where it hangs, the kernel's figures tell which
direction swallows, and whether a small piece behind the large one came through.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tshoot.probes.deadline import Deadline
from tshoot.probes.tcp_connect import connected
from tshoot.probes.tcp_info import TcpInfo, tcp_info
from tshoot.probes.tls_failure import handshake_failure
from tshoot.probes.tls_socket import TlsOverSocket

if TYPE_CHECKING:
    import socket
    import ssl

PADDING = 3000
"""Bytes added to the greeting of 320 (or, with post-quantum keys, 1,500): full packets and a small one behind
them, at 1,500 bytes a packet as well as at 1,420 or 1,280."""
STALL_SECONDS = 1.7
"""How long an exchange may hang before it counts as stalled. With a round-trip time of 50 ms the system
repeats after 0.2, 0.6 and 1.4 s (RFC 6298 with Linux' minimum)."""
_REPEATS = 2

State = Literal["passed", "up_stalled", "down_stalled", "cut", "no_connection", "unclear"]


@dataclass(frozen=True, slots=True)
class BulkTest:
    """What came of one address.

    ``passed``: both directions carry large packets. ``up_stalled``: the greeting was repeated and not
    acknowledged; ``down_stalled``: it arrived, the answer does not. ``past_gap`` counts the small pieces
    that came through behind a missing large one, which shows that size decides.
    """

    address: str
    state: State
    path_mtu: int = 0
    retransmits: int = 0
    past_gap: int = 0


async def try_bulk(address: str, port: int, name: str, after: float, deadline: Deadline) -> BulkTest:
    """Wait ``after`` seconds, connect, shake hands with a large greeting. Never raises for the network."""
    await asyncio.sleep(after)
    context = padded_context()
    try:
        async with asyncio.timeout(deadline.remaining()), connected(address, port) as connection:
            return await _exchange(connection, address, name, context)
    except (OSError, TimeoutError):
        return BulkTest(address, "no_connection")


async def _exchange(connection: socket.socket, address: str, name: str, context: ssl.SSLContext) -> BulkTest:
    said = ""
    try:
        async with asyncio.timeout(STALL_SECONDS):
            await TlsOverSocket(connection, context, name or address).handshake()
    except TimeoutError:
        said = "timeout"
    except (OSError, EOFError) as error:
        said = handshake_failure(error)[0]
    return BulkTest(address, *_told(said, tcp_info(connection)))


def _told(said: str, info: TcpInfo | None) -> tuple[State, int, int, int]:
    if info is None:
        return ("passed" if not said else "unclear"), 0, 0, 0
    return judge(said, info), info.path_mtu, info.retransmits, info.sacked + info.out_of_order


def judge(said: str, info: TcpInfo) -> State:
    """The state for how the handshake ended (empty: well) and what the kernel tells."""
    if not said:
        return "passed"
    if said != "timeout":
        return "cut"
    if not info.unacked:
        return "down_stalled"
    return "up_stalled" if info.retransmits >= _REPEATS else "unclear"


def padded_context() -> ssl.SSLContext:
    """A context that verifies nothing and whose greeting is larger than a packet.

    The padding is a list of application protocols that nobody speaks, behind the usual ones (RFC 7301:
    a server ignores what it does not know).
    """
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    fill = [f"padding-{number}-".ljust(250, "x") for number in range(PADDING // 250)]
    context.set_alpn_protocols(["h2", "http/1.1", *fill])
    return context
