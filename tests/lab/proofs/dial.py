"""Sockets of the client, and the words for how an exchange fails."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl

from tests.lab.world import World

PATIENCE = 1.0
"""Seconds a dial waits."""

SO_BINDTODEVICE = 25
VERIFY_CODES = {
    9: "not_yet_valid",
    10: "expired",
    18: "untrusted",
    19: "untrusted",
    20: "untrusted",
    21: "untrusted",
    62: "wrong_host",
    64: "wrong_host",
}


def client_socket(world: World, address: str, kind: int, protocol: int = 0) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = world.spaces.open("client", lambda: socket.socket(family, kind, protocol))
    sock.setblocking(False)
    return sock


def failure_word(error: BaseException) -> str:
    """The word for a failed exchange."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return VERIFY_CODES.get(error.verify_code, f"certificate {error.verify_code}")
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionResetError):
        return "reset"
    if isinstance(error, PermissionError):
        return "forbidden"
    if isinstance(error, TimeoutError):
        return "silent"
    if isinstance(error, ssl.SSLEOFError | asyncio.IncompleteReadError):
        return "closed"
    if isinstance(error, ssl.SSLError):
        return "handshake"
    return "too_big" if getattr(error, "errno", 0) == errno.EMSGSIZE else "unreachable"


async def connect(
    world: World, address: str, port: int, through: str = "", patience: float = PATIENCE
) -> socket.socket:
    sock = client_socket(world, address, socket.SOCK_STREAM)
    if through:
        sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, through.encode())
    try:
        async with asyncio.timeout(patience):
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except BaseException:
        sock.close()
        raise
    return sock
