"""Batteries of results for the judge: a healthy one, and what differs from it in each case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tshoot.probes.model import ProbeResult

HOST = "account.example.net"
GATEWAY = "192.168.12.1"
SITE = "93.184.216.34"
OWN_ADDRESS = "192.168.12.50"

Ending = str | tuple[str, Mapping[str, Any]]
"""An outcome, or an outcome with data."""


def windows(lost: int, median_ms: float = 12.0) -> list[dict[str, Any]]:
    return [{"address": "1.1.1.1", "method": "icmp raw", "sent": 20, "lost": lost, "median_ms": median_ms}]


def server(address: str, state: str = "answers") -> dict[str, Any]:
    return {"address": address, "state": state, "uncached_samples": 3 if state == "answers" else 0}


def connects(state: str, *addresses: str) -> list[dict[str, Any]]:
    return [{"address": address, "port": 443, "state": state, "ms": 9.0} for address in addresses]


HEALTHY: Mapping[str, Ending] = {
    "link": ("ok", {"adapters": [{"name": "eth0", "signal_dbm": None}], "in_use": "eth0"}),
    "address": ("ok", {"addresses": [{"adapter": "eth0", "ip": OWN_ADDRESS, "prefix": 24}]}),
    "route": ("ok", {"routes": [{"family": 4, "adapter": "eth0", "gateway": GATEWAY}]}),
    "gateway": ("ok", {"gateway": GATEWAY, "adapter": "eth0", "windows": windows(0, 2.0)}),
    "gateway_radio": "registered",
    "internet_v4": ("ok", {"method": "icmp raw", "windows": windows(0), "ping": "answered"}),
    "internet_v6": "ok",
    "internet": "ok",
    "paths": "not_applicable",
    "vpn": "none",
    "proxy": "none",
    "hosts_file": ("clean", {"overrides": []}),
    "dns_system": ("ok", {"name": HOST, "addresses": [SITE]}),
    "dns_servers": ("ok", {"servers": [server(GATEWAY)], "rewritten": False}),
    "dns_public": ("ok", {"name": HOST, "addresses": [SITE]}),
    "dns_encrypted": ("ok", {"name": HOST, "addresses": [SITE]}),
    "dns_name": ("agree", {"own": [SITE], "others": [SITE]}),
    "path_mtu": ("ok", {"families": [{"family": 4, "wanted": 1500, "path": "ok", "mtu": 1500}]}),
    "nat": "single",
    "nat64": "absent",
    "captive": "open",
    "tcp": ("ok", {"source": "system", "address": SITE, "connects": connects("ok", SITE)}),
    "tls": "ok",
    "tls_public": "not_applicable",
    "tls_others": "ok",
    "sni": "ok",
    "http": ("ok", {"status": 200}),
    "sign_in_chain": "ok",
    "clock": ("ok", {"offset_seconds": 0.1}),
}


def battery(base: Mapping[str, Ending] = HEALTHY, /, **changes: Ending | None) -> dict[str, ProbeResult]:
    """``base`` with ``changes``; None takes a probe out. Details are made up from the outcome."""
    endings = {**base, **changes}
    return {name: result(name, ending) for name, ending in endings.items() if ending is not None}


def result(name: str, ending: Ending) -> ProbeResult:
    outcome, data = (ending, {}) if isinstance(ending, str) else ending
    return ProbeResult(name, outcome, f"{name} figures", 10.0, data, ("192.0.2.1", f"{name}.test"))


def all_ending(outcome: str, *probes: str) -> dict[str, Ending | None]:
    return dict.fromkeys(probes, outcome)
