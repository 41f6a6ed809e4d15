"""Faults of names, certificates, the clock, proxies and the service: drawn with random parameters."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.lab.campaign.drawn import Fault
from tests.lab.campaign.faults_near import HTTPS_NOTE, NEAR, ON_THE_WAY
from tests.lab.campaign.home import Action, Home

ACCOUNT, METRO = "account.t-mobile.com", "www.metrobyt-mobile.com"
ADDRESS = {ACCOUNT: "206.29.160.10", METRO: "206.29.160.20"}
PARTS = {
    "www.t-mobile.com": "206.29.160.11",
    "brass.account.t-mobile.com": "206.29.160.12",
    "iam.msg.t-mobile.com": "206.29.160.13",
}
DNS = frozenset(
    {
        "public_dns_blocked",
        "operator_down",
        "encrypted_dns_blocked",
        "cdn",
        "second_uplink",
        "time_server_wrong",
    }
)
"""Extras that touch the evidence about names."""


def _service(rng: Random) -> tuple[str, str | None]:
    """A main host and the target that names it."""
    host = rng.choice([ACCOUNT, ACCOUNT, METRO])
    return host, ("metro" if host == METRO else None)


def dns_server(rng: Random, home: Home) -> Fault | None:
    """The only DNS server is silent, refuses, fails or is slow."""
    if not home.only_gateway:
        return None
    kind = rng.choice(["silent", "refused", "servfail", "upstream", "slow"])
    at: dict[str, Any] = {"dns": ACCOUNT, "at": home.gateway}
    good = {"dns": ACCOUNT, "at": "8.8.8.8", "is": [ADDRESS[ACCOUNT]]}
    if kind == "slow":
        seconds = round(rng.uniform(0.9, 1.4), 2)
        proof = [{**at, "patience": seconds - 0.1, "is": "silent"}, good]
        return Fault(
            "dns_slow", "dns.slow", [("dns.slow", {"server": "gateway", "seconds": seconds})], proof, DNS
        )
    if kind == "upstream":
        slow = {**at, "patience": 2.8, "is": "servfail"}
        return Fault("dns_upstream", "dns.refusing", [("carrier.silent_dns", {})], [slow, good], DNS)
    cause = "dns.unreachable" if kind == "silent" else "dns.refusing"
    action = ("dns.mode", {"server": "gateway", "mode": kind})
    return Fault(f"dns_{kind}", cause, [action], [{**at, "is": kind}, good], DNS)


def dns_settings(rng: Random, home: Home) -> Fault:
    """The configured DNS servers are none, nonsense, unowned, partly dead or all dead."""
    unowned = home.gateway.rsplit(".", 1)[0] + ".222"
    kinds: dict[str, tuple[str, list[str]]] = {
        "none": ("dns.none_configured", []),
        "zero": ("dns.invalid_server", ["0.0.0.0"]),
        "unowned": ("dns.invalid_server", [unowned]),
        "one_dead": ("dns.one_dead", [home.gateway, "203.0.113.53"]),
        "two_dead": ("dns.unreachable", ["203.0.113.53", "203.0.113.54"]),
        "vpn_left": ("vpn.dns_dead", ["10.8.0.1"]),
    }
    kind = rng.choice(sorted(kinds))
    cause, servers = kinds[kind]
    if kind == "one_dead":
        rng.shuffle(servers)
    proof: list[dict[str, Any]] = [{"dns": ACCOUNT, "at": "8.8.8.8", "is": [ADDRESS[ACCOUNT]]}]
    held = "".join(f"nameserver {server}\n" for server in servers) or "nameserver"
    proof.append({"file": "/etc/resolv.conf", "holds": held, "is": bool(servers)})
    fault = Fault(f"dns_{kind}", cause, [("client.resolvers", {"servers": servers})], proof, DNS)
    if kind != "vpn_left":
        return fault
    why = "Nothing tells the DNS server of a VPN that is off from a silent one of the provider."
    return replace(fault, truth={"accept": ["dns.unreachable"]}, why=why)


def dns_port(rng: Random, home: Home) -> Fault | None:
    """Port 53 is dropped beyond the home, and operators are configured."""
    if not home.public or home.gateway in home.servers:
        return None
    proof = [
        {"dns": ACCOUNT, "at": home.servers[0], "is": "silent"},
        {"tls": "one.one.one.one", "at": "1.1.1.1", "is": "ok"},
    ]
    truth = {"notes_allowed": ["note.outside_dns_blocked"]}
    return Fault("dns_port", "dns.port_blocked", [("carrier.block", {"what": "dns"})], proof, DNS, truth)


def dns_answer(rng: Random, home: Home) -> Fault | None:
    """The own server denies the name, sends it elsewhere or rewrites names that do not exist."""
    if not home.only_gateway:
        return None
    host, target = _service(rng)
    kind = rng.choice(["nxdomain", "nodata", "zero", "foreign", "private", "rewritten"])
    good = {"dns": host, "at": "8.8.8.8", "is": [ADDRESS[host]]}
    if kind == "rewritten":
        given: dict[str, Any] = {"server": rng.choice(["carrier", "gateway"]), "addresses": ["198.51.100.80"]}
        at = {"dns": "no-such-name-3f9a.example.com", "at": home.gateway, "is": ["198.51.100.80"]}
        return Fault(
            "rewritten", "dns.nxdomain_rewritten", [("dns.wildcard", given)], [at, good], DNS, {}, target
        )
    answers: dict[str, Any] = {
        "nxdomain": "nxdomain",
        "nodata": "nodata",
        "zero": ["0.0.0.0"],
        "foreign": ["198.51.100.80"],
        "private": [home.gateway],
    }
    cause = "dns.wrong_answer" if kind in ("foreign", "private") else "dns.name_blocked"
    given = {"server": "gateway", "name": host, "answer": answers[kind]}
    at = {"dns": host, "at": home.gateway, "is": answers[kind]}
    return Fault(f"name_{kind}", cause, [("dns.name", given)], [at, good], DNS, {}, target)


def name_elsewhere(rng: Random, home: Home) -> Fault:
    """The hosts file holds the name, or the name was mistyped."""
    if rng.random() < 0.5:
        typo = rng.choice(["acount.t-mobile.com", "account.t-mobil.com", "my.t-mobile.example"])
        proof: list[dict[str, Any]] = [{"dns": typo, "at": "8.8.8.8", "is": "nxdomain"}]
        return Fault("mistyped", "dns.name_missing", [], proof, DNS, {}, typo)
    host, target = _service(rng)
    line = f"{rng.choice(['127.0.0.1', '0.0.0.0', '203.0.113.66'])} {host}"
    proof = [{"file": "/etc/hosts", "holds": line, "is": True}]
    hosts: Action = ("client.hosts", {"lines": [line]})
    return Fault("hosts", "dns.hosts_override", [hosts], proof, DNS, {}, target)


def certificate(rng: Random, home: Home) -> Fault:
    """The service's certificate is wrong in one way, or everybody's is intercepted."""
    host, target = _service(rng)
    causes = {
        "expired": "tls.expired",
        "not_yet_valid": "tls.not_yet_valid",
        "wrong_host": "tls.wrong_host",
        "self_signed": "tls.untrusted",
        "untrusted": "tls.untrusted",
        "incomplete": "tls.untrusted",
        "intercepted": "tls.intercepted",
    }
    kind = rng.choice(sorted(causes))
    seen = causes[kind].removeprefix("tls.").replace("intercepted", "untrusted")
    proof: list[dict[str, Any]] = [{"tls": host, "patience": 4, "is": seen}]
    action: Action = ("service.certificate", {"host": host, "profile": kind})
    if kind == "intercepted":
        action = ("carrier.intercepted", {})
    notes = {"notes_allowed": [HTTPS_NOTE]} if kind == "intercepted" else {}
    clashes = frozenset({"encrypted_dns_blocked", "operator_down"}) if kind == "intercepted" else frozenset()
    return Fault(f"certificate_{kind}", causes[kind], [action], proof, clashes, notes, target)


def clock(rng: Random, home: Home) -> Fault:
    """The computer's clock is 30 to 900 days behind, or 60 to 900 ahead."""
    days = rng.choice([1, -1]) * rng.randint(120, 900)
    proof = [{"tls": ACCOUNT, "patience": 4, "is": "not_yet_valid" if days > 0 else "expired"}]
    truth = {"notes_allowed": [HTTPS_NOTE]}
    clashes = frozenset({"time_server_wrong", "encrypted_dns_blocked"})
    action: Action = ("world.clock", {"ahead": days * 86400})
    return Fault("clock", "clock.wrong", [action], proof, clashes, truth)


def service_port(rng: Random, home: Home) -> Fault:
    """The service refuses, is silent, hangs, resets, closes, or ends the handshake."""
    host, target = _service(rng)
    causes = {
        "refused": ("service.refused", "refused"),
        "silent": ("service.unreachable", "silent"),
        "hung": ("service.unreachable", "silent"),
        "reset": ("service.reset", "reset"),
        "close": ("service.reset", ["closed", "reset", "handshake"]),
        "alert": ("tls.handshake", "handshake"),
    }
    how = rng.choice(sorted(causes))
    cause, seen = causes[how]
    proof: list[dict[str, Any]] = [{"tls": host, "patience": 3, "is": seen}]
    action: Action = ("service.tcp", {"host": host, "how": how})
    return Fault(f"service_{how}", cause, [action], proof, frozenset(), {}, target)


def service_status(rng: Random, home: Home) -> Fault:
    """The service answers with an error, or leads in circles."""
    host, target = _service(rng)
    causes = {
        403: "service.forbidden",
        429: "service.rate_limited",
        431: "service.cookie_overflow",
        451: "service.forbidden",
        500: "service.error",
        502: "service.error",
        503: "service.error",
        504: "service.error",
        302: "service.redirect_loop",
    }
    status = rng.choice(sorted(causes))
    action: Action = ("service.status", {"host": host, "status": status})
    proof: list[dict[str, Any]] = [{"http": f"https://{host}/", "patience": 4, "is": status}]
    if status == 302:
        action = ("service.page", {"host": host, "https": "loop"})
        proof = [{"http": f"https://{host}{path}", "patience": 4, "is": 302} for path in ("/", "/a", "/b")]
    return Fault(f"service_{status}", causes[status], [action], proof, frozenset(), {}, target)


def service_part(rng: Random, home: Home) -> Fault:
    """Another host of the sign-in chain is down."""
    host = rng.choice(sorted(PARTS))
    how = rng.choice(["refused", "silent", "reset", "expired"])
    action: Action = ("service.tcp", {"host": host, "how": how})
    if how == "expired":
        action = ("service.certificate", {"host": host, "profile": "expired"})
    proof: list[dict[str, Any]] = [{"tls": host, "patience": 3, "is": how}]
    return Fault(f"part_{how}", "service.part_down", [action], proof)


def sni(rng: Random, home: Home) -> Fault:
    """A filter ends connections that ask for the service's name."""
    host, target = _service(rng)
    how = rng.choice(["reset", "silent", "close"])
    proof = [
        {"tls": host, "patience": 3, "is": ["closed", "reset"] if how == "close" else how},
        {"tls": "example.com", "at": ADDRESS[host], "patience": 3, "is": "wrong_host"},
    ]
    action: Action = ("carrier.sni_filter", {"host": host, "how": how})
    return Fault(f"sni_{how}", "filter.sni", [action], proof, frozenset({"cdn"}), {}, target)


def proxy(rng: Random, home: Home) -> Fault:
    """A configured proxy is dead, silent, fails, or asks for a login."""
    causes = {
        "dead": "proxy.unreachable",
        "silent": "proxy.unreachable",
        "failing": "proxy.failing",
        "late": "proxy.failing",
        "login": "proxy.auth_required",
    }
    mode = rng.choice(sorted(causes))
    variables = rng.choice([["HTTPS_PROXY"], ["https_proxy"], ["HTTP_PROXY", "HTTPS_PROXY"]])
    port = {"dead": "refused"}.get(mode, "open")
    proof = [
        {"environment": variables[0], "is": f"http://{home.gateway}:3128"},
        {"tcp": f"{home.gateway}:3128", "is": port},
    ]
    truth = {"notes_allowed": ["note.proxy_in_use"]}
    action: Action = ("gateway.proxy", {"mode": mode, "variables": variables})
    clashes = frozenset({"gateway_closed", "second_uplink"})
    return Fault(f"proxy_{mode}", causes[mode], [action], proof, clashes, truth)


def tunnel(rng: Random, home: Home) -> Fault | None:
    """A VPN whose far end is dead, or whose DNS server is."""
    if not home.only_gateway:
        return None
    clashes = frozenset({"everything"})
    notes = {"notes_allowed": ["note.vpn_active", "note.no_ipv6"]}
    if rng.random() < 0.5:
        proof: list[dict[str, Any]] = [
            {"route": "1.1.1.1", "is": "tun0"},
            {"tcp": "1.1.1.1:443", "is": "silent"},
        ]
        action: Action = ("client.tunnel", {"works": False})
        return Fault("vpn_dead", "vpn.dead", [action], proof, clashes, notes, None, ("tun",))
    proof = [
        {"route": "10.8.0.53", "is": "tun0"},
        {"dns": ACCOUNT, "at": "10.8.0.53", "is": ["silent", "unreachable"]},
    ]
    action = ("client.tunnel", {"works": True, "resolver": "10.8.0.53"})
    return Fault("vpn_dns", "vpn.dns_dead", [action], proof, clashes, notes, None, ("tun",))


NAMES = (dns_server, dns_server, dns_settings, dns_port, dns_answer, dns_answer, name_elsewhere)
SERVICE = (certificate, clock, service_port, service_port, service_status, service_part, sni, proxy, tunnel)
MENU = (*NEAR, *ON_THE_WAY, *NAMES, *SERVICE)
