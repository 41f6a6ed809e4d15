"""The backend for systems without one of their own: what psutil and the usual files tell."""

from __future__ import annotations

import os

from tshoot.host.files import read_or_note
from tshoot.host.hosts_file import parse_hosts
from tshoot.host.model import HostState, Neighbour
from tshoot.host.proxy_env import environment_proxies
from tshoot.host.psutil_adapters import read_adapters
from tshoot.host.resolv_conf import parse_resolv_conf

_RESOLV_CONF = "/etc/resolv.conf"


class GenericBackend:
    """:class:`tshoot.host.model.HostBackend` without routes and neighbours, and it says so."""

    def __init__(self, system: str) -> None:
        self._system = system

    def read_state(self) -> HostState:
        """Read what can be read; the rest is named in ``unreadable``."""
        unreadable = [
            f"routes: not readable on {self._system}",
            f"neighbours: not readable on {self._system}",
        ]
        conf = parse_resolv_conf(read_or_note(_RESOLV_CONF, "resolvers", unreadable), _RESOLV_CONF)
        proxies = environment_proxies(os.environ)
        return HostState(
            system=self._system,
            adapters=read_adapters(unreadable),
            resolvers=conf.resolvers,
            search=conf.search,
            hosts=parse_hosts(read_or_note("/etc/hosts", "hosts file", unreadable)),
            proxies=proxies.proxies,
            no_proxy=proxies.no_proxy,
            unreadable=tuple(unreadable),
        )

    def neighbours(self) -> tuple[Neighbour, ...]:
        """Always empty: there is no portable way to read the table."""
        return ()
