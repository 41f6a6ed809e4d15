import pytest

from tests.probes.hosts import adapter, context, default, host
from tshoot.host.model import AdapterKind, Route
from tshoot.probes import route

ETH, WLAN = adapter("eth0", "192.168.12.50/24"), adapter("wlan0", "192.168.12.51/24", kind=AdapterKind.WIFI)
TUN = adapter("tun0", "10.8.0.2/24", kind=AdapterKind.TUNNEL, point_to_point=True)
SPLIT = (Route(4, "0.0.0.0/1", "10.8.0.1", "tun0"), Route(4, "128.0.0.0/1", "10.8.0.1", "tun0"))
V6 = default("fe80::1%eth0", family=6)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ((), "none"),
        ((Route(4, "192.168.12.0/24", None, "eth0"),), "none"),
        ((SPLIT[0],), "none"),
        ((default(),), "ok"),
        ((V6,), "ok"),
        ((default(), V6), "ok"),
        ((default(), default(name="wlan0", metric=600)), "several"),
        ((*SPLIT, default()), "tunnel"),
        ((default(None, "tun0"), default(metric=50)), "tunnel"),
        ((default(), default(None, "tun0", metric=50)), "several"),
    ],
)
async def test_the_way_out(routes, expected):
    reading = await route.run(context(host(ETH, WLAN, TUN, routes=routes)))
    assert reading.outcome == expected


async def test_the_preferred_route_is_listed_first():
    routes = (default(name="wlan0", metric=600), default(metric=100), V6)
    reading = await route.run(context(host(ETH, WLAN, routes=routes)))
    assert [(each.family, each.adapter) for each in reading.data.routes] == [
        (4, "eth0"),
        (4, "wlan0"),
        (6, "eth0"),
    ]
    assert reading.detail.startswith("192.168.12.1 on eth0, ")
