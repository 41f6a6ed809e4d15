"""The name of the Wi-Fi that an adapter is joined to, from nl80211 (linux/nl80211.h); needs no rights."""

from __future__ import annotations

import socket
import struct

from tshoot.host.linux.netlink import Netlink, parse_attributes

_NETLINK_GENERIC = 16
_CONTROL, _GET_FAMILY, _FAMILY_ID, _FAMILY_NAME = 0x10, 3, 1, 2
"""The controller of generic netlink, its command and attributes (linux/genetlink.h)."""
_GET_INTERFACE, _IFINDEX, _SSID = 5, 3, 52
_HEADER = struct.Struct("=BBH")


def read_wifi_name(adapter: str) -> str | None:
    """The name, or None where the adapter is joined to none or the kernel does not tell."""
    try:
        with Netlink(_NETLINK_GENERIC) as netlink:
            family = parse_family(netlink.ask(_CONTROL, _body(_GET_FAMILY, _FAMILY_NAME, b"nl80211\0")))
            index = struct.pack("=I", socket.if_nametoindex(adapter))
            return (
                None
                if family is None
                else parse_name(netlink.ask(family, _body(_GET_INTERFACE, _IFINDEX, index)))
            )
    except OSError:
        return None


def parse_family(payload: bytes) -> int | None:
    """The number under which the kernel knows the family that was asked for. Pure."""
    value = parse_attributes(payload, _HEADER.size).get(_FAMILY_ID, b"")
    return int(struct.unpack("=H", value)[0]) if len(value) == 2 else None


def parse_name(payload: bytes) -> str | None:
    """The name in an answer about an interface; None where it has none. Pure."""
    value = parse_attributes(payload, _HEADER.size).get(_SSID, b"")
    return value.decode("utf-8", errors="replace") or None


def _body(command: int, kind: int, value: bytes) -> bytes:
    attribute = struct.pack("=HH", len(value) + 4, kind) + value
    return _HEADER.pack(command, 1, 0) + attribute + bytes(-len(attribute) % 4)
