"""DNS, network time and QUIC."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

import dns.message
import dns.rcode

from tests.lab.proofs.dial import PATIENCE, client_socket, failure_word
from tests.lab.world import World


async def dns_question(world: World, name: str, proof: Mapping[str, Any]) -> list[str] | str:
    server = str(proof["at"])
    query = dns.message.make_query(name, proof.get("type", "A"))
    sock = client_socket(world, server, socket.SOCK_DGRAM)
    loop = asyncio.get_running_loop()
    with contextlib.closing(sock):
        try:
            sock.connect((server, 53))
            await loop.sock_sendall(sock, query.to_wire())
            async with asyncio.timeout(float(proof.get("patience", PATIENCE))):
                reply = dns.message.from_wire(await loop.sock_recv(sock, 4096))
        except OSError as error:
            return failure_word(error)
    return _said(reply)


def _said(reply: dns.message.Message) -> list[str] | str:
    if reply.rcode() != dns.rcode.NOERROR:
        return dns.rcode.to_text(reply.rcode()).lower()
    found = sorted(item.to_text() for answer in reply.answer for item in answer)
    return found or "nodata"


async def quic(world: World, address: str, _: Mapping[str, Any]) -> str:
    """A version that nobody speaks must be answered with the list of those spoken (RFC 9000, 6)."""
    sock = client_socket(world, address, socket.SOCK_DGRAM)
    with contextlib.closing(sock):
        try:
            sock.connect((address, 443))
            sock.send(b"\xc0\x1a\x2a\x3a\x4a\x08" + os.urandom(8) + b"\x08" + os.urandom(8) + bytes(1180))
            async with asyncio.timeout(PATIENCE):
                await asyncio.get_running_loop().sock_recv(sock, 2048)
        except OSError as error:
            return failure_word(error)
    return "answer"


async def clock(world: World, address: str, _: Mapping[str, Any]) -> str:
    """Asks a time server: ``right`` within 2 s of this computer's clock, else ``wrong``."""
    sock = client_socket(world, address, socket.SOCK_DGRAM)
    with contextlib.closing(sock):
        try:
            sock.connect((address, 123))
            sock.send(b"\x23" + bytes(47))
            async with asyncio.timeout(PATIENCE):
                data = await asyncio.get_running_loop().sock_recv(sock, 512)
        except OSError as error:
            return failure_word(error)
    told = struct.unpack("!I", data[40:44])[0] - 2208988800
    return "right" if abs(told - time.time()) < 2 else "wrong"
