"""The Linux backend: one netlink socket and four small files."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from tshoot.host.files import read_or_note
from tshoot.host.hosts_file import parse_hosts
from tshoot.host.linux.desktop_proxy import desktop_proxies
from tshoot.host.linux.kinds import device_type, kind_of
from tshoot.host.linux.links import (
    IFF_LOWER_UP,
    IFF_POINTOPOINT,
    IFF_RUNNING,
    IFF_UP,
    Link,
    parse_addresses,
    parse_link,
)
from tshoot.host.linux.neighbours import parse_neighbours
from tshoot.host.linux.netlink import (
    RTM_GETADDR,
    RTM_GETLINK,
    RTM_GETNEIGH,
    RTM_GETROUTE,
    RTM_GETRULE,
    Netlink,
)
from tshoot.host.linux.policy import STANDARD, Lookup, flatten, parse_rules
from tshoot.host.linux.resolvers import read_resolvers
from tshoot.host.linux.routes import parse_route
from tshoot.host.linux.wireless import parse_wireless
from tshoot.host.model import Adapter, Address, HostState, Neighbour, Route
from tshoot.host.proxy_env import ProxySettings, environment_proxies, merged

_FAMILIES = (socket.AF_INET, socket.AF_INET6)


class LinuxBackend:
    """:class:`tshoot.host.model.HostBackend` for Linux; works in the current network namespace."""

    def read_state(self) -> HostState:
        """Read the whole snapshot; what fails is named in ``unreadable``."""
        unreadable: list[str] = []
        adapters, routes = _read_network(unreadable)
        conf = read_resolvers(unreadable)
        hosts = parse_hosts(read_or_note("/etc/hosts", "hosts file", unreadable))
        proxies = _proxies(unreadable)
        return HostState(
            system="linux",
            adapters=adapters,
            routes=routes,
            resolvers=conf.resolvers,
            search=conf.search,
            hosts=hosts,
            proxies=proxies.proxies,
            no_proxy=proxies.no_proxy,
            unreadable=tuple(unreadable),
        )

    def neighbours(self) -> tuple[Neighbour, ...]:
        """The neighbour table of both families as it is now; empty where the kernel refuses."""
        try:
            with Netlink() as netlink:
                names = {link.index: link.name for link in _links(netlink)}
                payloads = [entry for family in _FAMILIES for entry in netlink.dump(RTM_GETNEIGH, family)]
        except OSError:
            return ()
        return parse_neighbours(payloads, names)


def _proxies(unreadable: list[str]) -> ProxySettings:
    return merged(environment_proxies(os.environ), desktop_proxies(os.environ, _home(), unreadable))


def _home() -> Path:
    # expanduser, unlike Path.home, does not fail where the user has no home directory.
    return Path(os.path.expanduser("~"))  # noqa: PTH111


def _read_network(unreadable: list[str]) -> tuple[tuple[Adapter, ...], tuple[Route, ...]]:
    try:
        with Netlink() as netlink:
            links = _links(netlink)
            names = {link.index: link.name for link in links}
            adapters = _adapters(links, parse_addresses(netlink.dump(RTM_GETADDR), names), unreadable)
            return adapters, _routes(netlink, names, unreadable)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        unreadable.extend((f"adapters: {reason}", f"routes: {reason}"))
        return (), ()


def _links(netlink: Netlink) -> list[Link]:
    found = (parse_link(payload) for payload in netlink.dump(RTM_GETLINK))
    return [link for link in found if link is not None]


def _adapters(
    links: list[Link], addresses: dict[int, tuple[Address, ...]], unreadable: list[str]
) -> tuple[Adapter, ...]:
    signals = parse_wireless(read_or_note("/proc/net/wireless", "Wi-Fi signal", unreadable))
    return tuple(_adapter(link, addresses.get(link.index, ()), signals) for link in links)


def _adapter(link: Link, addresses: tuple[Address, ...], signals: dict[str, int]) -> Adapter:
    up = bool(link.flags & IFF_UP)
    return Adapter(
        name=link.name,
        kind=kind_of(link, device_type(link)),
        up=up,
        # A device that is switched off can't tell whether a cable is in it.
        # The running flag follows the carrier only a moment later (RFC 2863 state, set by a work queue).
        carrier=bool(link.flags & (IFF_RUNNING | IFF_LOWER_UP)) if up else None,
        mtu=link.mtu,
        addresses=addresses,
        point_to_point=bool(link.flags & IFF_POINTOPOINT),
        signal_dbm=signals.get(link.name),
    )


def _routes(netlink: Netlink, names: dict[int, str], unreadable: list[str]) -> tuple[Route, ...]:
    found: list[Route] = []
    for family, title in zip(_FAMILIES, ("IPv4", "IPv6"), strict=True):
        try:
            parsed = (parse_route(payload, names) for payload in netlink.dump(RTM_GETROUTE, family))
            entries = [route for route in parsed if route is not None]
        except OSError as error:
            unreadable.append(f"routes ({title}): {(error.strerror or str(error)).lower()}")
            continue
        found.extend(flatten(entries, _lookups(netlink, family)))
    return tuple(found)


def _lookups(netlink: Netlink, family: int) -> tuple[Lookup, ...]:
    try:
        return parse_rules(netlink.dump(RTM_GETRULE, family))
    except OSError:
        # Kernels built without policy routing refuse the question.
        return STANDARD
