"""Builds rtnetlink payloads by the kernel's documented layouts, for the parsers' tests."""

import ipaddress
import struct

AF_INET, AF_INET6 = 2, 10


def attribute(kind, value):
    raw = struct.pack("=HH", len(value) + 4, kind) + value
    return raw + bytes(-len(raw) % 4)


def u32(value):
    return struct.pack("=I", value)


def packed(ip):
    return ipaddress.ip_address(ip).packed


def message(kind, payload, sequence=1):
    raw = struct.pack("=IHHII", 16 + len(payload), kind, 2, sequence, 0) + payload
    return raw + bytes(-len(raw) % 4)


def link(index, name, flags, hardware=1, driver="", mtu=1500, master=0):
    raw = struct.pack("=BxHiII", 0, hardware, index, flags, 0)
    raw += attribute(3, name.encode() + b"\0") + attribute(4, u32(mtu))
    if master:
        raw += attribute(10, u32(master))
    if driver:
        raw += attribute(18, attribute(1, driver.encode() + b"\0"))
    return raw


def address(index, ip, prefix, peer=None, flags=0):
    family = AF_INET if ipaddress.ip_address(ip).version == 4 else AF_INET6
    raw = struct.pack("=BBBBI", family, prefix, 0, 0, index)
    raw += attribute(1, packed(peer or ip))
    if peer or family == AF_INET:
        raw += attribute(2, packed(ip))
    return raw + attribute(8, u32(flags))


def route(prefix, oif=None, via=None, metric=0, table=254, kind=1, flags=0, hops=None, family=None):
    network = ipaddress.ip_network(prefix)
    family = AF_INET if network.version == 4 else AF_INET6
    raw = struct.pack("=BBBBBBBBI", family, network.prefixlen, 0, 0, min(table, 252), 3, 0, kind, flags)
    raw += attribute(15, u32(table)) + attribute(6, u32(metric))
    if network.prefixlen:
        raw += attribute(1, network.network_address.packed)
    if oif is not None:
        raw += attribute(4, u32(oif))
    raw += gateway(family, via)
    if hops:
        raw += attribute(9, b"".join(next_hop(*hop) for hop in hops))
    return raw


def gateway(family, via):
    if via is None:
        return b""
    version = ipaddress.ip_address(via).version
    if version == (4 if family == AF_INET else 6):
        return attribute(5, packed(via))
    return attribute(18, struct.pack("=H", AF_INET6) + packed(via))


def next_hop(oif, via, flags=0):
    inner = attribute(5, packed(via))
    return struct.pack("=HBBi", 8 + len(inner), flags, 0, oif) + inner


def rule(priority, table, action=1, mark=None, invert=False, suppress=None, src=0, extra=b""):
    raw = struct.pack("=BBBBBBBBI", AF_INET, 0, src, 0, min(table, 252), 0, 0, action, 2 if invert else 0)
    raw += attribute(6, u32(priority)) + attribute(15, u32(table)) + extra
    if mark is not None:
        raw += attribute(10, u32(mark)) + attribute(16, u32(0xFFFFFFFF))
    return raw + attribute(14, u32(0xFFFFFFFF if suppress is None else suppress))


def neighbour(index, ip, state, kind=1):
    family = AF_INET if ipaddress.ip_address(ip).version == 4 else AF_INET6
    return struct.pack("=BxxxiHBB", family, index, state, 0, kind) + attribute(1, packed(ip))
