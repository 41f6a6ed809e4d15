"""The resolver configuration of Unix systems (resolv.conf(5)), read as the C library reads it.

Keywords count only at the start of a line, the last ``search`` or ``domain`` wins, and only the first
three usable servers are ever asked (``MAXNS``). Entries that can't be a server stay in the list with
``valid=False``: they are what the person has to correct.
"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.addresses import parse_ip, zone_of
from tshoot.host.model import Resolver
from tshoot.text import display_text

MOST_SERVERS = 3


@dataclass(frozen=True, slots=True)
class ResolvConf:
    """What the file says: servers in order and the search list (lower case, no trailing dots)."""

    resolvers: tuple[Resolver, ...] = ()
    search: tuple[str, ...] = ()


def parse_resolv_conf(text: str, source: str) -> ResolvConf:
    """Read the text of a resolv.conf; ``source`` is put into every :class:`Resolver`."""
    resolvers: list[Resolver] = []
    search: tuple[str, ...] = ()
    for keyword, values in _lines(text):
        if keyword == "nameserver" and values:
            resolvers.append(read_resolver(values[0], source))
        elif keyword in {"search", "domain"}:
            search = tuple(display_text(value.lower().removesuffix(".")) for value in values)
    return ResolvConf(_those_asked(resolvers), search)


def read_resolver(text: str, source: str, adapter: str | None = None) -> Resolver:
    """One configured server; not ``valid`` where its address can't be one."""
    address = parse_ip(text)
    shown = display_text(text) if address is None else str(address)
    usable = address is not None and is_possible_server(text)
    return Resolver(shown, adapter=zone_of(shown) or adapter, source=source, valid=usable)


def is_possible_server(text: str) -> bool:
    """Can this be a DNS server's address: unicast, specified and, if link-local IPv6, with a zone?"""
    address = parse_ip(text)
    if address is None or address.is_unspecified or address.is_multicast:
        return False
    if address.version == 4:
        return not address.is_reserved
    return not address.is_link_local or zone_of(text) is not None


def _lines(text: str) -> list[tuple[str, list[str]]]:
    wanted = (line for line in text.split("\n") if line[:1] not in {"#", ";", " ", "\t", ""})
    split = (line.split() for line in wanted)
    return [(words[0], words[1:]) for words in split if words]


def _those_asked(resolvers: list[Resolver]) -> tuple[Resolver, ...]:
    kept: list[Resolver] = []
    usable = 0
    for resolver in resolvers:
        usable += resolver.valid
        if not resolver.valid or usable <= MOST_SERVERS:
            kept.append(resolver)
    return tuple(kept)
