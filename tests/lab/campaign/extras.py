"""Things that look odd and change no truth; at most two come with a fault that does not clash with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.lab.campaign.drawn import ALL_EXTRAS, Fault
from tests.lab.campaign.home import Action, Home


@dataclass(frozen=True)
class Extra:
    """One harmless oddity. ``notes`` become true by it; ``fits`` says in which homes it is harmless."""

    name: str
    actions: Callable[[Random, Home], list[Action]]
    notes: tuple[str, ...] = ()
    fits: Callable[[Home], bool] = lambda home: True


def _one(name: str, **given: object) -> Callable[[Random, Home], list[Action]]:
    return lambda rng, home: [(name, dict(given))]


def _spares(rng: Random, home: Home) -> list[Action]:
    names = rng.sample(["wlan0", "eth1", "docker0", "br-1f2e"], rng.randint(1, 3))
    return [("client.spare_adapters", {"names": names})]


def _cellular(rng: Random, home: Home) -> list[Action]:
    delay: Action = ("carrier.slow", {"delay_ms": rng.randint(10, 35), "jitter_ms": rng.randint(5, 30)})
    return [delay, *([("carrier.lossy", {"percent": 0.5})] if rng.random() < 0.5 else [])]


def _cdn(rng: Random, home: Home) -> list[Action]:
    host = "account.t-mobile.com"
    first, second = ["206.29.160.10", "2607:7700:a::10"], ["206.29.176.10", "2607:7700:b::10"]
    return [
        ("service.addresses", {"host": host, "v4": [first[0], second[0]], "v6": [first[1], second[1]]}),
        ("dns.name", {"server": "carrier", "name": host, "answer": second}),
        ("dns.name", {"server": "public", "name": host, "answer": first}),
    ]


def _hosts(rng: Random, home: Home) -> list[Action]:
    lines = ["0.0.0.0 ads.example.net tracker.example.net", "127.0.1.1 my-laptop", "192.168.12.20 printer"]
    return [("client.hosts", {"lines": rng.sample(lines, rng.randint(1, 3))})]


def _double_nat(rng: Random, home: Home) -> list[Action]:
    return [("carrier.wan", {"gateway": "192.168.90.2", "carrier": "192.168.90.1"})]


EXTRAS = (
    Extra("hosts_unrelated", _hosts),
    Extra("spare_adapters", _spares),
    Extra("gateway_no_ping", _one("gateway.ignores_ping_only"), ("note.gateway_silent",)),
    Extra(
        "gateway_closed",
        _one("gateway.no_ping"),
        ("note.gateway_silent",),
        lambda home: not home.only_gateway,
    ),
    Extra("icmp_blocked", _one("carrier.block", what="ping"), ("note.icmp_blocked",)),
    Extra(
        "public_dns_blocked",
        _one("carrier.block", what="public_dns"),
        ("note.outside_dns_blocked",),
        lambda home: not home.public,
    ),
    Extra(
        "encrypted_dns_blocked", _one("carrier.block", what="encrypted_dns"), ("note.encrypted_dns_blocked",)
    ),
    Extra("cdn", _cdn),
    Extra("old_tls", _one("service.old_tls", host="account.t-mobile.com")),
    Extra("slow_pages", _one("gateway.radio", reply_after=12.0)),
    Extra("other_router", _one("gateway.radio", api="none")),
    Extra("quic_blocked", _one("carrier.block", what="quic")),
    Extra("time_blocked", _one("carrier.block", what="time")),
    Extra("time_server_wrong", _one("time.server", host="time.google.com", wrong_by=31536000)),
    Extra("check_altered", _one("service.status_on_http", host="connectivitycheck.gstatic.com", status=200)),
    Extra(
        "operator_down",
        _one("service.tcp", host="one.one.one.one", how="silent"),
        (),
        lambda home: "1.1.1.1" not in home.servers,
    ),
    Extra("cellular", _cellular),
    Extra("double_nat", _double_nat, ("note.double_nat",)),
    Extra(
        "second_uplink",
        _one("client.second_uplink", preferred=False, works=True),
        ("note.double_nat",),
    ),
)
TOGETHER = (
    frozenset({"slow_pages", "other_router"}),
    frozenset({"encrypted_dns_blocked", "operator_down"}),
    frozenset({"encrypted_dns_blocked", "icmp_blocked"}),
    frozenset({"time_blocked", "time_server_wrong"}),
    frozenset({"gateway_no_ping", "gateway_closed"}),
)
"""Pairs that do not come together: one undoes the other, or both leave nothing to measure by."""


def draw_extras(rng: Random, home: Home, fault: Fault) -> list[Extra]:
    """Up to two extras that fit the home and the fault."""
    if ALL_EXTRAS in fault.clashes:
        return []
    fitting = [each for each in EXTRAS if each.name not in fault.clashes and each.fits(home)]
    chosen = rng.sample(fitting, min(rng.choice([0, 1, 1, 2, 2]), len(fitting)))
    if any(pair <= {each.name for each in chosen} for pair in TOGETHER):
        return chosen[:1]
    return chosen
