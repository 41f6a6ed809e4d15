"""Adapters and addresses by psutil, for systems without a backend of their own."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from tshoot.host.addresses import canonical_ip, parse_network, with_zone
from tshoot.host.model import Adapter, AdapterKind, Address
from tshoot.text import display_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_TUNNELS = ("tun", "tap", "utun", "wg", "ppp", "ipsec", "gif", "gre")


def read_adapters(unreadable: list[str]) -> tuple[Adapter, ...]:
    """All adapters psutil knows; empty, with a note in ``unreadable``, where it fails."""
    import psutil

    try:
        addresses, stats = psutil.net_if_addrs(), psutil.net_if_stats()
    except (OSError, RuntimeError, psutil.Error) as error:
        unreadable.append(f"adapters: {display_text(str(error))}")
        return ()
    names = list(dict.fromkeys((*stats, *addresses)))
    return tuple(_adapter(name, addresses.get(name, ()), stats.get(name)) for name in names)


def _adapter(name: str, raw: Iterable[Any], stats: Any) -> Adapter:
    flags = set(getattr(stats, "flags", "").split(","))
    return Adapter(
        name=display_text(name),
        kind=_kind(name, flags),
        up=bool(stats is not None and stats.isup),
        carrier=None,
        mtu=getattr(stats, "mtu", 0) or None,
        addresses=tuple(found for item in raw if (found := _address(name, item)) is not None),
        point_to_point="pointopoint" in flags,
    )


def _kind(name: str, flags: set[str]) -> AdapterKind:
    if "loopback" in flags or name.startswith("lo"):
        return AdapterKind.LOOPBACK
    return AdapterKind.TUNNEL if name.startswith(_TUNNELS) else AdapterKind.UNKNOWN


def _address(name: str, item: Any) -> Address | None:
    if item.family not in {socket.AF_INET, socket.AF_INET6}:
        return None
    ip = canonical_ip(item.address)
    if ip is None:
        return None
    if item.family == socket.AF_INET:
        return Address(ip, _prefix_v4(item.netmask), 4)
    return Address(with_zone(ip, name), _prefix_v6(item.netmask), 6)


def _prefix_v4(mask: str | None) -> int:
    network = parse_network(f"0.0.0.0/{mask}") if mask else None
    return 32 if network is None else network.prefixlen


def _prefix_v6(mask: str | None) -> int:
    import ipaddress

    try:
        return int(ipaddress.IPv6Address((mask or "").partition("/")[0])).bit_count()
    except ValueError:
        return 128
