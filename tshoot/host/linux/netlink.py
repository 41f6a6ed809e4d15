"""A minimal netlink client: dumps, and the pure parsing of what comes back (RFC 3549, netlink(7)).

Nothing is changed and nothing leaves the computer. Truncated or odd messages are passed over.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH, RTM_GETRULE = 18, 22, 26, 30, 34
_NLMSG_ERROR, _NLMSG_DONE = 2, 3
_NLM_F_REQUEST = 0x001
_NLM_F_REQUEST_DUMP = _NLM_F_REQUEST | 0x300
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")
_ATTRIBUTE_TYPE = 0x3FFF
_ANSWER_BYTES = 1 << 16
MOST_MESSAGES = 50_000
"""A bound on one dump: no home computer comes near it, a full internet routing table does."""
TIMEOUT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Message:
    """One netlink message without its header."""

    kind: int
    sequence: int
    payload: bytes


def parse_messages(buffer: bytes) -> Iterator[Message]:
    """The messages of one datagram, in order; stops at the first one that is cut off."""
    at = 0
    while at + _HEADER.size <= len(buffer):
        length, kind, _flags, sequence, _port = _HEADER.unpack_from(buffer, at)
        if length < _HEADER.size or at + length > len(buffer):
            return
        yield Message(kind, sequence, buffer[at + _HEADER.size : at + length])
        at += _aligned(length)


def parse_attributes(payload: bytes, start: int = 0) -> dict[int, bytes]:
    """The attributes behind a message's fixed part of ``start`` bytes; a repeated one: the last."""
    found: dict[int, bytes] = {}
    at = start
    while at + _ATTRIBUTE.size <= len(payload):
        length, kind = _ATTRIBUTE.unpack_from(payload, at)
        if length < _ATTRIBUTE.size or at + length > len(payload):
            break
        found[kind & _ATTRIBUTE_TYPE] = payload[at + _ATTRIBUTE.size : at + length]
        at += _aligned(length)
    return found


def number(value: bytes | None, default: int = 0) -> int:
    """An unsigned attribute of 1, 2 or 4 bytes in the computer's byte order."""
    formats = {1: "=B", 2: "=H", 4: "=I"}
    if value is None or len(value) not in formats:
        return default
    return int(struct.unpack(formats[len(value)], value)[0])


def text(value: bytes | None) -> str:
    """A zero-terminated string attribute."""
    return "" if value is None else value.split(b"\0", 1)[0].decode("utf-8", errors="replace")


class Netlink:
    """One netlink socket (rtnetlink, or another ``protocol``), to be used in a ``with`` block.

    Opening raises :class:`OSError`.
    """

    def __init__(self, protocol: int = 0) -> None:
        self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, protocol)
        self._socket.settimeout(TIMEOUT_SECONDS)
        self._sequence = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def dump(self, request: int, family: int = 0) -> list[bytes]:
        """The payloads of a whole table. Raises :class:`OSError` where the kernel refuses or is silent."""
        self._send(request, _NLM_F_REQUEST_DUMP, struct.pack("=B15x", family))
        return self._collect()

    def ask(self, request: int, body: bytes) -> bytes:
        """The payload of the one message that answers. Raises :class:`OSError` as :meth:`dump`."""
        self._send(request, _NLM_F_REQUEST, body)
        while True:
            for message in parse_messages(self._socket.recv(_ANSWER_BYTES)):
                if message.sequence == self._sequence:
                    _raise_error(message)
                    return message.payload

    def _send(self, request: int, flags: int, body: bytes) -> None:
        self._sequence += 1
        header = _HEADER.pack(_HEADER.size + len(body), request, flags, self._sequence, 0)
        self._socket.sendto(header + body, (0, 0))

    def _collect(self) -> list[bytes]:
        found: list[bytes] = []
        while len(found) < MOST_MESSAGES:
            for message in parse_messages(self._socket.recv(_ANSWER_BYTES)):
                if message.sequence != self._sequence:
                    continue
                if message.kind == _NLMSG_DONE:
                    return found
                _raise_error(message)
                found.append(message.payload)
        raise OSError(f"more than {MOST_MESSAGES} entries")


def _raise_error(message: Message) -> None:
    if message.kind == _NLMSG_ERROR and len(message.payload) >= 4:
        code = -struct.unpack_from("=i", message.payload)[0]
        raise OSError(code, os.strerror(code))


def _aligned(length: int) -> int:
    return (length + 3) & ~3
