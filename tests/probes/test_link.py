import pytest

from tests.probes.hosts import adapter, context, default, host
from tshoot.host.model import AdapterKind
from tshoot.probes import link

WIFI, TUNNEL, VIRTUAL = AdapterKind.WIFI, AdapterKind.TUNNEL, AdapterKind.VIRTUAL


async def outcome(state) -> str:
    return (await link.run(context(state))).outcome


async def test_a_connected_cable_is_ok_and_told():
    reading = await link.run(context(host(adapter())))
    assert (reading.outcome, reading.detail, reading.contacted) == ("ok", "eth0 up", ())
    assert reading.data.adapters[0].name == "eth0"


async def test_only_loopback_is_no_adapter():
    assert await outcome(host()) == "no_adapter"


async def test_inner_bridges_and_tunnels_are_no_adapters_of_ones_own():
    inner = (adapter("docker0", "172.17.0.1/16", kind=VIRTUAL), adapter("wg0", kind=TUNNEL))
    assert await outcome(host(*inner)) == "no_adapter"
    assert await outcome(host(*inner, adapter(carrier=False))) == "down"


@pytest.mark.parametrize("state", [{"carrier": False}, {"up": False}, {"up": False, "carrier": None}])
async def test_nothing_up_with_a_carrier_is_down(state):
    assert await outcome(host(adapter(**state), adapter("wlan0", kind=WIFI, up=False))) == "down"


async def test_a_tunnel_left_behind_does_not_hide_a_missing_cable():
    left = adapter("wg0", "10.0.0.2/32", kind=TUNNEL, point_to_point=True)
    assert await outcome(host(adapter(carrier=False), left, routes=(default(None, "wg0"),))) == "down"


async def test_a_carrier_that_the_system_keeps_to_itself_is_no_fault():
    assert await outcome(host(adapter(carrier=None))) == "ok"


async def test_a_bridge_with_the_default_route_counts():
    bridge = adapter("br0", "192.168.12.50/24", kind=VIRTUAL)
    assert await outcome(host(bridge, routes=(default(name="br0"),))) == "ok"


async def test_a_dial_up_link_alone_counts():
    modem = adapter("ppp0", "10.9.8.7/32", kind=TUNNEL, point_to_point=True)
    assert await outcome(host(modem, routes=(default(None, "ppp0"),))) == "ok"


@pytest.mark.parametrize(("signal", "expected"), [(-74, "ok"), (-75, "weak"), (-90, "weak"), (None, "ok")])
async def test_the_signal_of_the_wifi_in_use_counts(signal, expected):
    wifi = adapter("wlan0", kind=WIFI, signal=signal)
    assert await outcome(host(wifi, routes=(default(name="wlan0"),))) == expected


async def test_weak_wifi_that_is_not_in_use_is_no_fault():
    wifi = adapter("wlan0", kind=WIFI, signal=-90)
    assert await outcome(host(adapter(), wifi, routes=(default(), default(name="wlan0", metric=600)))) == "ok"


async def test_weak_wifi_under_a_vpn_is_seen():
    wifi = adapter("wlan0", kind=WIFI, signal=-80)
    vpn = adapter("tun0", kind=TUNNEL, point_to_point=True)
    routes = (default(None, "tun0"), default(name="wlan0", metric=600))
    assert await outcome(host(vpn, wifi, routes=routes)) == "weak"
