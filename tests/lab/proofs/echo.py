"""Pings."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

from tests.lab.proofs.dial import PATIENCE, client_socket, failure_word
from tests.lab.world import World

IP_MTU_DISCOVER = 10
IP_PMTUDISC_DO = 2


async def ping(world: World, address: str, proof: Mapping[str, Any]) -> str:
    count, size = int(proof.get("count", 1)), int(proof.get("size", 16))
    results = await asyncio.gather(*(_echo(world, address, size) for _ in range(count)))
    if count == 1:
        return results[0]
    return "lossy" if 0 < results.count("answer") < count else results[0]


async def rtt(world: World, address: str, proof: Mapping[str, Any]) -> str:
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
    sock = client_socket(world, address, socket.SOCK_RAW, protocol)
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
            return failure_word(error)


def _checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF
