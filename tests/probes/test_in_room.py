"""The probes below the name level against a real system: its routes, packet filters and listening ports."""

from __future__ import annotations

import pytest

from tests.probes.room import probe_in_room

pytestmark = pytest.mark.lab

WITHOUT_RAW = "setpriv --bounding-set=-net_raw --inh-caps=-net_raw"
ALL = "serve 443 80 53"
BEYOND = "ip daddr != 192.168.12.1"
HEALTHY_MS = 900
"""The loss window takes half a second; the rest is room for a busy machine."""


def outcomes(*probes: str, setup: str = "", user: str = "") -> tuple[str, ...]:
    results = probe_in_room(*probes, setup=setup, user=user)
    return tuple(results[name]["outcome"] for name in probes)


def test_a_healthy_network_is_ok_within_its_loss_window():
    probes = ("address", "route", "gateway", "internet_v4", "internet_v6", "internet", "paths")
    results = probe_in_room(*probes, setup=f"v6; {ALL}")
    assert [results[name]["outcome"] for name in probes] == ["ok"] * 6 + ["not_applicable"]
    assert max(result["ms"] for result in results.values()) < HEALTHY_MS
    window = results["gateway"]["data"]["windows"][0]
    assert (window["sent"], window["lost"], window["method"]) == (20, 0, "icmp raw")
    assert results["gateway"]["contacted"] == ["192.168.12.1"]
    assert set(results["internet_v4"]["contacted"]) == {"192.0.2.1", "198.51.100.1", "203.0.113.1"}


def test_an_unprivileged_user_pings_by_datagram_socket():
    setup = f"sysctl -q -w net.ipv4.ping_group_range='0 0'; v6; {ALL}"
    results = probe_in_room("gateway", "internet_v4", "internet_v6", setup=setup, user=WITHOUT_RAW)
    assert {result["outcome"] for result in results.values()} == {"ok"}
    assert {result["data"]["method"] for result in results.values()} == {"icmp datagram"}


def test_without_any_ping_tcp_measures():
    results = probe_in_room("gateway", "internet_v4", setup=ALL, user=WITHOUT_RAW)
    assert {result["outcome"] for result in results.values()} == {"ok"}
    assert {result["data"]["method"] for result in results.values()} == {"tcp"}
    assert "TCP connects" in results["gateway"]["detail"]
    assert results["internet_v4"]["detail"].endswith("this user may not ping, so TCP tells")


def test_a_network_that_drops_ping_is_measured_by_tcp():
    results = probe_in_room("gateway", "internet_v4", setup=f"drop meta l4proto icmp; {ALL}")
    assert [(each["outcome"], each["data"]["method"]) for each in results.values()] == [("ok", "tcp")] * 2
    assert max(result["ms"] for result in results.values()) < HEALTHY_MS + 200


def test_a_gateway_of_ipv6_only_is_asked_with_its_zone():
    link_local = "fe80::12:1"
    setup = f"""
        peer ip addr add {link_local}/64 dev lan0 nodad
        ip addr flush dev eth0; ip addr add 2001:db8:12::50/64 dev eth0 nodad
        ip addr add fe80::50/64 dev eth0 nodad
        ip -6 route add default via {link_local} dev eth0
        {ALL}
    """
    results = probe_in_room("gateway", "internet_v4", "internet_v6", setup=setup)
    assert results["gateway"]["outcome"] == "ok"
    assert results["gateway"]["data"]["gateway"] == f"{link_local}%eth0"
    assert results["internet_v4"]["outcome"] == "not_applicable"
    assert results["internet_v6"]["outcome"] == "ok"


def test_no_default_route_is_told_at_once():
    results = probe_in_room("internet_v4", "internet_v6", "gateway", "route", setup="ip route del default")
    assert [result["outcome"] for result in results.values()] == [
        "none",
        "not_applicable",
        "no_route",
        "not_applicable",
    ]
    assert max(result["ms"] for result in results.values()) < 100


def test_a_self_assigned_address_is_no_internet_address():
    setup = "ip addr flush dev eth0; ip addr add 169.254.3.4/16 dev eth0"
    assert outcomes("address", "internet_v4", setup=setup) == ("self_assigned", "not_applicable")


def test_a_prohibit_route_is_a_local_block():
    assert outcomes("internet_v4", setup="ip route replace prohibit default") == ("blocked_locally",)


@pytest.mark.parametrize("verdict", ["drop", "reject", "reject with tcp reset"])
def test_a_local_firewall_is_told_from_a_dead_network(verdict):
    # A reset can only be sent for TCP; everything else is dropped.
    rules = f"out meta l4proto tcp {verdict}; nft add rule inet o out meta oifname eth0 drop"
    results = probe_in_room("internet_v4", "gateway", setup=f"{rules}; {ALL}")
    assert results["internet_v4"]["outcome"] == "blocked_locally"
    assert results["gateway"]["outcome"] == "skipped"
    assert max(result["ms"] for result in results.values()) < HEALTHY_MS


@pytest.mark.parametrize("ping", ["true", "sysctl -q -w net.ipv4.ping_group_range='0 0'"])
def test_an_unprivileged_user_sees_the_local_firewall_in_both_families(ping):
    setup = f"{ping}; v6; out meta oifname eth0 drop; {ALL}"
    results = probe_in_room("internet_v4", "internet_v6", "gateway", setup=setup, user=WITHOUT_RAW)
    assert [result["outcome"] for result in results.values()] == ["skipped", *["blocked_locally"] * 2]


def test_a_firewall_against_ping_alone_blocks_nothing():
    results = probe_in_room("internet_v4", "gateway", setup=f"out meta l4proto icmp drop; {ALL}")
    assert {result["outcome"] for result in results.values()} == {"ok"}


def test_a_gateway_nobody_has_is_dead():
    setup = "peer ip addr del 192.168.12.1/24 dev lan0"
    results = probe_in_room("gateway", "internet_v4", setup=setup)
    assert results["gateway"]["outcome"] == "dead"
    assert results["internet_v4"]["outcome"] == "dead"
    assert results["gateway"]["ms"] < 2300
    assert results["internet_v4"]["ms"] < 2700


def test_a_gateway_that_only_forwards_is_silent():
    setup = f"drop ip daddr 192.168.12.1; {ALL}"
    assert outcomes("gateway", "internet_v4", setup=setup) == ("silent", "ok")


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        (f"drop {BEYOND}; {ALL}", "dead"),
        (f"drop {BEYOND} meta l4proto icmp; drop {BEYOND} tcp dport 1-1023; serve 80", "dead"),
        (f"drop {BEYOND} meta l4proto icmp; serve 9", "dead"),
        (f"drop {BEYOND} tcp dport 443; {ALL}", "https_blocked"),
        ("serve 80 53", "https_blocked"),
        (f"drop {BEYOND} tcp dport '{{80, 443}}'; {ALL}", "web_blocked"),
        (f"drop {BEYOND} meta l4proto icmp; serve 53", "web_blocked"),
        ("serve 9", "web_blocked"),
    ],
)
def test_what_is_left_behind_a_live_gateway(setup, expected):
    assert outcomes("gateway", "internet_v4", setup=setup) == ("ok", expected)


def test_one_dead_operator_is_no_dead_internet():
    setup = f"drop ip daddr '{{192.0.2.1, 192.0.2.2, 198.51.100.1, 198.51.100.2}}'; {ALL}"
    assert outcomes("internet_v4", setup=setup) == ("ok",)


def test_dead_ipv6_is_seen_apart():
    setup = f"v6; drop meta nfproto ipv6 ip6 daddr 2001:db8:a::/46; drop ip6 daddr 2001:db8:c::/64; {ALL}"
    assert outcomes("internet_v4", "internet_v6", "internet", setup=setup) == ("ok", "dead", "ok")


def test_a_unique_local_address_that_leads_nowhere_is_no_fault():
    setup = f"""
        ip -6 addr add fd00:12::50/64 dev eth0 nodad; peer ip addr add fd00:12::1/64 dev lan0 nodad
        ip -6 route add default via fd00:12::1; drop ip6 daddr 2001:db8::/32; {ALL}
    """
    assert outcomes("internet_v6", setup=setup) == ("not_applicable",)


@pytest.mark.parametrize("loss", [35, 60])
def test_heavy_loss_is_lossy_and_never_dead(loss):
    setup = f"drop numgen random mod 100 '<' {loss}; {ALL}"
    assert outcomes("gateway", "internet_v4", setup=setup) == ("lossy", "lossy")


def test_loss_is_seen_by_tcp_alone():
    setup = f"drop meta l4proto icmp; drop numgen random mod 100 '<' 40; {ALL}"
    assert outcomes("internet_v4", setup=setup) == ("lossy",)


def test_one_lost_packet_is_no_loss():
    once = "meta l4proto icmp numgen inc mod 1000 == 8"
    setup = f"drop ip daddr 192.168.12.1 {once}; drop ip daddr 192.0.2.1 {once}; {ALL}"
    results = probe_in_room("gateway", "internet_v4", setup=setup)
    assert [result["outcome"] for result in results.values()] == ["ok", "ok"]
    assert [result["data"]["windows"][0]["lost"] for result in results.values()] == [1, 1]


def test_one_burst_is_no_loss():
    setup = f"drop ip daddr 192.168.12.1 meta l4proto icmp numgen inc mod 1000 '<' 4; {ALL}"
    results = probe_in_room("gateway", setup=setup)
    assert results["gateway"]["outcome"] == "ok"
    assert results["gateway"]["data"]["windows"][0]["sent"] == 40


def test_an_operator_that_rations_ping_is_outvoted():
    setup = f"drop ip daddr 192.0.2.1 meta l4proto icmp numgen inc mod 2 == 0; {ALL}"
    assert outcomes("internet_v4", setup=setup) == ("ok",)


def test_ping_rationed_everywhere_is_contradicted_by_tcp():
    setup = f"drop meta l4proto icmp numgen inc mod 2 == 0; {ALL}"
    assert outcomes("gateway", "internet_v4", setup=setup) == ("ok", "ok")


SECOND_WAY = """
ip link add eth1 type veth peer name lan1 netns $PEER
peer ip addr add 192.168.77.1/24 dev lan1; peer ip link set lan1 up
ip addr add 192.168.77.50/24 dev eth1; ip link set eth1 up
ip route add default via 192.168.77.1 metric 600
"""


@pytest.mark.parametrize(
    ("rule", "expected", "passing"),
    [
        ("true", "ok", [True, True]),
        ("drop iifname lan0 ip daddr != 192.168.12.1", "preferred_dead", [False, True]),
        ("drop iifname lan1 ip daddr != 192.168.77.1", "ok", [True, None]),
        ("drop ip daddr != 192.168.12.1", "all_dead", [False, False]),
    ],
)
def test_every_way_out_is_tried_by_itself(rule, expected, passing):
    results = probe_in_room("paths", setup=f"{SECOND_WAY}\n{rule}\n{ALL}")
    assert results["paths"]["outcome"] == expected
    assert [way["passes"] for way in results["paths"]["data"]["ways"]] == passing
    assert [way["adapter"] for way in results["paths"]["data"]["ways"]] == ["eth0", "eth1"]


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("tmi:8080", "registered"),
        ("tmi:80", "registered"),
        ("nokia:80", "registered"),
        ("router:80", "not_recognised"),
        ("router:80 hung:8080", "not_recognised"),
        ("hung:80", "timeout"),
        ("9", "not_recognised"),
    ],
)
def test_the_gateways_own_word(server, expected):
    results = probe_in_room("gateway_radio", setup=f"serve {server}")
    assert results["gateway_radio"]["outcome"] == expected
    assert results["gateway_radio"]["contacted"] == ["192.168.12.1"]


def test_a_router_without_the_second_port_is_told_soon():
    results = probe_in_room("gateway_radio", setup="drop tcp dport 8080; serve router:80")
    assert results["gateway_radio"]["outcome"] == "not_recognised"
    assert results["gateway_radio"]["ms"] < 1000
