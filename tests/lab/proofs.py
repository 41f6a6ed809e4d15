"""Ground truth by the simulator's own dials, never by the program under test.

Each proof of a scenario is one small exchange opened in the client's namespace (or a look at the
client's kernel state) and the result it must have. They run after the program, so that it meets an
untouched world.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import dns.exception
import dns.message
import dns.rcode
import dns.rdatatype

from tests.lab.room import CA_FILE
from tests.lab.world import World

PATIENCE = 1.5
IP_MTU_DISCOVER = 10
IP_PMTUDISC_DO = 2
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


async def prove(world: World, proofs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Do every proof side by side; each result says what was wanted, what was seen and whether it holds."""
    return list(await asyncio.gather(*(_prove(world, proof) for proof in proofs)))


async def _prove(world: World, proof: Mapping[str, Any]) -> dict[str, Any]:
    kind = next(key for key in proof if key in _DIALS and key != "at")
    seen = await _DIALS[kind](world, str(proof[kind]), proof)
    wanted = proof["is"]
    held = seen in wanted if isinstance(wanted, list) and not isinstance(seen, list) else seen == wanted
    return {**proof, "seen": seen, "held": held}


def _socket(world: World, address: str, kind: int, protocol: int = 0) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = world.spaces.open("client", lambda: socket.socket(family, kind, protocol))
    sock.setblocking(False)
    return sock


def _failure(error: BaseException) -> str:
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


async def _ping(world: World, address: str, proof: Mapping[str, Any]) -> str:
    count, size = int(proof.get("count", 1)), int(proof.get("size", 16))
    results = [await _echo(world, address, size) for _ in range(count)]
    if count == 1:
        return results[0]
    return "lossy" if 0 < results.count("answer") < count else results[0]


async def _rtt(world: World, address: str, proof: Mapping[str, Any]) -> str:
    """``slower`` or ``quicker`` than ``over_ms``, or what a ping says when it fails."""
    began = time.monotonic()
    said = await _echo(world, address, 16, patience=4.0)
    if said != "answer":
        return said
    return "slower" if time.monotonic() - began > float(proof["over_ms"]) / 1000 else "quicker"


async def _echo(world: World, address: str, size: int, patience: float = PATIENCE) -> str:
    """One echo of ``size`` bytes that must not be fragmented (RFC 792, RFC 4443)."""
    six = ":" in address
    protocol = socket.IPPROTO_ICMPV6 if six else socket.IPPROTO_ICMP
    sock = _socket(world, address, socket.SOCK_RAW, protocol)
    mark = os.urandom(max(8, size // 2 * 2))
    if not six:
        sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO)
    head = struct.pack("!BBHHH", 128 if six else 8, 0, 0, os.getpid() & 0xFFFF, 1) + mark
    packet = head if six else head[:2] + struct.pack("!H", _checksum(head)) + head[4:]
    loop = asyncio.get_running_loop()
    with contextlib.closing(sock):
        try:
            sock.connect((address, 0))
            sock.send(packet)
            async with asyncio.timeout(patience):
                while True:
                    data = await loop.sock_recv(sock, 2048)
                    if mark in data and data[0 if six else 20] == (129 if six else 0):
                        return "answer"
        except OSError as error:
            return _failure(error)


def _checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


async def _connect(world: World, address: str, port: int, through: str = "") -> socket.socket:
    sock = _socket(world, address, socket.SOCK_STREAM)
    if through:
        sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, through.encode())
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except BaseException:
        sock.close()
        raise
    return sock


async def _tcp(world: World, goal: str, proof: Mapping[str, Any]) -> str:
    address, _, port = goal.rpartition(":")
    try:
        (await _connect(world, address.strip("[]"), int(port), proof.get("through", ""))).close()
    except OSError as error:
        return _failure(error)
    return "open"


async def _dns(world: World, name: str, proof: Mapping[str, Any]) -> list[str] | str:
    server = str(proof["at"])
    query = dns.message.make_query(name, proof.get("type", "A"))
    sock = _socket(world, server, socket.SOCK_DGRAM)
    loop = asyncio.get_running_loop()
    with contextlib.closing(sock):
        try:
            sock.connect((server, 53))
            await loop.sock_sendall(sock, query.to_wire())
            async with asyncio.timeout(float(proof.get("patience", 1.5))):
                reply = dns.message.from_wire(await loop.sock_recv(sock, 4096))
        except OSError as error:
            return _failure(error)
    return _said(reply)


def _said(reply: dns.message.Message) -> list[str] | str:
    if reply.rcode() != dns.rcode.NOERROR:
        return dns.rcode.to_text(reply.rcode()).lower()
    found = sorted(item.to_text() for answer in reply.answer for item in answer)
    return found or "nodata"


async def _exchange(world: World, address: str, port: int, name: str, request: bytes, tls: bool) -> bytes:
    """One request over TCP or verified TLS; the reply's first bytes."""
    context = ssl.create_default_context(cafile=str(CA_FILE)) if tls else None
    sock = await _connect(world, address, port)
    async with asyncio.timeout(PATIENCE):
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


async def _tls(world: World, name: str, proof: Mapping[str, Any]) -> str:
    address = str(proof.get("at") or world.plan.site(name).v4[0])
    try:
        await _exchange(world, address, 443, name, b"", True)
    except (OSError, asyncio.IncompleteReadError) as error:
        return _failure(error)
    return "ok"


async def _read_reply(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    return head + (b"" if b"Length: 0\r\n" in head or b" 204 " in head else await reader.read(16384))


async def _tls_version(world: World, name: str, proof: Mapping[str, Any]) -> str:
    address = str(proof.get("at") or world.plan.site(name).v4[0])
    return (await _exchange(world, address, 443, name, b"", True)).decode()


async def _proxy(world: World, goal: str, proof: Mapping[str, Any]) -> int | str:
    """The status a proxy answers to CONNECT."""
    address, _, port = goal.rpartition(":")
    request = f"CONNECT {proof['to']} HTTP/1.1\r\nHost: {proof['to']}\r\n\r\n".encode()
    try:
        sock = await _connect(world, address, int(port))
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(sock=sock)
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
    except (OSError, asyncio.IncompleteReadError) as error:
        return _failure(error)
    return int(head.split(b" ", 2)[1])


async def _http(world: World, url: str, proof: Mapping[str, Any]) -> int | str:
    """The status; ``other`` where the first bytes lack what the page should say."""
    parts = urlsplit(url)
    host, tls = parts.hostname or "", parts.scheme == "https"
    address = str(proof.get("at") or world.plan.site(host).v4[0])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    try:
        head = await _exchange(world, address, parts.port or (443 if tls else 80), host, request, tls)
    except (OSError, asyncio.IncompleteReadError) as error:
        return _failure(error)
    if str(proof.get("says", "")) not in head.decode("utf-8", "replace"):
        return "other"
    return int(head.split(b" ", 2)[1])


async def _quic(world: World, address: str, _: Mapping[str, Any]) -> str:
    """A version that nobody speaks must be answered with the list of those spoken (RFC 9000, 6)."""
    sock = _socket(world, address, socket.SOCK_DGRAM)
    with contextlib.closing(sock):
        try:
            sock.connect((address, 443))
            sock.send(b"\xc0\x1a\x2a\x3a\x4a\x08" + os.urandom(8) + b"\x08" + os.urandom(8) + bytes(1180))
            async with asyncio.timeout(PATIENCE):
                await asyncio.get_running_loop().sock_recv(sock, 2048)
        except OSError as error:
            return _failure(error)
    return "answer"


async def _file(world: World, path: str, proof: Mapping[str, Any]) -> bool:
    """Does the client's file hold this text?"""
    return str(proof["holds"]) in world.room.read(path)


async def _environment(world: World, name: str, _: Mapping[str, Any]) -> str:
    return world.room.environment().get(name, "")


async def _clock(world: World, address: str, _: Mapping[str, Any]) -> str:
    """Asks a time server: ``right`` within 2 s of this computer's clock, else ``wrong``."""
    sock = _socket(world, address, socket.SOCK_DGRAM)
    with contextlib.closing(sock):
        try:
            sock.connect((address, 123))
            sock.send(b"\x23" + bytes(47))
            async with asyncio.timeout(PATIENCE):
                data = await asyncio.get_running_loop().sock_recv(sock, 512)
        except OSError as error:
            return _failure(error)
    told = struct.unpack("!I", data[40:44])[0] - 2208988800
    return "right" if abs(told - time.time()) < 2 else "wrong"


def _kernel(world: World, *words: str) -> str:
    with world.spaces.inside("client"):
        done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    return done.stdout


async def _adapter(world: World, name: str, _: Mapping[str, Any]) -> str:
    text = _kernel(world, "-o", "link", "show", "dev", name)
    if not text:
        return "absent"
    if "NO-CARRIER" in text:
        return "no_carrier"
    return "up" if "LOWER_UP" in text else "down"


async def _address(world: World, name: str, _: Mapping[str, Any]) -> list[str]:
    """The adapter's IPv4 addresses with their prefix lengths."""
    words = _kernel(world, "-o", "-4", "addr", "show", "dev", name).split()
    return [words[place + 1] for place, word in enumerate(words) if word == "inet"]


async def _route(world: World, wanted: str, _: Mapping[str, Any]) -> str:
    """Where packets to an address would go: the adapter's name, or ``none``."""
    words = _kernel(world, "-o", "route", "get", wanted).split()
    return words[words.index("dev") + 1] if "dev" in words else "none"


async def _neighbour(world: World, address: str, _: Mapping[str, Any]) -> str:
    text = _kernel(world, "neigh", "show", address)
    return "resolved" if "lladdr" in text else "failed"


_DIALS = {
    "ping": _ping,
    "tcp": _tcp,
    "dns": _dns,
    "tls": _tls,
    "tls_version": _tls_version,
    "http": _http,
    "proxy": _proxy,
    "quic": _quic,
    "rtt": _rtt,
    "file": _file,
    "environment": _environment,
    "address": _address,
    "clock": _clock,
    "adapter": _adapter,
    "route": _route,
    "neighbour": _neighbour,
}
