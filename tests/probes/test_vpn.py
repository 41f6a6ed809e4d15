"""The vpn probe: which tunnels count, where DNS servers lie, and real ways in a room with a real tunnel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.probes.hosts import adapter, context, default, host
from tests.probes.room import probe_in_room
from tshoot.host.model import AdapterKind, HostState, Resolver, Route
from tshoot.probes import vpn
from tshoot.probes.tunnels import carrying_tunnel, physical_ways, resolver_places, vpn_tunnels
from tshoot.probes.way_tries import Way

TUNNEL = AdapterKind.TUNNEL
CABLE = adapter("eth0", "192.168.12.50/24")
TUN = adapter("tun0", "10.8.0.2/24", kind=TUNNEL, carrier=None)
HALVES = (Route(4, "0.0.0.0/1", None, "tun0"), Route(4, "128.0.0.0/1", None, "tun0"))
FULL = host(CABLE, TUN, routes=(default(), *HALVES))
SPLIT = host(CABLE, TUN, routes=(default(), Route(4, "10.0.0.0/8", None, "tun0")))


def names(state: HostState) -> list[str]:
    return [each.name for each in vpn_tunnels(state)]


def test_a_tunnel_beside_a_cable_counts():
    assert names(FULL) == names(SPLIT) == ["tun0"]
    assert [each.name for each in physical_ways(FULL)] == ["eth0"]


@pytest.mark.parametrize(
    "tunnel",
    [
        adapter("utun0", "fe80::1/64", kind=TUNNEL),
        adapter("tun0", kind=TUNNEL),
        adapter("tun0", "10.8.0.2/24", kind=TUNNEL, up=False),
        adapter("wwan0", "10.64.0.2/32", kind=AdapterKind.CELLULAR, point_to_point=True),
    ],
)
def test_what_is_no_vpn(tunnel):
    assert names(host(CABLE, tunnel, routes=(default(),))) == []


def test_a_way_out_of_its_own_is_no_vpn():
    dial_up = adapter("ppp0", "203.0.113.7/32", kind=TUNNEL)
    alone = host(dial_up, adapter("eth0"), routes=(default(None, "ppp0"),))
    assert (names(alone), carrying_tunnel(alone)) == ([], None)


def test_a_tunnel_without_carrier_still_takes_the_traffic():
    assert carrying_tunnel(host(CABLE, replace(TUN, carrier=False), routes=(default(), *HALVES))) is not None


def test_which_tunnel_carries():
    carries = carrying_tunnel(FULL)
    assert carries is not None and carries.name == "tun0"
    assert carrying_tunnel(SPLIT) is None
    six = host(
        CABLE, adapter("he", "2001:db8::2/64", kind=TUNNEL), routes=(default(), default(None, "he", 6))
    )
    assert carrying_tunnel(six) is None


@pytest.mark.parametrize(
    ("state", "address", "place"),
    [
        (FULL, "10.8.0.1", "tunnel"),
        (FULL, "10.99.0.53", "tunnel"),
        (FULL, "100.100.100.100", "tunnel"),
        (FULL, "9.9.9.9", "beyond"),
        (FULL, "192.168.12.1", "own"),
        (FULL, "127.0.0.53", "own"),
        (FULL, "fd00::53", "no_route"),
        (FULL, "0.0.0.0:x", "unknown"),
        (SPLIT, "10.99.0.53", "tunnel"),
        (SPLIT, "10.8.0.53", "tunnel"),
        (SPLIT, "9.9.9.9", "beyond"),
        (host(CABLE, routes=(default(),)), "10.8.0.1", "beyond"),
        (host(CABLE), "10.8.0.1", "no_route"),
    ],
)
def test_where_a_dns_server_is(state, address, place):
    (found,) = resolver_places(replace(state, resolvers=(Resolver(address),)))
    assert found.place == place


def test_a_server_of_the_tunnels_adapter_is_the_tunnels():
    server = Resolver("9.9.9.9", adapter="tun0")
    assert resolver_places(replace(FULL, resolvers=(server, server)))[0].place == "tunnel"


def way(passes: bool | None) -> Way:
    return Way("x", "tunnel", True, passes)


@pytest.mark.parametrize(
    ("tunnel", "physical", "held", "shut", "outcome"),
    [
        (True, None, True, False, "active"),
        (False, True, True, False, "dead"),
        (False, False, True, False, "unclear"),
        (False, False, True, True, "kill_switch"),
        (False, True, False, False, "timeout"),
    ],
)
def test_judge(tunnel, physical, held, shut, outcome):
    assert vpn.judge((way(tunnel), way(physical)), held, shut) == outcome


async def test_without_a_tunnel_it_ends_at_once_and_waits_for_nobody():
    reading = await vpn.run(context(host(CABLE, routes=(default(),))))
    assert (reading.outcome, reading.contacted) == ("none", ())
    assert (await vpn.run(context(SPLIT))).outcome == "split"


ALL = "serve 443 80 53"


def tunnel(how: str = "works") -> str:
    """Shell that opens a tunnel to the gateway and goes on when it stands."""
    start = f"$PYTHON -m tests.probes.room_tunnel $PEER {how}"
    return f"F=$(mktemp -u); mkfifo $F; {start} > $F & read ready < $F; rm $F"


HALF_ROUTES = "ip route add 0.0.0.0/1 dev tun0; ip route add 128.0.0.0/1 dev tun0"
TUN_DEVICE = pytest.mark.skipif(not Path("/dev/net/tun").exists(), reason="needs /dev/net/tun")


@pytest.mark.lab
@TUN_DEVICE
@pytest.mark.parametrize(
    ("setup", "outcome"),
    [
        (tunnel(), "split"),
        (f"{tunnel()}; {HALF_ROUTES}", "active"),
        (f"{tunnel()}; {HALF_ROUTES}; out oifname eth0 drop", "active"),
        (f"{tunnel('dead')}; {HALF_ROUTES}", "dead"),
        (f"{tunnel()}; {HALF_ROUTES}; drop ip daddr '{{ 192.0.2.0/24, 198.51.100.0/24 }}'", "unclear"),
        (f"{tunnel('dead')}; {HALF_ROUTES}; out oifname eth0 drop", "kill_switch"),
        (f"{tunnel()}; out oifname eth0 drop", "kill_switch"),
    ],
)
def test_real_tunnels(setup, outcome):
    results = probe_in_room("vpn", setup=f"{setup}\n{ALL}")
    assert results["vpn"]["outcome"] == outcome, results["vpn"]


@pytest.mark.lab
@pytest.mark.parametrize(
    ("setup", "outcome"),
    [
        ("true", "none"),
        ("out oifname eth0 drop", "kill_switch"),
        ("ip route replace prohibit default", "none"),
        ("out udp dport 443 drop", "none"),
    ],
)
def test_without_a_tunnel(setup, outcome):
    results = probe_in_room("vpn", setup=f"{setup}\n{ALL}")
    assert results["vpn"]["outcome"] == outcome, results["vpn"]


@pytest.mark.lab
@TUN_DEVICE
def test_figures_of_a_dead_tunnel():
    found = probe_in_room("vpn", setup=f"{tunnel('dead')}; {HALF_ROUTES}\n{ALL}")["vpn"]
    assert [(each["adapter"], each["passes"]) for each in found["data"]["ways"]] == [
        ("tun0", False),
        ("eth0", True),
    ]
    assert found["data"]["carries"] == "tun0"
    assert found["ms"] < 2900
