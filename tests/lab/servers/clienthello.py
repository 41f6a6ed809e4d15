"""The server name a TLS client asks for, read from its first bytes (RFC 8446, 4.1.2; RFC 6066, 3)."""

from __future__ import annotations

SERVER_NAME = 0


def server_name(data: bytes) -> str:
    """The name in a ClientHello, lower case; empty when there is none or it can't be read."""
    try:
        return _extension_name(_extensions(data))
    except (IndexError, ValueError):
        return ""


def _extensions(data: bytes) -> bytes:
    position = 5 + 4 + 2 + 32
    position += 1 + data[position]
    position += 2 + int.from_bytes(data[position : position + 2])
    position += 1 + data[position]
    length = int.from_bytes(data[position : position + 2])
    return data[position + 2 : position + 2 + length]


def _extension_name(extensions: bytes) -> str:
    position = 0
    while position + 4 <= len(extensions):
        kind = int.from_bytes(extensions[position : position + 2])
        length = int.from_bytes(extensions[position + 2 : position + 4])
        body = extensions[position + 4 : position + 4 + length]
        if kind == SERVER_NAME:
            size = int.from_bytes(body[3:5])
            return body[5 : 5 + size].decode("ascii", "replace").lower()
        position += 4 + length
    return ""
