"""Building blocks of cases: what whole groups of probes end in, in one situation."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.batteries import (
    GATEWAY,
    SITE,
    Ending,
    all_ending,
    connects,
    server,
    windows,
)


@dataclass(frozen=True)
class Case:
    """``also`` are further findings that must be there, ``never`` causes that must not be found at all."""

    name: str
    changes: dict[str, Ending | None]
    cause: str
    verdict: str = "broken"
    confidence: str | None = None
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = field(default=())


OTHER = "198.51.100.7"
SITE6 = "2606:2800:220:1::1"
BEHIND_TCP: dict[str, Ending | None] = {"tls": "skipped", "http": "skipped"}
NO_NET: dict[str, Ending | None] = {
    "gateway": "not_applicable",
    "gateway_radio": "not_applicable",
    **all_ending("no_route", "internet_v4", "internet"),
    "internet_v6": "not_applicable",
    "dns_system": "failed",
    "dns_servers": ("unreachable", {"servers": [server(GATEWAY, "no_route")]}),
    **all_ending("unreachable", "dns_public"),
    **all_ending("blocked", "dns_encrypted", "captive"),
    "dns_name": "skipped",
    "tcp": "skipped",
    **BEHIND_TCP,
    "tls_others": "failed",
    "sign_in_chain": "skipped",
    "clock": "timeout",
}
WAN_DOWN: dict[str, Ending | None] = {
    **NO_NET,
    "gateway": ("ok", {"gateway": GATEWAY, "adapter": "eth0", "windows": windows(0)}),
    "gateway_radio": "not_recognised",
    **all_ending("dead", "internet_v4", "internet"),
    "dns_servers": ("refusing", {"servers": [server(GATEWAY, "refusing")]}),
}
BY_ADDRESS: dict[str, Ending | None] = {
    "tcp": ("ok", {"source": "public", "address": SITE, "connects": connects("ok", SITE)}),
}
"""DNS fails, so the probes go on at the addresses that other resolvers give, and the service works."""
DNS_DEAD: dict[str, Ending | None] = {
    "dns_system": "timeout",
    "dns_servers": ("unreachable", {"servers": [server(GATEWAY, "silent")]}),
    "dns_name": "skipped",
    **BY_ADDRESS,
}
PORTAL: dict[str, Ending | None] = {
    "captive": "redirected",
    **all_ending("https_blocked", "internet_v4", "internet"),
    "internet_v6": "not_applicable",
    "dns_public": "unreachable",
    "dns_encrypted": "blocked",
    "tcp": "timeout",
    **BEHIND_TCP,
    "tls_others": "failed",
    "sign_in_chain": "all_down",
    "clock": "timeout",
}

HOLE: dict[str, Ending | None] = {
    "path_mtu": ("blackhole", {"families": [{"family": 4, "wanted": 1500, "path": "blackhole"}]}),
    "dns_encrypted": "blocked",
    "tls": "timeout",
    "tls_others": "failed",
    "sni": "same",
    "http": "timeout",
    "sign_in_chain": "all_down",
}
"""Small packets pass, full-size ones vanish: names and connections work, certificates never arrive."""

CHAIN_HANGS_V6 = {"host": "id.example.net", "stage": "tls", "state": "timeout", "address": "2001:db8::7"}
HOLE_V6: dict[str, Ending | None] = {
    "path_mtu": (
        "blackhole",
        {"families": [{"family": 4, "path": "ok"}, {"family": 6, "wanted": 1500, "path": "blackhole"}]},
    ),
    "tls_others": (
        "ok",
        {"operators": [{"address": "2001:db8::1", "stage": "tls", "outcome": "timeout"}]},
    ),
}

OPERATORS_BLOCKED: dict[str, Ending | None] = {
    **all_ending("https_blocked", "internet_v4", "internet_v6", "internet"),
    "dns_encrypted": "blocked",
    "tls_others": "failed",
    "sign_in_chain": ("ok", {"hosts": [{"host": "id.example.net", "stage": "tls", "state": "ok"}]}),
}
"""Port 443 of the DNS operators is closed, secure connections to others pass."""


def stalled_greetings(*states: str) -> dict[str, Ending | None]:
    """Full-size packets vanish over IPv6; a large greeting to each operator ended in one of ``states``."""
    bulk = [{"address": f"2001:db8::{number}", "state": state} for number, state in enumerate(states, 1)]
    hole = {"family": 6, "wanted": 1500, "path": "blackhole", "bulk": bulk}
    return {"path_mtu": ("blackhole", {"families": [{"family": 4, "path": "ok"}, hole]})}


def certificate(**facts: str) -> dict[str, dict[str, str]]:
    return {"certificate": {"issuer": "Example CA", "issuer_id": "a1", **facts}}


def bad_certificate(outcome: str, **facts: str) -> dict[str, Ending | None]:
    return {"tls": (outcome, certificate(**facts)), "http": "skipped"}


LAST_YEAR = {"not_before": "2025-01-01T00:00:00+00:00", "not_after": "2025-12-31T00:00:00+00:00"}
NOW_VALID = {"not_before": "2026-06-01T00:00:00+00:00", "not_after": "2027-06-01T00:00:00+00:00"}
NETWORK_TIME = "2026-11-20T22:00:00+00:00"
