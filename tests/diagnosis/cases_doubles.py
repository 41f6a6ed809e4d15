"""Several faults at once, and faults beside which another one must not be seen."""

from __future__ import annotations

from tests.diagnosis.situations import (
    BEHIND_TCP,
    BY_ADDRESS,
    DNS_DEAD,
    NO_NET,
    WAN_DOWN,
    Case,
)
from tests.support.batteries import GATEWAY, HOST, SITE, Ending, all_ending, connects, server

CHAIN_SILENT: dict[str, Ending | None] = {
    "sign_in_chain": (
        "part_down",
        {"hosts": [{"host": "tokens.example.net", "stage": "tcp", "state": "timeout"}]},
    )
}
CHAIN_REFUSES: dict[str, Ending | None] = {
    "sign_in_chain": (
        "part_down",
        {"hosts": [{"host": "tokens.example.net", "stage": "tcp", "state": "refused"}]},
    )
}
LOSSY: dict[str, Ending | None] = all_ending("lossy", "internet_v4", "internet_v6", "internet")

DOUBLES = (
    Case(
        "a part of the sign-in is silent on a lossy line",
        {**LOSSY, **CHAIN_SILENT},
        "wan.lossy",
        "degraded",
        never=("service.part_down",),
    ),
    Case(
        "a part of the sign-in refuses on a lossy line",
        {**LOSSY, **CHAIN_REFUSES},
        "service.part_down",
        also=("wan.lossy",),
    ),
    Case(
        "no name can be looked up, those of the chain neither",
        {
            **DNS_DEAD,
            "dns_public": "unreachable",
            "sign_in_chain": (
                "all_down",
                {"hosts": [{"host": "tokens.example.net", "stage": "name", "state": "unresolved"}]},
            ),
        },
        "dns.port_blocked",
        never=("service.part_down",),
    ),
    Case(
        "own DNS denies the name of a further host",
        {
            "sign_in_chain": (
                "part_down",
                {"hosts": [{"host": "tokens.example.net", "stage": "name", "state": "unresolved"}]},
            ),
        },
        "service.part_down",
    ),
    Case(
        "fixed address of another network, gateway heard by its neighbour entry",
        {
            **WAN_DOWN,
            "address": "wrong_subnet",
            "gateway": "silent",
            "dns_servers": ("unreachable", {"servers": [server(GATEWAY, "silent")]}),
        },
        "address.wrong_subnet",
        never=("wan.down",),
    ),
    Case(
        "nothing answers in time, yet uncached names are looked up",
        {**WAN_DOWN, "dns_system": "ok", "dns_servers": ("ok", {"servers": [server(GATEWAY)]})},
        "unknown",
        "unknown",
        never=("wan.down",),
    ),
    Case(
        "line down, names still in the gateway's cache",
        {
            **WAN_DOWN,
            "dns_system": ("ok", {"addresses": [SITE]}),
            "dns_servers": (
                "ok",
                {"servers": [{"address": GATEWAY, "state": "answers", "uncached_samples": 0}]},
            ),
            "tcp": ("timeout", {"source": "system", "connects": connects("timeout", SITE)}),
        },
        "wan.down",
    ),
    Case(
        "resolver at home dead while a VPN is on",
        {**DNS_DEAD, "route": "tunnel"},
        "dns.unreachable",
        never=("vpn.dns_dead",),
    ),
    Case(
        "name blocked and another part of the sign-in down",
        {
            "dns_system": "name_missing",
            "dns_name": "blocked_here",
            **BY_ADDRESS,
            "sign_in_chain": (
                "part_down",
                {"hosts": [{"host": "tokens.example.net", "stage": "tcp", "state": "refused"}]},
            ),
        },
        "dns.name_blocked",
        also=("service.part_down",),
    ),
    Case(
        "encrypted DNS blocked with all of its operators' port 443",
        {
            **all_ending("https_blocked", "internet_v4", "internet_v6", "internet"),
            "dns_encrypted": "blocked",
            "tls_others": "failed",
        },
        "none",
        "healthy",
        "likely",
        also=("note.encrypted_dns_blocked",),
        never=("filter.https",),
    ),
    Case(
        "full-size packets vanish",
        {"tls": "timeout", "http": "skipped", "tls_others": "failed", "dns_encrypted": "blocked"},
        "unknown",
        "unknown",
        never=("note.encrypted_dns_blocked",),
    ),
    Case(
        "cut short before public DNS was given up",
        {"dns_public": "timeout", "dns_name": "timeout"},
        "none",
        "healthy",
        also=("note.outside_dns_blocked",),
    ),
    Case(
        "line down and no resolver set",
        {**WAN_DOWN, "dns_system": "name_missing", "dns_servers": "none_configured"},
        "wan.down",
        also=("dns.none_configured",),
    ),
    Case(
        "cable out, so no resolver either",
        {**NO_NET, "link": "down", "address": "none", "route": "none", "dns_servers": "none_configured"},
        "link.down",
        never=("dns.none_configured",),
    ),
    Case(
        "resolver dead and site in maintenance",
        {**DNS_DEAD, "http": ("server_error", {"status": 503})},
        "dns.unreachable",
        also=("service.error",),
    ),
    Case(
        "one resolver dead and IPv6 dead",
        {"dns_servers": "some_dead", "internet_v6": "dead"},
        "path.ipv6_broken",
        "degraded",
        also=("dns.one_dead",),
    ),
    Case(
        "service down and one resolver dead",
        {
            "dns_servers": "some_dead",
            "tcp": ("refused", {"connects": connects("refused", SITE)}),
            **BEHIND_TCP,
        },
        "service.refused",
        also=("dns.one_dead",),
    ),
    Case(
        "line down and hosts file overridden",
        {
            **WAN_DOWN,
            "hosts_file": ("overrides", {"overrides": [{"name": HOST, "address": "10.9.9.9"}]}),
            "tcp": ("timeout", {"connects": connects("timeout", "10.9.9.9")}),
        },
        "wan.down",
        never=("dns.hosts_override",),
    ),
    Case(
        "weak cell signal, then the line gone",
        {**WAN_DOWN, "gateway_radio": "weak"},
        "wan.down",
        also=("wan.weak_signal",),
    ),
)
