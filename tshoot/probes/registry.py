"""Every probe by name. Adding one is its file plus one line here.

Naming a probe imports nothing; :func:`load` imports one probe's module, which is light until it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from tshoot.once import Once
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading

PROBES: Mapping[str, str] = MappingProxyType(
    {
        "link": "tshoot.probes.link",
        "address": "tshoot.probes.address",
        "route": "tshoot.probes.route",
        "gateway": "tshoot.probes.gateway",
        "gateway_radio": "tshoot.probes.gateway_radio",
        "internet_v4": "tshoot.probes.internet_v4",
        "internet_v6": "tshoot.probes.internet_v6",
        "internet": "tshoot.probes.internet",
        "paths": "tshoot.probes.paths",
        "vpn": "tshoot.probes.vpn",
        "hosts_file": "tshoot.probes.hosts_file",
        "dns_system": "tshoot.probes.dns_system",
        "dns_servers": "tshoot.probes.dns_servers",
        "dns_public": "tshoot.probes.dns_public",
        "dns_encrypted": "tshoot.probes.dns_encrypted",
        "dns_name": "tshoot.probes.dns_name",
        "path_mtu": "tshoot.probes.path_mtu",
        "nat": "tshoot.probes.nat",
        "nat64": "tshoot.probes.nat64",
        "proxy": "tshoot.probes.proxy",
        "captive": "tshoot.probes.captive",
        "tcp": "tshoot.probes.tcp",
        "tls": "tshoot.probes.tls",
        "tls_public": "tshoot.probes.tls_public",
        "tls_others": "tshoot.probes.tls_others",
        "sni": "tshoot.probes.sni",
        "http": "tshoot.probes.http",
        "sign_in_chain": "tshoot.probes.sign_in_chain",
        "clock": "tshoot.probes.clock",
        "browsers": "tshoot.probes.browsers",
        "gateway_uptime": "tshoot.probes.gateway_uptime",
        "wifi_name": "tshoot.probes.wifi_name",
    }
)


class Probe(Protocol):
    """What a probe's module offers."""

    SPEC: ProbeSpec

    async def run(self, context: ProbeContext) -> Reading:
        """Measure. Returns one of the declared outcomes; an exception means a bug."""


def load(name: str) -> Probe:
    """The probe's module. Raises KeyError for an unknown name."""
    return cast(Probe, import_module(PROBES[name]))


@Once
def specs() -> dict[str, ProbeSpec]:
    """What every probe declares, in the order of the registry."""
    return {name: load(name).SPEC for name in PROBES}


def battery() -> tuple[str, ...]:
    """The probes that a whole check runs, in the order of the registry."""
    return tuple(name for name, spec in specs().items() if spec.battery)


def with_needs(names: tuple[str, ...]) -> tuple[str, ...]:
    """``names`` and everything they need or use, in the order of the registry."""
    wanted: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted.add(name)
            spec = specs()[name] if specs.known else load(name).SPEC
            todo += [*spec.needs, *spec.uses]
    return tuple(name for name in PROBES if name in wanted)
