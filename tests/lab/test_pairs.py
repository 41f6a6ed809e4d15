"""What must not be swapped (causes.md, confusable pairs) has scenarios both ways, and their truths differ."""

import pytest

from tests.lab.scenario import load_all

SCENARIOS = load_all()
PAIRS = {
    "DNS down | something below it": (
        {"dns-unreachable": "dns.unreachable"},
        {
            "link-unplugged": "link.down",
            "gateway-gone": "gateway.unreachable",
            "wan-down-own-resolver": "wan.down",
        },
    ),
    "gateway dead | it only ignores ping": (
        {"gateway-gone": "gateway.unreachable"},
        {"gateway-silent": "none", "gateway-ignores-ping": "none"},
    ),
    "gateway dead | slow or mute, but there": (
        {"gateway-gone": "gateway.unreachable"},
        {"gateway-pages-slow": "none", "wan-silent-gateway-mute": "wan.down"},
    ),
    "WAN down | ICMP filtered": (
        {"wan-silent": "wan.down"},
        {"icmp-blocked": "none", "icmp-blocked-everywhere": "none"},
    ),
    "DNS lies | CDN or split DNS": (
        {"dns-lie-foreign": "dns.wrong_answer", "dns-lie-private": "dns.wrong_answer"},
        {"cdn-answers-differ": "none", "split-dns": "none"},
    ),
    "captive portal | one check address is down": (
        {"portal-redirect": "portal.captive"},
        {"portal-check-down": "none", "portal-check-altered": "none"},
    ),
    "captive portal | name filter": (
        {"portal-by-name": "portal.captive"},
        {"dns-name-zero": "dns.name_blocked", "filter-sni-close": "filter.sni"},
    ),
    "certificate expired | clock wrong": ({"tls-expired": "tls.expired"}, {"clock-ahead": "clock.wrong"}),
    "bad certificate | interception": (
        {"tls-unknown-issuer": "tls.untrusted"},
        {"tls-intercepted": "tls.intercepted"},
    ),
    "site down | 443 blocked": (
        {
            "service-silent": "service.unreachable",
            "metro-refused-operators-blocked": "service.refused",
        },
        {"filter-https": "filter.https", "filter-https-reset": "filter.https"},
    ),
    "hung server | MTU black hole": (
        {
            "service-hangs": "service.unreachable",
            "service-hangs-large-pings-dropped": "service.unreachable",
        },
        {"mtu-black-hole": "path.mtu_blackhole"},
    ),
    "narrow path that works | MTU black hole": (
        {"narrow-path": "none", "large-pings-dropped": "none"},
        {"mtu-black-hole-inbound": "path.mtu_blackhole"},
    ),
    "IPv6 broken | no global IPv6 at all": (
        {"ipv6-broken": "path.ipv6_broken"},
        {"healthy-local-ipv6": "none", "healthy-no-ipv6": "none"},
    ),
    "proxy dead | proxy-only network": (
        {"proxy-dead": "proxy.unreachable", "proxy-only-dead": "proxy.unreachable"},
        {"proxy-only-network": "none"},
    ),
    "VPN dead | VPN fine": ({"vpn-dead": "vpn.dead"}, {"vpn-works": "none", "vpn-split-works": "none"}),
    "one resolver dead | all dead": (
        {"dns-first-dead": "dns.one_dead"},
        {"dns-both-dead": "dns.unreachable"},
    ),
    "loss | a lost packet now and then": ({"wan-lossy": "wan.lossy"}, {"jittery-path": "none"}),
    "weak Wi-Fi | weak, but nothing gets lost": (
        {"wifi-weak": "link.weak_signal"},
        {"wifi-weak-but-fine": "none", "wifi-strong-but-lossy": "gateway.lossy"},
    ),
    "sign-in fails | service down": ({"healthy": "none"}, {"service-503": "service.error"}),
}
"""Each pair: the scenarios in which it is the first, and those in which it is the second."""


@pytest.mark.parametrize("pair", PAIRS)
def test_both_sides_of_a_pair_have_scenarios(pair: str) -> None:
    one, other = PAIRS[pair]
    for name, cause in (one | other).items():
        assert SCENARIOS[name].truth.cause == cause, name
    assert not set(one.values()) & set(other.values())
