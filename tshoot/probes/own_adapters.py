"""Which adapters are this computer's own way into a network, and which default route it prefers. Pure."""

from __future__ import annotations

from tshoot.host.model import Adapter, AdapterKind, HostState, Route
from tshoot.host.queries import adapter, adapters_with_default, default_routes, is_tunnel, preferred_default

_CABLE_OR_RADIO = frozenset(
    {AdapterKind.ETHERNET, AdapterKind.WIFI, AdapterKind.CELLULAR, AdapterKind.UNKNOWN}
)


def own_adapters(host: HostState) -> tuple[Adapter, ...]:
    """The adapters that can connect this computer: cable, Wi-Fi, cellular, dial-up.

    Loopback and the inner bridges of virtual machines and containers don't count, unless a bridge carries
    the default route. A tunnel rides on another adapter and counts only where there is none.
    """
    carrying = adapters_with_default(host)
    own = tuple(each for each in host.adapters if _counts(each, carrying))
    return own or tuple(each for each in carrying if each.kind is AdapterKind.TUNNEL)


def is_live(found: Adapter) -> bool:
    """Is it up, and has it a carrier as far as the system tells?"""
    return found.up and found.carrier is not False


def first_default(host: HostState) -> Route | None:
    """The preferred default route: that of IPv4, else that of IPv6."""
    return preferred_default(host, 4) or preferred_default(host, 6)


def first_default_outside_tunnels(host: HostState) -> Route | None:
    """The preferred default route that leads into no tunnel: the way a tunnel itself takes."""
    routes = (*default_routes(host, 4), *default_routes(host, 6))
    return next((route for route in routes if not is_tunnel(adapter(host, route.adapter))), None)


def _counts(found: Adapter, carrying: tuple[Adapter, ...]) -> bool:
    if found.kind in _CABLE_OR_RADIO:
        return True
    # PPPoE and modem links are told as tunnels by their hardware type; only the name tells them apart.
    dial_up = found.kind is AdapterKind.TUNNEL and found.name.startswith("ppp")
    return (dial_up or found.kind is AdapterKind.VIRTUAL) and found in carrying
