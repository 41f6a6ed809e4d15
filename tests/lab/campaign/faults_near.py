"""Faults of the computer, the home network, the line and the way: drawn with random parameters."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.lab.campaign.drawn import ALL_EXTRAS, Fault
from tests.lab.campaign.home import Home

HTTPS_NOTE = "note.encrypted_dns_blocked"
WAY = frozenset({"second_uplink", "cellular", "icmp_blocked", "public_dns_blocked", "encrypted_dns_blocked"})
"""Extras that are faults of the way themselves, or hide the proof of one."""
LINE = WAY | {"gateway_closed", "gateway_no_ping", "operator_down"}
NO_SERVICE_EXTRAS = frozenset({"cdn", "old_tls", "check_altered", "time_server_wrong"})


def link(rng: Random, home: Home) -> Fault:
    """The adapter is off, unplugged or missing."""
    name, cause, seen = rng.choice(
        [
            ("client.adapter_off", "link.down", "down"),
            ("client.unplugged", "link.down", "no_carrier"),
            ("client.no_adapter", "link.no_adapter", "absent"),
        ]
    )
    proof = [{"adapter": "eth0", "is": seen}, {"tcp": "1.1.1.1:443", "is": "unreachable"}]
    spares = {"spare_adapters"} if cause == "link.no_adapter" else set()
    return Fault(name, cause, [(name, {})], proof, WAY | spares)


def address(rng: Random, home: Home) -> Fault:
    """No address, a made-up one, or one of another network."""
    kind = rng.choice(["none", "self_assigned", "wrong_subnet"])
    dead: dict[str, Any] = {"tcp": "1.1.1.1:443", "is": ["unreachable", "silent"]}
    own: list[dict[str, Any]] = [{"address": "eth0", "is": []}, dead]
    if kind == "none":
        return Fault(kind, "address.none", [("client.no_address", {})], own, LINE)
    if kind == "self_assigned":
        own = [{"address": "eth0", "is": ["169.254.83.107/16"]}, dead]
        return Fault(kind, "address.self_assigned", [("client.self_assigned", {})], own, LINE)
    other = f"192.168.{rng.randint(50, 99)}.{rng.randint(10, 200)}/24"
    return Fault(
        kind,
        "address.wrong_subnet",
        [("client.static", {"address": other, "gateway": home.gateway})],
        [{"address": "eth0", "is": [other]}, dead],
        LINE,
        {"notes_allowed": ["note.no_ipv6"]},
    )


def no_route(rng: Random, home: Home) -> Fault:
    """No default route."""
    proof = [{"route": "1.1.1.1", "is": "none"}, {"tcp": "1.1.1.1:443", "is": "unreachable"}]
    return Fault("no_route", "route.none", [("client.no_route", {})], proof, WAY)


def gateway(rng: Random, home: Home) -> Fault:
    """The gateway is gone, or the home network loses 20 to 45 packets of a hundred."""
    if rng.random() < 0.5:
        proof: list[dict[str, Any]] = [
            {"neighbour": home.gateway, "is": "failed"},
            {"tcp": "1.1.1.1:443", "is": ["silent", "unreachable"]},
        ]
        return Fault("gone", "gateway.unreachable", [("gateway.gone", {})], proof, LINE)
    percent = rng.randint(20, 45)
    proof = [{"ping": home.gateway, "count": 60, "is": "lossy"}]
    return Fault("lossy", "gateway.lossy", [("gateway.lossy", {"percent": percent})], proof, LINE)


def wan_down(rng: Random, home: Home) -> Fault:
    """The line passes nothing, in four ways."""
    kind = rng.choice(["silent", "unplugged", "drops", "rejects", "no_service"])
    actions: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "silent": [("gateway.wan_silent", {})],
        "unplugged": [("gateway.wan_unplugged", {})],
        "drops": [("carrier.block", {"what": "all"})],
        "rejects": [("carrier.block", {"what": "all", "how": "reject"})],
        "no_service": [
            ("gateway.wan_silent", {}),
            ("gateway.radio", {"registration": rng.choice(["not_registered", "searching"])}),
        ],
    }
    proof: list[dict[str, Any]] = [
        {"ping": home.gateway, "is": "answer"},
        {"tcp": "1.1.1.1:443", "is": ["silent", "unreachable", "forbidden"]},
    ]
    cause = "wan.no_service" if kind == "no_service" else "wan.down"
    clashes = LINE | {"slow_pages", "other_router"}
    return Fault(f"wan_{kind}", cause, actions[kind], proof, clashes | NO_SERVICE_EXTRAS)


def wan_poor(rng: Random, home: Home) -> Fault:
    """The line loses 10 to 40 packets of a hundred, for a weak signal or not, or takes very long."""
    kind = rng.choice(["lossy", "lossy", "weak", "slow"])
    clashes = LINE | {"double_nat"}
    if kind == "slow":
        delay = rng.randint(550, 900)
        proof: list[dict[str, Any]] = [{"rtt": "1.1.1.1", "over_ms": 2 * delay - 50, "is": "slower"}]
        given = {"delay_ms": delay, "jitter_ms": rng.choice([0, 30, 60])}
        return Fault("slow", "wan.slow", [("carrier.slow", given)], proof, clashes)
    percent = rng.randint(10, 40) if kind == "lossy" else rng.randint(20, 35)
    proof = [{"ping": "1.1.1.1", "count": 60, "is": "lossy"}]
    actions: list[tuple[str, dict[str, Any]]] = [("carrier.lossy", {"percent": percent})]
    if kind == "lossy":
        return Fault("lossy", "wan.lossy", actions, proof, clashes)
    weak = {"rsrp": rng.randint(-125, -116), "sinr": rng.randint(-8, -3), "bars": 1.0}
    actions.append(("gateway.radio", weak))
    more = {"may": ["wan.lossy"]}
    return Fault("weak", "wan.weak_signal", actions, proof, clashes | {"slow_pages", "other_router"}, more)


def two_ways(rng: Random, home: Home) -> Fault | None:
    """Two uplinks, and the preferred one is dead."""
    if home.v6 or home.public:
        return None
    home_first = rng.random() < 0.5
    actions: list[tuple[str, dict[str, Any]]] = [
        ("client.second_uplink", {"preferred": not home_first, "works": home_first})
    ]
    if home_first:
        actions.append(("gateway.wan_silent", {}))
    works, dead = ("usb0", "eth0") if home_first else ("eth0", "usb0")
    proof: list[dict[str, Any]] = [
        {"tcp": "1.1.1.1:443", "through": works, "is": "open"},
        {"route": "1.1.1.1", "is": dead},
        {"tcp": "1.1.1.1:443", "is": "silent"},
    ]
    truth = {"may": ["wan.down"], "notes_allowed": ["note.no_ipv6", "note.double_nat"]}
    return Fault("two_ways", "route.wrong_preferred", actions, proof, LINE | {"spare_adapters"}, truth)


def portal(rng: Random, home: Home) -> Fault:
    """A sign-in page of the network."""
    style, https = rng.choice(["redirect", "rewrite"]), rng.choice(["drop", "spoof"])
    seen = 302 if style == "redirect" else 200
    proof: list[dict[str, Any]] = [
        {"http": "http://cp.cloudflare.com/generate_204", "is": seen},
        {"tls": "dns.google", "is": "untrusted" if https == "spoof" else "silent"},
    ]
    notes = ["note.no_ipv6", "note.icmp_blocked", HTTPS_NOTE, "note.outside_dns_blocked"]
    return Fault(
        f"portal_{style}_{https}",
        "portal.captive",
        [("carrier.portal", {"style": style, "https": https})],
        proof,
        LINE | NO_SERVICE_EXTRAS | {"other_router"},
        {"notes_allowed": notes},
    )


def web_filter(rng: Random, home: Home) -> Fault:
    """A firewall against port 443, or against 80 and 443."""
    what = rng.choice(["https", "https", "web"])
    how = rng.choice(["drop", "reset"])
    seen = "silent" if how == "drop" else "refused"
    proof: list[dict[str, Any]] = [
        {"tcp": "1.1.1.1:443", "is": seen},
        {"tcp": "206.29.160.11:443", "is": seen},
        {"dns": "example.com", "at": "8.8.8.8", "is": ["93.184.215.14"]},
    ]
    if what == "https":
        proof.append({"http": "http://cp.cloudflare.com/generate_204", "is": 204})
    action = ("carrier.block", {"what": what, "how": how})
    clashes = LINE | {"cdn"}
    return Fault(f"{what}_{how}", f"filter.{what}", [action], proof, clashes, {"notes_allowed": [HTTPS_NOTE]})


def black_hole(rng: Random, home: Home) -> Fault:
    """Large packets vanish."""
    mtu, direction = rng.randint(1281, 1400), rng.choice(["both", "down"])
    proof: list[dict[str, Any]] = [
        {"ping": "1.1.1.1", "size": 1472, "is": "silent"},
        {"ping": "1.1.1.1", "is": "answer"},
        {"tls": "account.t-mobile.com", "is": "silent"},
    ]
    given = {"mtu": mtu, "direction": direction}
    clashes = LINE | {"quic_blocked", "cdn", "old_tls"}
    notes = {"notes_allowed": [HTTPS_NOTE]}
    return Fault("black_hole", "path.mtu_blackhole", [("carrier.black_hole", given)], proof, clashes, notes)


def family(rng: Random, home: Home) -> Fault | None:
    """One address family is dead beyond the carrier."""
    if not home.v6:
        return None
    four = rng.random() < 0.4
    if four and not home.only_gateway:
        return None
    how = rng.choice(["drop", "reject"])
    seen = ["silent", "unreachable", "forbidden"]
    proof: list[dict[str, Any]] = [
        {"tcp": "1.1.1.1:443", "is": seen if four else "open"},
        {"tcp": "[2606:4700:4700::1111]:443", "is": "open" if four else seen},
    ]
    cause, what = ("path.ipv4_broken", "ipv4") if four else ("path.ipv6_broken", "ipv6")
    notes = {"notes_allowed": ["note.outside_dns_blocked"]} if four else {}
    action = ("carrier.block", {"what": what, "how": how})
    return Fault(f"{what}_{how}", cause, [action], proof, LINE | {"time_server_wrong"}, notes)


def healthy(rng: Random, home: Home) -> Fault:
    """Nothing is wrong."""
    return Fault("healthy", "none", [], [{"tls": "account.t-mobile.com", "patience": 4, "is": "ok"}])


def kill_switch(rng: Random, home: Home) -> Fault:
    """A VPN program's kill switch without its tunnel."""
    proof = [{"ping": home.gateway, "is": "forbidden"}, {"adapter": "eth0", "is": "up"}]
    return Fault(
        "kill_switch", "vpn.kill_switch", [("client.kill_switch", {})], proof, frozenset({ALL_EXTRAS})
    )


NEAR = (link, address, no_route, gateway, gateway, wan_down, wan_down, wan_poor, wan_poor, two_ways, portal)
ON_THE_WAY = (web_filter, black_hole, family, kill_switch)
