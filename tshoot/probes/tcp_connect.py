"""TCP connections for what runs on top of them, and what a failed one says.

``connect.py`` knocks at an address; here the connected socket is handed on (TLS), and refusal and reset
stay apart, because about a service they say different things.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tshoot.host.model import Family
from tshoot.probes.address_kind import family_of
from tshoot.probes.again import first_answer, side_by_side
from tshoot.probes.deadline import Deadline
from tshoot.probes.refusal import refusal_of, refused_route
from tshoot.probes.sockaddr import socket_address

CONNECTED = "ok"
MOST_ADDRESSES = 4
STRAGGLERS = 0.25
"""How long the other addresses are still waited for after the first connected, in seconds: the attempt
delay of RFC 8305, section 5."""
_MOST_TELLING = ("ok", "refused", "reset", "unreachable", "blocked_locally", "timeout")


@dataclass(frozen=True, slots=True)
class TcpAnswer:
    """What came of connecting to ``address``: ``state`` is an outcome of the ``tcp`` probe, after ``ms``.

    ``reason`` is the system's own word for a failure.
    """

    address: str
    family: Family
    state: str
    ms: float | None = None
    reason: str = ""


def connect_outcome(error: OSError) -> str:
    """The outcome a failed connection stands for.

    What is neither refusal, reset, silence nor a local ban is ``unreachable``: no route, an ICMP
    unreachable, no source address of the family.
    """
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionError):
        return "reset"
    if isinstance(error, TimeoutError):
        return "timeout"
    return "blocked_locally" if refusal_of(error) == "not_permitted" else "unreachable"


def system_reason(error: OSError) -> str:
    """The system's own short word for an error ("ECONNREFUSED")."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


@asynccontextmanager
async def connected(address: str, port: int) -> AsyncIterator[socket.socket]:
    """A connected, non-blocking socket, closed at the end, also on cancelling. Raises OSError.

    Waits as long as the system does: bound it from outside.
    """
    family, where = socket_address(address, port)
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(connection, where)
        yield connection


async def connect_once(address: str, port: int) -> TcpAnswer:
    """Connect and close again. Waits as long as the system does: bound it from outside."""
    began = time.perf_counter()
    family = family_of(address)
    try:
        async with connected(address, port):
            return TcpAnswer(address, family, CONNECTED, since(began))
    except OSError as error:
        return TcpAnswer(address, family, connect_outcome(error), since(began), system_reason(error))


async def connect_all(
    addresses: Sequence[str], port: int, deadline: Deadline, stragglers: float = STRAGGLERS
) -> tuple[TcpAnswer, ...]:
    """Connect to all addresses side by side, each again on silence; an answer for each one tried.

    Once one has connected, the others get ``stragglers`` seconds more. Addresses of a family for which
    this computer has no route are left out unless there are no others: they say nothing of the service.
    """
    addresses = _routed(addresses)
    answers = await side_by_side(
        [_try_connect(address, port, deadline) for address in addresses],
        lambda so_far: first_connected(so_far) is not None,
        deadline,
        stragglers,
    )
    return tuple(
        answer or TcpAnswer(address, family_of(address), "timeout", reason="another one connected first")
        for address, answer in zip(addresses, answers, strict=True)
    )


def _routed(addresses: Sequence[str]) -> Sequence[str]:
    return [address for address in addresses if refused_route(address) != "no_route"] or addresses


async def _try_connect(address: str, port: int, deadline: Deadline) -> TcpAnswer:
    answer = await first_answer(lambda: connect_once(address, port), deadline)
    return answer or TcpAnswer(address, family_of(address), "timeout")


def first_connected(answers: Iterable[TcpAnswer]) -> TcpAnswer | None:
    """The answer that connected most quickly; None where none did."""
    good = [answer for answer in answers if answer.state == CONNECTED]
    return min(good, key=lambda answer: answer.ms or 0.0, default=None)


def most_telling(answers: Iterable[TcpAnswer]) -> TcpAnswer:
    """The answer that says most of a service none of whose addresses connects."""
    return min(answers, key=lambda answer: _MOST_TELLING.index(answer.state))


def both_families(addresses: Iterable[str], most: int = MOST_ADDRESSES) -> tuple[str, ...]:
    """At most ``most`` addresses, IPv6 and IPv4 in turn, so that neither family is left out."""
    given = list(dict.fromkeys(addresses))
    v6 = [address for address in given if family_of(address) == 6]
    v4 = [address for address in given if family_of(address) == 4]
    pairs = ((*v6[position : position + 1], *v4[position : position + 1]) for position in range(len(given)))
    return tuple(address for pair in pairs for address in pair)[:most]


def since(began: float) -> float:
    """Milliseconds since ``began`` (``time.perf_counter``)."""
    return round((time.perf_counter() - began) * 1000, 1)
