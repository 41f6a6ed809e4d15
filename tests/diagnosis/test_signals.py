"""Each signal separates what outcomes alone do not; missing data gives the neutral outcome."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.batteries import GATEWAY, HOST, SITE, battery, connects, server
from tshoot.diagnosis.signals import SIGNALS


def signal(name: str, host: str = HOST, **changes: Any) -> str:
    outcome = SIGNALS[name].compute(battery(**changes), host)
    assert outcome in SIGNALS[name].outcomes
    return outcome


@pytest.mark.parametrize("name", SIGNALS)
def test_no_evidence_gives_the_neutral_outcome(name: str) -> None:
    assert SIGNALS[name].compute({}, HOST) == SIGNALS[name].neutral
    assert set(SIGNALS[name].good) <= set(SIGNALS[name].outcomes)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "reached"),
        ({"http": "client_error"}, "reached"),
        ({"http": "skipped"}, "reached"),
        ({"http": None, "tls": "expired"}, "not_reached"),
        ({"http": None, "tls": None, "tcp": "timeout"}, "not_reached"),
        ({"http": None, "tls": None}, "unknown"),
        ({"http": None, "tls": None, "tcp": "skipped", "dns_system": "failed"}, "not_reached"),
        ({"http": "server_error"}, "not_reached"),
        ({"http": "hop_down"}, "partly"),
        ({"dns_system": "timeout"}, "by_address"),
        ({"dns_system": "not_applicable"}, "reached"),
        ({"dns_system": "failed", "proxy": ("ok", {"answer": "ok"})}, "reached"),
        ({"dns_system": "failed", "http": "skipped", "proxy": "pac_not_evaluated"}, "reached"),
        ({"dns_system": "failed", "proxy": "pac_unreachable"}, "by_address"),
        (
            {"tcp": "timeout", "tls": "skipped", "http": "skipped", "proxy": ("ok", {"answer": "ok"})},
            "reached",
        ),
        ({"proxy": ("ok", {"answer": "server_error"})}, "not_reached"),
        ({"proxy": ("ok", {"answer": ""}), "http": "skipped", "tls": "expired"}, "not_reached"),
        ({"proxy": "unreachable"}, "not_reached"),
        ({"proxy": "auth_required"}, "not_reached"),
        ({"proxy": "bypassed"}, "reached"),
    ],
)
def test_target(changes: dict[str, Any], outcome: str) -> None:
    assert signal("target", **changes) == outcome


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "yes"),
        ({"gateway": "silent", "gateway_radio": "skipped"}, "neighbour_only"),
        ({"gateway": ("silent", {"gateway": GATEWAY}), "gateway_radio": "skipped"}, "yes"),
        ({"gateway": "silent", "gateway_radio": "no_service", "dns_servers": "timeout"}, "yes"),
        ({"gateway": "dead", "gateway_radio": "skipped", "dns_servers": "timeout"}, "no"),
        ({"gateway": "not_applicable", "gateway_radio": "not_applicable", "route": "ok"}, "no_gateway"),
        ({"gateway": "not_applicable", "gateway_radio": "not_applicable", "route": "tunnel"}, "unknown"),
        ({"gateway": "timeout", "gateway_radio": "skipped", "dns_servers": "timeout"}, "unknown"),
    ],
)
def test_gateway_alive(changes: dict[str, Any], outcome: str) -> None:
    if outcome == "neighbour_only":
        changes = {**changes, "dns_servers": ("ok", {"servers": [server("192.0.2.53")]})}
    assert signal("gateway_alive", **changes) == outcome


@pytest.mark.parametrize(
    ("tls", "clock", "others", "outcome"),
    [
        ("expired", ("ok", {"offset_seconds": 1.0}), "ok", "clock_right"),
        ("expired", ("wrong", {"offset_seconds": 9e6}), "ok", "clock_explains"),
        ("expired", ("wrong", {"offset_seconds": -9e6}), "ok", "clock_right"),
        ("not_yet_valid", ("wrong", {"offset_seconds": -9e6}), "ok", "clock_explains"),
        ("expired", ("wrong", {}), "expired", "clock_explains"),
        ("expired", ("wrong", {}), "ok", "unknown"),
        ("expired", "unclear", "expired", "unknown"),
        ("untrusted", ("wrong", {"offset_seconds": 9e6}), "ok", "unknown"),
    ],
)
def test_dates(tls: str, clock: Any, others: str, outcome: str) -> None:
    assert signal("dates", tls=tls, clock=clock, tls_others=others) == outcome


@pytest.mark.parametrize(
    ("not_after", "outcome"),
    [("2026-11-20T22:00:01+00:00", "clock_explains"), ("2026-11-20T21:59:59+00:00", "clock_right")],
)
def test_the_certificate_is_judged_by_network_time(not_after: str, outcome: str) -> None:
    facts = {"certificate": {"not_before": "2026-01-01T00:00:00+00:00", "not_after": not_after}}
    clock = ("wrong", {"offset_seconds": 900.0, "network_time": "2026-11-20T22:00:00+00:00"})
    assert signal("dates", tls=("expired", facts), clock=clock) == outcome


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ("ok", "only_here"),
        (("untrusted", {"operators": [{"issuer_id": "a"}, {"issuer_id": "b"}]}), "same_elsewhere"),
        (("untrusted", {"operators": [{"issuer_id": "b"}]}), "different_elsewhere"),
        (("untrusted", {}), "untrusted_elsewhere"),
        ("failed", "unknown"),
    ],
)
def test_issuer(others: Any, outcome: str) -> None:
    tls = ("untrusted", {"certificate": {"issuer": "Box", "issuer_id": "a"}})
    assert signal("issuer", tls=tls, tls_others=others) == outcome


@pytest.mark.parametrize(
    ("name", "tls", "elsewhere", "outcome"),
    [
        ("differs", "ok", "ok", "validated"),
        ("differs", "wrong_host", "ok", "disproved"),
        ("differs", "wrong_host", "not_applicable", "unproved"),
        ("differs", "wrong_host", "wrong_host", "unproved"),
        ("differs", "expired", "ok", "unproved"),
        ("bogus", "wrong_host", "not_applicable", "disproved"),
        ("bogus", "wrong_host", "timeout", "unproved"),
        ("agree", "wrong_host", "ok", "unproved"),
    ],
)
def test_own_answer(name: str, tls: str, elsewhere: str, outcome: str) -> None:
    assert signal("own_answer", dns_name=name, tls=tls, tls_public=elsewhere) == outcome


@pytest.mark.parametrize(
    ("addresses", "v4", "v6", "outcome"),
    [
        (["2001:db8::1"], "ok", "dead", "broken"),
        (["2001:db8::1"], "ok", "lossy", "works"),
        ([SITE, "2001:db8::1"], "ok", "dead", "works"),
        ([SITE], "timeout", "ok", "unknown"),
        ([], "ok", "ok", "unknown"),
    ],
)
def test_family_path(addresses: list[str], v4: str, v6: str, outcome: str) -> None:
    nobody = {"dns_public": "ok", "dns_encrypted": "ok"}
    found = signal(
        "family_path", dns_system=("ok", {"addresses": addresses}), internet_v4=v4, internet_v6=v6, **nobody
    )
    assert found == outcome


def test_family_path_of_an_address() -> None:
    nobody = {"dns_system": "not_applicable", "dns_public": "ok", "dns_encrypted": "ok"}
    assert signal("family_path", "2001:db8::1", internet_v6="dead", **nobody) == "broken"


@pytest.mark.parametrize(
    ("tried", "outcome"),
    [
        ([], "untried"),
        (connects("ok", SITE), "all_answer"),
        (connects("timeout", SITE, "2001:db8::1"), "none_answers"),
        (connects("ok", SITE) + connects("timeout", "2001:db8::1"), "v6_fails"),
        (connects("timeout", SITE) + connects("ok", "2001:db8::1"), "v4_fails"),
        (connects("timeout", SITE) + connects("ok", "192.0.2.9"), "all_answer"),
    ],
)
def test_target_families(tried: list[dict[str, Any]], outcome: str) -> None:
    assert signal("target_families", tcp=("ok", {"connects": tried})) == outcome


def test_an_override_is_harmful_only_where_it_is_to_blame() -> None:
    def overridden(address: str, **changes: Any) -> str:
        file = ("overrides", {"overrides": [{"name": HOST, "address": address, "line": 1}]})
        return signal("override", hosts_file=file, **changes)

    missed: dict[str, Any] = {"tcp": "timeout", "tls": "skipped", "http": "skipped"}
    alone: dict[str, Any] = {"dns_public": "timeout", "dns_encrypted": "timeout"}
    assert overridden("10.1.1.1") == "harmless"
    assert overridden("10.1.1.1", **missed) == "harmful"
    assert overridden(SITE, **missed) == "harmless"
    assert overridden("10.1.1.1", **missed, **alone) == "harmful"
    assert overridden("93.184.216.99", **missed, **alone) == "unknown"
    assert signal("override", hosts_file="overrides", **missed, tls_public="ok") == "harmful"
    assert signal("override", hosts_file="overrides", **missed) == "unknown"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "unknown"),
        ({"proxy": "ok"}, "unknown"),
        ({"proxy": "unreachable"}, "proxy"),
        ({"proxy": ("unreachable", {"stage": "name"})}, "proxy"),
        ({"proxy": ("unreachable", {"stage": "name"}), "dns_servers": "unreachable"}, "names"),
        ({"proxy": ("unreachable", {"stage": "tcp"}), "dns_servers": "unreachable"}, "proxy"),
        ({"proxy": "failing"}, "proxy"),
        ({"proxy": "failing", "tcp": "refused"}, "service"),
        ({"proxy": "failing", "tcp": "timeout", "internet": "web_blocked"}, "proxy"),
        ({"proxy": "failing", "tcp": "timeout", "tls_others": "failed"}, "proxy"),
        ({"proxy": "auth_required"}, "proxy"),
    ],
)
def test_proxy_blame(changes: dict[str, Any], outcome: str) -> None:
    assert signal("proxy_blame", **changes) == outcome


@pytest.mark.parametrize(
    ("places", "outcome"),
    [
        ({"10.8.0.53": "tunnel"}, "tunnel"),
        ({"10.8.0.53": "tunnel", "fd00::53": "no_route"}, "tunnel"),
        ({"10.8.0.53": "tunnel", GATEWAY: "own"}, "unknown"),
        ({"10.8.0.53": "no_route"}, "left_behind"),
        # Providers give inside addresses to their own servers: a silent one is not a VPN's for that.
        ({"10.177.0.34": "beyond"}, "unknown"),
        ({"2001:4860:4860::8888": "no_route"}, "unknown"),
        ({"9.9.9.9": "beyond"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_dns_place(places: dict[str, str], outcome: str) -> None:
    servers = [server(address, "silent") for address in places]
    vpn = ("active", {"resolvers": [{"address": ip, "place": place} for ip, place in places.items()]})
    assert signal("dns_place", dns_servers=("unreachable", {"servers": servers}), vpn=vpn) == outcome
    assert signal("dns_place", dns_servers=("unreachable", {"servers": servers}), vpn="none") == "unknown"


def test_icmp() -> None:
    blocked = ("ok", {"method": "tcp", "ping": "silent"})
    assert signal("icmp") == "passes"
    assert signal("icmp", internet_v4=blocked, internet_v6="not_applicable") == "blocked"
    assert signal("icmp", internet_v4=("ok", {"method": "tcp"}), internet_v6="ok") == "unknown"
    assert signal("icmp", internet_v4=("dead", {"ping": "silent"}), internet_v6="dead") == "unknown"


@pytest.mark.parametrize(
    ("state", "reason", "internet", "outcome"),
    [
        # Of two answers to a look-up one got lost, and this computer has no way to the other address.
        ("unreachable", "ENETUNREACH", "lossy", "unclear"),
        ("timeout", "", "lossy", "unclear"),
        ("unreachable", "EHOSTUNREACH", "lossy", "fails"),
        ("unreachable", "ENETUNREACH", "ok", "fails"),
    ],
)
def test_a_part_of_the_sign_in_on_a_line_that_loses(state, reason, internet, outcome):
    host = {"host": "part.example", "stage": "tcp", "state": state, "reason": reason}
    assert signal("chain", sign_in_chain=("part_down", {"hosts": [host]}), internet=internet) == outcome
