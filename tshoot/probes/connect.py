"""TCP connects to an address, with every ending told apart and the socket always closed."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from tshoot.probes.bind import Source, bind_to
from tshoot.probes.deadline import Deadline
from tshoot.probes.refusal import refusal_of
from tshoot.probes.sockaddr import socket_address
from tshoot.probes.tasks import cancel_all

RETRY_AFTER = 0.8
"""Seconds of silence after which another connect starts beside the first (RFC 6298: a lost SYN costs 1 s)."""
TRIES = 3
_LEAST_TRY = 0.05


class ConnectState(StrEnum):
    """How a connect ended."""

    OPEN = "open"
    REFUSED = "refused"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    NOT_PERMITTED = "not permitted"


@dataclass(frozen=True, slots=True)
class Connect:
    """One connect: where to, how it ended, after how many milliseconds."""

    address: str
    port: int
    state: ConnectState
    ms: float

    @property
    def answered(self) -> bool:
        """True where something replied: an open port or a reset. A local firewall can reset as well."""
        return self.state in (ConnectState.OPEN, ConnectState.REFUSED)


async def connect(address: str, port: int, seconds: float, source: Source | None = None) -> Connect:
    """Open a TCP connection to an IP literal and close it again, within ``seconds``.

    ``source`` makes it leave through one adapter. Cancelling closes the socket at once.
    """
    family, target = socket_address(address, port)
    began = time.perf_counter()
    with closing(socket.socket(family, socket.SOCK_STREAM)) as sock:
        state = await _attempt(sock, target, seconds, source)
    return Connect(address, port, state, (time.perf_counter() - began) * 1000)


async def _attempt(
    sock: socket.socket, target: tuple[object, ...], seconds: float, source: Source | None
) -> ConnectState:
    try:
        sock.setblocking(False)
        if source is not None:
            bind_to(sock, source)
        async with asyncio.timeout(max(0.0, seconds)):
            await asyncio.get_running_loop().sock_connect(sock, target)
    except TimeoutError:
        return ConnectState.SILENT
    except OSError as error:
        return _state_of(error)
    return ConnectState.OPEN


def _state_of(error: OSError) -> ConnectState:
    if isinstance(error, ConnectionRefusedError | ConnectionResetError):
        return ConnectState.REFUSED
    if refusal_of(error) == "not_permitted":
        return ConnectState.NOT_PERMITTED
    return ConnectState.SILENT if error.errno == errno.ETIMEDOUT else ConnectState.UNREACHABLE


async def knock(
    addresses: Sequence[str],
    port: int,
    deadline: Deadline,
    source: Source | None = None,
    log: list[str] | None = None,
) -> tuple[Connect, ...]:
    """Connect to the addresses in turn until one is open; returns the attempts that ended, the open one last.

    A silent attempt stays open while the next one starts after :data:`RETRY_AFTER` seconds, so that a lossy
    path is not taken for a dead one; after an answer that is no success the next one starts at once. Two
    such answers settle it. Every address tried is added to ``log``.
    """
    plan = [addresses[number % len(addresses)] for number in range(TRIES)] if addresses else []
    tried = log if log is not None else []
    pending: set[asyncio.Task[Connect]] = set()
    ended: list[Connect] = []
    try:
        while not _settled(ended):
            left = deadline.remaining()
            if left < _LEAST_TRY:
                plan.clear()
            if plan:
                tried.append(plan[0])
                pending.add(asyncio.create_task(connect(plan.pop(0), port, left, source)))
            if not pending:
                break
            wait = min(RETRY_AFTER, left) if plan else None
            done, pending = await asyncio.wait(pending, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            ended += sorted(
                (task.result() for task in done), key=lambda each: each.state is ConnectState.OPEN
            )
    finally:
        await cancel_all(pending)
    return tuple(ended)


def _settled(ended: Sequence[Connect]) -> bool:
    if any(each.state is ConnectState.OPEN for each in ended):
        return True
    return sum(each.state is not ConnectState.SILENT for each in ended) >= 2
