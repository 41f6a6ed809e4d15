import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.model import Adapter, AdapterKind, Address, HostState, Route
from tshoot.host.queries import (
    adapters_with_default,
    default_routes,
    on_link,
    preferred_default,
    route_for,
)


def adapter(name, *addresses, up=True, kind=AdapterKind.ETHERNET):
    found = tuple(Address(ip, prefix, 6 if ":" in ip else 4) for ip, prefix in addresses)
    return Adapter(name, kind, up, up, 1500, found)


def v4(destination, gateway, name, metric=0):
    return Route(4, destination, gateway, name, metric)


def v6(destination, gateway, name, metric=0):
    return Route(6, destination, gateway, name, metric)


def state(*routes, adapters=()):
    return HostState("linux", adapters=tuple(adapters), routes=routes)


def test_defaults_come_by_metric_and_by_family():
    slow, quick = v4("0.0.0.0/0", "192.0.2.1", "wlan0", 600), v4("0.0.0.0/0", "198.51.100.1", "eth0", 100)
    other = v6("::/0", "fe80::1%eth0", "eth0", 1024)
    host = state(slow, quick, other)
    assert default_routes(host, 4) == (quick, slow)
    assert default_routes(host, 6) == (other,)


def test_equal_metrics_keep_the_order_of_the_table():
    first, second = v4("0.0.0.0/0", "192.0.2.1", "eth0"), v4("0.0.0.0/0", "192.0.2.2", "eth1")
    assert default_routes(state(first, second), 4) == (first, second)


def test_no_default():
    assert preferred_default(state(v4("192.0.2.0/24", None, "eth0")), 4) is None


def test_a_divided_default_beats_a_whole_one_whatever_the_metric():
    low, high = v4("0.0.0.0/1", "10.8.0.1", "tun0", 900), v4("128.0.0.0/1", "10.8.0.1", "tun0", 900)
    whole = v4("0.0.0.0/0", "192.0.2.1", "eth0", 0)
    assert default_routes(state(whole, high, low), 4) == (low, whole)


def test_half_of_the_world_is_no_default():
    assert default_routes(state(v4("0.0.0.0/1", None, "tun0")), 4) == ()
    halves = v4("0.0.0.0/1", None, "tun0"), v4("128.0.0.0/1", None, "tun1")
    assert default_routes(state(*halves), 4) == ()


def test_divided_defaults_of_ipv6():
    pair = v6("::/1", None, "tun0"), v6("8000::/1", None, "tun0")
    assert default_routes(state(*pair), 6) == (pair[0],)
    public = v6("2000::/3", None, "tun0")
    assert default_routes(state(public, v6("fc00::/7", None, "tun0")), 6) == (public,)
    quarters = v6("2000::/4", None, "tun0"), v6("3000::/4", None, "tun0")
    assert default_routes(state(*quarters), 6) == (quarters[0],)
    assert default_routes(state(quarters[0]), 6) == ()


def test_everything_but_the_private_ranges_is_a_default():
    everything = [ipaddress.ip_network("0.0.0.0/0")]
    for private in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"):
        hole = ipaddress.ip_network(private)
        everything = [
            part
            for whole in everything
            for part in (whole.address_exclude(hole) if hole.subnet_of(whole) else [whole])
        ]
    routes = [v4(str(part), None, "wg0") for part in everything]
    assert [route.adapter for route in default_routes(state(*routes), 4)] == ["wg0"]


def test_adapters_with_a_default_each_once_preferred_first():
    eth, wlan = adapter("eth0", ("192.0.2.5", 24)), adapter("wlan0", ("198.51.100.5", 24))
    host = state(
        v4("0.0.0.0/0", "198.51.100.1", "wlan0", 600),
        v4("0.0.0.0/0", "192.0.2.1", "eth0", 100),
        v6("::/0", "fe80::1%eth0", "eth0"),
        adapters=(wlan, eth),
    )
    assert adapters_with_default(host) == (eth, wlan)


def test_the_longest_prefix_wins_then_the_metric():
    host = state(
        v4("0.0.0.0/0", "192.0.2.1", "eth0", 0),
        v4("203.0.113.0/24", "192.0.2.9", "eth0", 50),
        v4("203.0.113.0/24", "192.0.2.8", "eth0", 10),
    )
    assert route_for(host, "203.0.113.7").gateway == "192.0.2.8"
    assert route_for(host, "198.51.100.7").gateway == "192.0.2.1"
    assert route_for(host, "2001:db8::1") is None
    assert route_for(host, "not an address") is None


def test_prefixes_of_adapters_that_are_up_count():
    host = state(
        adapters=(adapter("eth0", ("192.0.2.5", 24)), adapter("eth1", ("198.51.100.5", 24), up=False))
    )
    assert route_for(host, "192.0.2.9") == v4("192.0.2.0/24", None, "eth0")
    assert route_for(host, "198.51.100.9") is None


def test_a_zone_pins_the_adapter():
    pair = (adapter("eth0", ("fe80::5%eth0", 64)), adapter("wlan0", ("fe80::6%wlan0", 64)))
    assert route_for(state(adapters=pair), "fe80::1%wlan0").adapter == "wlan0"
    assert on_link(state(adapters=pair), "fe80::1%wlan0", "wlan0")
    assert not on_link(state(adapters=pair), "fe80::1%wlan0", "eth0")


def test_a_zone_by_number_as_windows_writes_it():
    host = state(adapters=(adapter("Wi-Fi", ("fe80::5%12", 64)),))
    assert route_for(host, "fe80::1%12").adapter == "Wi-Fi"
    assert on_link(host, "fe80::1%12", "Wi-Fi")


def test_neighbours_are_inside_a_prefix_of_an_adapter():
    host = state(v4("0.0.0.0/0", None, "ppp0"), adapters=(adapter("eth0", ("192.0.2.5", 24)),))
    assert on_link(host, "192.0.2.1")
    assert on_link(host, "192.0.2.1", "eth0")
    assert not on_link(host, "192.0.2.1", "wlan0")
    assert not on_link(host, "203.0.113.1")


def test_a_host_route_to_the_gateway_excuses_only_a_host_address():
    to_gateway = v4("203.0.113.1/32", None, "eth0")
    assert on_link(state(to_gateway, adapters=(adapter("eth0", ("192.0.2.5", 32)),)), "203.0.113.1")
    assert not on_link(state(to_gateway, adapters=(adapter("eth0", ("192.0.2.5", 24)),)), "203.0.113.1")


def test_a_further_subnet_on_the_cable_counts():
    host = state(v4("203.0.113.0/24", None, "eth0"), adapters=(adapter("eth0", ("192.0.2.5", 24)),))
    assert on_link(host, "203.0.113.1", "eth0")


PREFIX4 = st.builds(
    lambda ip, length: str(ipaddress.ip_network((int(ip) & (~0 << (32 - length)), length))),
    st.ip_addresses(v=4, network="192.0.0.0/8"),
    st.integers(0, 32),
)
ROUTES = st.lists(
    st.builds(Route, st.just(4), PREFIX4, st.none(), st.sampled_from(["a", "b"]), st.integers(0, 3)),
    max_size=8,
)


@given(ROUTES, st.ip_addresses(v=4, network="192.0.0.0/8"))
def test_longest_prefix_match_agrees_with_trying_every_length(routes, ip):
    expected = None
    for length in range(32, -1, -1):
        network = str(ipaddress.ip_network(f"{ip}/{length}", strict=False))
        same = sorted((r for r in routes if r.destination == network), key=lambda r: r.metric)
        if same:
            expected = same[0]
            break
    assert route_for(state(*routes), str(ip)) == expected


@given(ROUTES)
def test_default_routes_never_invent_a_route(routes):
    found = default_routes(state(*routes), 4)
    assert all(route in routes for route in found)
    whole = [route for route in found if route.destination == "0.0.0.0/0"]
    assert len(whole) == sum(route.destination == "0.0.0.0/0" for route in routes)
    assert [route.metric for route in whole] == sorted(route.metric for route in whole)
