"""The configured DNS servers of a Linux computer: /etc/resolv.conf and, behind a stub, its servers."""

from __future__ import annotations

from dataclasses import replace

from tshoot.host.files import read_or_note
from tshoot.host.model import Resolver
from tshoot.host.resolv_conf import ResolvConf, parse_resolv_conf

RESOLV_CONF = "/etc/resolv.conf"
RESOLVED_CONF = "/run/systemd/resolve/resolv.conf"
STUB_ADDRESSES = frozenset({"127.0.0.53", "127.0.0.54"})
"""Where systemd-resolved listens (systemd-resolved.service(8))."""


def read_resolvers(unreadable: list[str]) -> ResolvConf:
    """What resolv.conf says. A stub stays the resolver; its ``source`` names whom it asks.

    A file that is missing, empty or without a server gives no resolvers, although the C library would
    then try this computer itself: nobody has configured one.
    """
    conf = parse_resolv_conf(read_or_note(RESOLV_CONF, "resolvers", unreadable), RESOLV_CONF)
    if not any(resolver.address in STUB_ADDRESSES for resolver in conf.resolvers):
        return conf
    behind = parse_resolv_conf(
        read_or_note(RESOLVED_CONF, "servers of systemd-resolved", unreadable), RESOLVED_CONF
    )
    return replace(conf, resolvers=tuple(_named(resolver, behind) for resolver in conf.resolvers))


def _named(resolver: Resolver, behind: ResolvConf) -> Resolver:
    if resolver.address not in STUB_ADDRESSES:
        return resolver
    servers = ", ".join(server.address for server in behind.resolvers)
    asks = f", which asks {servers}" if servers else ""
    return replace(resolver, source=f"{RESOLV_CONF}: systemd-resolved{asks}")
