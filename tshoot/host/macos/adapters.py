"""Adapters from ``ifconfig -a`` and their kinds from ``networksetup -listallhardwareports``.

Tested from recorded-style text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tshoot.host.addresses import canonical_ip, with_zone
from tshoot.host.model import Adapter, AdapterKind, Address
from tshoot.text import display_text

_HEAD = re.compile(r"^(\S+): flags=[0-9a-f]+<([A-Z0-9_,]*)>.*?(?:mtu (\d+))?\s*$")
_TUNNELS = ("utun", "ppp", "ipsec", "gif", "stf", "tun", "tap")
_VIRTUAL = ("awdl", "llw", "ap", "anpi", "bridge", "vmenet", "vmnet", "feth", "vnic", "XHC", "pktap", "iptap")


def parse_hardware_ports(text: str) -> dict[str, AdapterKind]:
    """Kind by device name from ``networksetup -listallhardwareports``."""
    found: dict[str, AdapterKind] = {}
    port = ""
    for line in text.splitlines():
        title, _, value = line.partition(":")
        if title == "Hardware Port":
            port = value.strip().lower()
        elif title == "Device" and value.strip():
            found[value.strip()] = _kind_of_port(port)
    return found


def parse_ifconfig(text: str, ports: dict[str, AdapterKind]) -> tuple[Adapter, ...]:
    """The adapters of ``ifconfig -a``; ``ports`` as :func:`parse_hardware_ports` gives it.

    The carrier is the ``status:`` line; devices without one (loopback, tunnels) have it while running.
    """
    return tuple(_adapter(head, lines, ports) for head, lines in _blocks(text))


def _blocks(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        if line[:1].isspace():
            lines.append(line.strip())
            continue
        if head is not None:
            yield head, lines
        head, lines = _HEAD.match(line), []
    if head is not None:
        yield head, lines


def _adapter(head: re.Match[str], lines: list[str], ports: dict[str, AdapterKind]) -> Adapter:
    name, flags, mtu = head[1], set(head[2].split(",")), head[3]
    return Adapter(
        name=display_text(name),
        kind=_kind(name, flags, ports),
        up="UP" in flags,
        carrier=_carrier(flags, lines),
        mtu=int(mtu) if mtu else None,
        addresses=tuple(found for line in lines if (found := _address(name, line.split())) is not None),
        point_to_point="POINTOPOINT" in flags,
    )


def _carrier(flags: set[str], lines: list[str]) -> bool | None:
    if "UP" not in flags:
        return None
    status = next((line.partition(":")[2].strip() for line in lines if line.startswith("status:")), None)
    return "RUNNING" in flags if status is None else status == "active"


def _kind(name: str, flags: set[str], ports: dict[str, AdapterKind]) -> AdapterKind:
    if "LOOPBACK" in flags:
        return AdapterKind.LOOPBACK
    if name in ports:
        return ports[name]
    if name.startswith(_TUNNELS):
        return AdapterKind.TUNNEL
    if name.startswith("pdp_ip"):
        return AdapterKind.CELLULAR
    if name.startswith(_VIRTUAL):
        return AdapterKind.VIRTUAL
    return AdapterKind.ETHERNET if name.startswith("en") else AdapterKind.UNKNOWN


def _kind_of_port(port: str) -> AdapterKind:
    if port in {"wi-fi", "airport"}:
        return AdapterKind.WIFI
    if "bridge" in port:
        return AdapterKind.VIRTUAL
    if any(word in port for word in ("iphone", "ipad", "wwan", "modem", "bluetooth")):
        return AdapterKind.CELLULAR
    return AdapterKind.ETHERNET


def _address(name: str, words: list[str]) -> Address | None:
    if len(words) < 4 or words[0] not in {"inet", "inet6"} or "duplicated" in words:
        return None
    ip = canonical_ip(words[1])
    if ip is None:
        return None
    if words[0] == "inet":
        return Address(ip, _mask_bits(_after("netmask", words)), 4)
    prefix = _after("prefixlen", words)
    return Address(with_zone(ip, name), int(prefix) if prefix.isdecimal() else 128, 6)


def _after(keyword: str, words: list[str]) -> str:
    return words[words.index(keyword) + 1] if keyword in words[:-1] else ""


def _mask_bits(mask: str) -> int:
    try:
        return min(int(mask, 16).bit_count(), 32)
    except ValueError:
        return 32
