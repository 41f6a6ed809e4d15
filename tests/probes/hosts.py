"""Snapshots of computers for the probes that read them."""

from __future__ import annotations

from tests.support.worlds import world
from tshoot.host.model import Adapter, AdapterKind, Address, Family, HostState, Route
from tshoot.probes.anchors import Anchors
from tshoot.probes.context import ProbeContext, Shared
from tshoot.probes.deadline import Deadline


def adapter(
    name: str = "eth0",
    *addresses: str,
    kind: AdapterKind = AdapterKind.ETHERNET,
    up: bool = True,
    carrier: bool | None = True,
    point_to_point: bool = False,
    signal: int | None = None,
) -> Adapter:
    own = tuple(_address(text) for text in addresses)
    return Adapter(name, kind, up, carrier, 1500, own, point_to_point, signal)


def _address(text: str) -> Address:
    ip, _, prefix = text.partition("/")
    family: Family = 6 if ":" in ip else 4
    return Address(ip, int(prefix), family)


def default(
    gateway: str | None = "192.168.12.1", name: str = "eth0", family: Family = 4, metric: int = 0
) -> Route:
    return Route(family, "0.0.0.0/0" if family == 4 else "::/0", gateway, name, metric)


def host(*adapters: Adapter, routes: tuple[Route, ...] = ()) -> HostState:
    loopback = adapter("lo", "127.0.0.1/8", "::1/128", kind=AdapterKind.LOOPBACK)
    return HostState("linux", (loopback, *adapters), routes)


def context(state: HostState, anchors: Anchors | None = None, seconds: float = 5.0) -> ProbeContext:
    def no_reading(probe: str):
        raise AssertionError(f"asked for {probe}")

    return ProbeContext(world(host=state, anchors=anchors), Deadline.after(seconds), Shared(), no_reading)
