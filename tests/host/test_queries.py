from dataclasses import replace

import pytest

from tshoot.host.model import Adapter, AdapterKind, Address, HostsEntry, HostState, Resolver, Route
from tshoot.host.queries import (
    adapter,
    adapter_addresses,
    global_addresses,
    hosts_addresses,
    is_tunnel,
    knows,
    network_fingerprint,
    only_unique_local,
)


def make(name, kind=AdapterKind.ETHERNET, up=True, addresses=(), point_to_point=False):
    found = tuple(Address(ip, 64 if ":" in ip else 24, 6 if ":" in ip else 4) for ip in addresses)
    return Adapter(name, kind, up, up, 1500, found, point_to_point)


def ips(addresses):
    return [address.ip for address in addresses]


def test_addresses_that_reach_beyond_the_link():
    host = HostState(
        "linux",
        adapters=(
            make("lo", AdapterKind.LOOPBACK, addresses=("127.0.0.1", "::1", "203.0.113.1")),
            make(
                "eth0", addresses=("169.254.7.7", "192.168.12.50", "fe80::1%eth0", "fd00::1", "2001:db8::1")
            ),
            make("eth1", up=False, addresses=("198.51.100.1",)),
        ),
    )
    assert ips(global_addresses(host, 4)) == ["192.168.12.50"]
    assert ips(global_addresses(host, 6)) == ["fd00::1", "2001:db8::1"]


@pytest.mark.parametrize(
    ("addresses", "only"),
    [(("fd00::1",), True), (("fd00::1", "2001:db8::1"), False), (("fe80::1",), False), ((), False)],
)
def test_only_unique_local(addresses, only):
    assert only_unique_local(HostState("linux", adapters=(make("eth0", addresses=addresses),))) is only


def test_adapters_and_their_addresses_by_name():
    host = HostState("linux", adapters=(make("eth0", addresses=("192.0.2.5", "2001:db8::5")),))
    assert adapter(host, "eth0").name == "eth0"
    assert adapter(host, "eth9") is None
    assert ips(adapter_addresses(host, "eth0", 6)) == ["2001:db8::5"]
    assert adapter_addresses(host, "eth9", 4) == ()


@pytest.mark.parametrize(
    ("kind", "point_to_point", "tunnel"),
    [
        (AdapterKind.TUNNEL, False, True),
        (AdapterKind.UNKNOWN, True, True),
        (AdapterKind.CELLULAR, True, False),
        (AdapterKind.ETHERNET, False, False),
    ],
)
def test_tunnels(kind, point_to_point, tunnel):
    assert is_tunnel(make("x", kind, point_to_point=point_to_point)) is tunnel


def test_no_adapter_is_no_tunnel():
    assert is_tunnel(None) is False


def test_hosts_lines_that_name_a_host():
    entry = HostsEntry("203.0.113.9", ("account.example", "www.example"), 3)
    host = HostState("linux", hosts=(entry, HostsEntry("127.0.0.1", ("localhost",), 1)))
    assert hosts_addresses(host, "WWW.Example.") == (entry,)
    assert hosts_addresses(host, "example") == ()


def test_fingerprint_changes_with_the_network_and_not_with_the_order_of_servers():
    first = HostState(
        "linux",
        routes=(Route(4, "0.0.0.0/0", "192.0.2.1", "eth0"),),
        resolvers=(Resolver("192.0.2.1"), Resolver("192.0.2.2")),
    )
    assert network_fingerprint(first) == "v4=eth0>192.0.2.1 v6=none dns=192.0.2.1,192.0.2.2"
    assert network_fingerprint(replace(first, resolvers=first.resolvers[::-1])) == network_fingerprint(first)
    moved = replace(first, routes=(Route(4, "0.0.0.0/0", "192.0.2.254", "eth0"),))
    assert network_fingerprint(moved) != network_fingerprint(first)


def test_what_could_not_be_read_is_not_known():
    host = HostState("linux", unreadable=("routes (IPv6): operation not permitted",))
    assert not knows(host, "routes")
    assert knows(host, "resolvers")
