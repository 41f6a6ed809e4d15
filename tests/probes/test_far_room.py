"""Path size and first hops where packets really get lost: namespaces with a router in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests.probes.room import probe_in_room

pytestmark = pytest.mark.lab

WITHOUT_RAW = "setpriv --bounding-set=-net_raw --inh-caps=-net_raw"
LARGE = "meta length '>' 1300"
HEALTHY_MS = 600
WORST_MS = 3000
FAR = """
    unshare -n sleep 120 & FAR=$!
    while [ "$(readlink /proc/$FAR/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
    far() { nsenter -t $FAR -n "$@"; }
    peer ip link add wan0 type veth peer name up0 netns $FAR
    peer ip addr add 100.64.10.2/30 dev wan0
    peer ip link set wan0 up
    far ip link set lo up
    far ip addr add 100.64.10.1/30 dev up0
    far ip link set up0 up
    far ip route add default via 100.64.10.2
    peer ip route add default via 100.64.10.1
    peer ip addr del 192.0.2.1/32 dev lo
    peer ip addr del 198.51.100.1/32 dev lo
""".rstrip()
"""A router beyond the gateway, for two of the operators' addresses."""
FAR_OPERATORS = "far ip addr add 192.0.2.1/32 dev lo; far ip addr add 198.51.100.1/32 dev lo"


def measured(probe: str, setup: str = "", user: str = "") -> dict[str, Any]:
    return probe_in_room(probe, setup=setup, user=user)[probe]


def sizes(result: dict[str, Any], family: int = 4) -> list[dict[str, Any]]:
    return next(each["sizes"] for each in result["data"]["families"] if each["family"] == family)


@pytest.mark.parametrize("user", ["", WITHOUT_RAW])
def test_full_size_passes(user: str) -> None:
    found = measured("path_mtu", "sysctl -q -w net.ipv4.ping_group_range='0 0'; v6", user)
    assert found["outcome"] == "ok"
    assert [each["mtu"] for each in found["data"]["families"]] == [1500, 1500]
    assert found["ms"] < HEALTHY_MS
    assert set(found["contacted"]) == {"192.0.2.1", "198.51.100.1", "2001:db8:a::1", "2001:db8:b::1"}


def test_a_narrow_path_that_says_so_works() -> None:
    found = measured("path_mtu", f"{FAR}; {FAR_OPERATORS}; peer ip link set wan0 mtu 1400")
    assert (found["outcome"], found["data"]["families"][0]["mtu"]) == ("narrow", 1400)
    assert all(each["told"] for each in sizes(found) if each["method"] == "ping")
    assert found["ms"] < HEALTHY_MS


def test_a_narrow_path_that_was_found_before_is_told_at_once() -> None:
    setup = f"{FAR}; {FAR_OPERATORS}; peer ip link set wan0 mtu 1400"
    warm = "ping -c1 -W1 -M do -s 1472 192.0.2.1 >/dev/null 2>&1 || true"
    assert measured("path_mtu", f"{setup}; {warm}")["outcome"] == "narrow"


@pytest.mark.parametrize("user", ["", WITHOUT_RAW])
def test_a_hole_towards_the_internet(user: str) -> None:
    setup = f"sysctl -q -w net.ipv4.ping_group_range='0 0'; serve 443; drop {LARGE}"
    found = measured("path_mtu", setup, user)
    assert found["outcome"] == "blackhole"
    assert {each["state"] for each in found["data"]["families"][0]["bulk"]} == {"up_stalled"}
    assert all(each["full_sent"] >= 2 for each in sizes(found))
    assert found["ms"] < WORST_MS


def test_a_hole_on_the_way_back() -> None:
    back = f"""
        peer nft add chain inet t back '{{ type filter hook output priority 0; }}'
        peer nft add rule inet t back {LARGE} drop
    """
    found = measured("path_mtu", f"serve 443; {back}")
    assert found["outcome"] == "blackhole"
    assert {each["state"] for each in found["data"]["families"][0]["bulk"]} == {"down_stalled"}


def test_a_hole_seen_without_any_ping() -> None:
    setup = f"serve 443; drop meta l4proto icmp; drop {LARGE}"
    found = measured("path_mtu", setup, WITHOUT_RAW)
    assert found["outcome"] == "blackhole"
    assert all(each["past_gap"] for each in found["data"]["families"][0]["bulk"])


def test_operators_that_hang_show_no_hole() -> None:
    found = measured("path_mtu", "serve 443")
    assert found["outcome"] == "ok"


def test_large_pings_filtered_and_nobody_to_connect_to_is_unclear() -> None:
    found = measured("path_mtu", f"drop meta l4proto icmp {LARGE}")
    assert found["outcome"] == "unclear"
    assert found["ms"] < WORST_MS


def test_loss_of_a_third_is_no_hole() -> None:
    lossy = "numgen random mod 100 '<' 33"
    outcomes = {measured("path_mtu", f"serve 443; drop {lossy}")["outcome"] for _ in range(3)}
    assert outcomes <= {"ok", "unclear"}


def test_a_dead_network_is_unclear_within_its_time() -> None:
    found = measured("path_mtu", "drop ip daddr != 192.168.12.1")
    assert found["outcome"] == "unclear"
    assert found["ms"] < WORST_MS


def test_no_route_is_not_applicable() -> None:
    assert measured("path_mtu", "ip route del default")["outcome"] == "not_applicable"


def test_hops_by_the_routers_own_addresses() -> None:
    beyond = """
        far sysctl -q -w net.ipv4.ip_forward=1
        far ip link add end type veth peer name tail
        far ip link set tail up
        far ip link set end up
        far ip route add 192.0.2.1 dev end
    """
    found = measured("nat", f"{FAR}\n{beyond}", WITHOUT_RAW)
    assert found["outcome"] == "cgnat"
    assert [hop["address"] for hop in found["data"]["hops"]] == ["192.168.12.1", "100.64.10.1", ""]
    assert found["ms"] < 700


def test_silent_routers_say_nothing() -> None:
    found = measured("nat", "drop meta l4proto udp")
    assert found["outcome"] == "unknown"
    assert found["ms"] < 700
