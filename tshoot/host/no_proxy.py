"""Which proxy serves a host, and which hosts go around it.

NO_PROXY has no standard; this follows what curl, Go and Python agree on: ``*``, an exact name, a
suffix with or without leading dot, an address, a CIDR prefix, a port that is ignored. Windows adds
wildcards (``192.168.*``) and ``<local>`` for names without a dot.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from tshoot.host.addresses import parse_ip, parse_network, without_zone
from tshoot.host.model import HostState, Proxy

LOCAL_NAMES = "<local>"


def proxy_for(state: HostState, scheme: str, host: str) -> Proxy | None:
    """The proxy for ``scheme`` ("http", "https") to ``host``, or None where the way is direct.

    The scheme's own setting wins over ``all``, that over a proxy script. A script is not evaluated:
    its ``pac`` entry is returned, and says only that a proxy may be in the way.
    """
    if goes_around(state.no_proxy, host):
        return None
    for wanted in (scheme.lower(), "all", "pac"):
        found = next((proxy for proxy in state.proxies if proxy.scheme == wanted), None)
        if found is not None:
            return found
    return None


def goes_around(no_proxy: tuple[str, ...], host: str) -> bool:
    """Does any entry of a NO_PROXY list name ``host`` (a name or an address)?"""
    wanted = without_zone(host.lower().strip("[]").removesuffix("."))
    return any(matches(entry, wanted) for entry in no_proxy)


def matches(entry: str, host: str) -> bool:
    """Does one NO_PROXY entry name ``host`` (lower case, no brackets, no zone)?"""
    if entry == LOCAL_NAMES:
        return "." not in host and parse_ip(host) is None
    entry = without_port(entry)
    if entry == "*":
        return True
    address = parse_ip(host)
    if address is not None:
        network = parse_network(entry)
        return address in network if network is not None else _wildcard(entry, host)
    return _names(entry, host)


def without_port(entry: str) -> str:
    """``example.com`` for ``example.com:8080``, ``2001:db8::1`` for ``[2001:db8::1]:8080``."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    base, colon, port = entry.rpartition(":")
    return base if colon and port.isdigit() and ":" not in base else entry


def _names(entry: str, host: str) -> bool:
    suffix = entry.removeprefix("*").strip(".")
    if not suffix:
        return False
    return host == suffix or host.endswith(f".{suffix}") or _wildcard(entry, host)


def _wildcard(entry: str, host: str) -> bool:
    return "*" in entry and fnmatchcase(host, entry.replace("[", "[[]"))
