"""Has this computer an address it can use, and does its gateway lie in the same network?"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.addresses import parse_ip, without_zone
from tshoot.host.model import Address, HostState, Route
from tshoot.host.queries import adapter, default_routes, is_tunnel, on_link
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.own_adapters import own_adapters
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="address",
    title="Address",
    summary="Looks whether the network gave this computer an address that fits its gateway.",
    outcomes={
        "ok": "There is an address that leads beyond this link.",
        "none": "There is no address beyond link-local IPv6.",
        "self_assigned": "There is only a self-assigned address (169.254.x.x): the network gave none.",
        "wrong_subnet": "The default gateway lies outside the network of its own adapter.",
    },
    good=frozenset({"ok"}),
    sends="nothing",
    privilege="none",
    deadline=0.5,
)


@dataclass(frozen=True, slots=True)
class AdapterAddress:
    """One address of an adapter that is up, with its prefix length."""

    adapter: str
    ip: str
    prefix: int


@dataclass(frozen=True, slots=True)
class AddressData:
    """Every address that counts; ``gateway`` is the default gateway that does not fit, if any."""

    addresses: tuple[AdapterAddress, ...] = ()
    gateway: str | None = None


async def run(context: ProbeContext) -> Reading:
    """Judge the addresses of the snapshot; sends nothing."""
    listed = listed_addresses(context.host)
    usable = [each for each in listed if _is_usable(each.ip)]
    shown = ", ".join(f"{each.adapter} {each.ip}/{each.prefix}" for each in usable or listed)
    if not usable:
        own = [each for each in listed if _is_self_assigned(each.ip)]
        return Reading("self_assigned" if own else "none", shown or "no address", AddressData(listed))
    stray = stray_gateway(context.host)
    if stray is not None:
        detail = display_text(f"gateway {stray.gateway} is outside {shown}")
        return Reading("wrong_subnet", detail, AddressData(listed, display_text(stray.gateway or "")))
    return Reading("ok", display_text(shown), AddressData(listed))


def listed_addresses(host: HostState) -> tuple[AdapterAddress, ...]:
    """All addresses of the adapters that count and are up."""
    return tuple(
        AdapterAddress(display_text(found.name), display_text(address.ip), address.prefix)
        for found in own_adapters(host)
        if found.up
        for address in found.addresses
    )


def stray_gateway(host: HostState) -> Route | None:
    """The preferred IPv4 default route, if its gateway lies outside every prefix of its own adapter.

    Point-to-point adapters and tunnels have no common prefix; a host address (/32) with an on-link route to
    the gateway is how some providers set hosts up; where the adapter has no IPv4 address at all there is
    nothing to compare with.
    """
    way = next(iter(default_routes(host, 4)), None)
    found = adapter(host, way.adapter) if way is not None else None
    if way is None or found is None or way.gateway is None:
        return None
    if is_tunnel(found) or found.point_to_point or not any(_compares(each) for each in found.addresses):
        return None
    return None if on_link(host, way.gateway, way.adapter) else way


def _compares(address: Address) -> bool:
    return address.family == 4 and not _is_self_assigned(address.ip)


def _is_usable(text: str) -> bool:
    ip = parse_ip(without_zone(text))
    return ip is not None and not (ip.is_link_local or ip.is_loopback or ip.is_unspecified)


def _is_self_assigned(text: str) -> bool:
    """169.254/16 (RFC 3927)."""
    ip = parse_ip(text)
    return ip is not None and ip.version == 4 and ip.is_link_local
