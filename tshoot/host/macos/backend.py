"""The macOS backend: bounded runs of the system's tools, side by side, feeding pure parsers.

Tested from recorded-style text only.
"""

from __future__ import annotations

import os

from tshoot.host.commands import run_all
from tshoot.host.files import read_or_note
from tshoot.host.hosts_file import parse_hosts
from tshoot.host.macos.adapters import parse_hardware_ports, parse_ifconfig
from tshoot.host.macos.neighbours import parse_arp, parse_ndp
from tshoot.host.macos.routes import parse_netstat
from tshoot.host.macos.settings import parse_scutil_dns, parse_scutil_proxy
from tshoot.host.model import HostState, Neighbour
from tshoot.host.proxy_env import environment_proxies, merged

_SECONDS = 2.0
_STATE = {
    "adapters": ("/sbin/ifconfig", "-a"),
    "adapter kinds": ("/usr/sbin/networksetup", "-listallhardwareports"),
    "routes (IPv4)": ("/usr/sbin/netstat", "-rn", "-f", "inet"),
    "routes (IPv6)": ("/usr/sbin/netstat", "-rn", "-f", "inet6"),
    "resolvers": ("/usr/sbin/scutil", "--dns"),
    "proxy settings": ("/usr/sbin/scutil", "--proxy"),
}
_NEIGHBOURS = {
    "IPv4 neighbours": ("/usr/sbin/arp", "-an"),
    "IPv6 neighbours": ("/usr/sbin/ndp", "-an"),
}


class MacBackend:
    """:class:`tshoot.host.model.HostBackend` for macOS."""

    def read_state(self) -> HostState:
        """Read the whole snapshot; what a tool does not tell is named in ``unreadable``."""
        unreadable: list[str] = []
        told = run_all(_STATE, _SECONDS, unreadable)
        ports = parse_hardware_ports(told["adapter kinds"])
        conf = parse_scutil_dns(told["resolvers"])
        proxies = merged(environment_proxies(os.environ), parse_scutil_proxy(told["proxy settings"]))
        return HostState(
            system="darwin",
            adapters=parse_ifconfig(told["adapters"], ports),
            routes=(*parse_netstat(told["routes (IPv4)"], 4), *parse_netstat(told["routes (IPv6)"], 6)),
            resolvers=conf.resolvers,
            search=conf.search,
            hosts=parse_hosts(read_or_note("/etc/hosts", "hosts file", unreadable)),
            proxies=proxies.proxies,
            no_proxy=proxies.no_proxy,
            unreadable=tuple(unreadable),
        )

    def neighbours(self) -> tuple[Neighbour, ...]:
        """The neighbour table as arp and ndp tell it now."""
        told = run_all(_NEIGHBOURS, _SECONDS)
        return (*parse_arp(told["IPv4 neighbours"]), *parse_ndp(told["IPv6 neighbours"]))
