"""From a snapshot of a computer to what is compared."""

from dataclasses import replace

from tshoot.diagnosis.changes import Way
from tshoot.history.facts import network_of
from tshoot.host.model import Adapter, AdapterKind, Address, HostState, Proxy, Resolver, Route
from tshoot.host.queries import network_fingerprint

ETH = Adapter(
    "eth0",
    AdapterKind.ETHERNET,
    True,
    True,
    1500,
    (Address("192.168.12.50", 24, 4), Address("2607:fb92:1:12::50", 64, 6), Address("fe80::5%eth0", 64, 6)),
)
TUN = Adapter("tun0", AdapterKind.TUNNEL, True, None, 1400, (Address("10.8.0.2", 24, 4),))
HOME = HostState(
    system="linux",
    adapters=(ETH,),
    routes=(
        Route(4, "0.0.0.0/0", "192.168.12.1", "eth0", 100),
        Route(6, "::/0", "fe80::1%eth0", "eth0", 100),
    ),
    resolvers=(Resolver("192.168.12.1"),),
    proxies=(Proxy("https", "http://10.0.0.9:3128", "environment"),),
)


def test_a_home_network():
    facts = network_of(HOME)
    assert facts.fingerprint == network_fingerprint(HOME)
    assert (facts.v4, facts.v6) == (Way("eth0", "192.168.12.1"), Way("eth0", "fe80::1%eth0"))
    assert facts.links == (("eth0", "192.168.12.0/24"), ("eth0", "2607:fb92:1:12::/64"))
    assert facts.resolvers == ("192.168.12.1",)
    assert facts.proxies == ("https http://10.0.0.9:3128",)
    assert (facts.defaults, facts.tunnels, facts.ipv6) == (("eth0",), (), True)


def test_a_tunnel_that_takes_the_default_route():
    routes = (*HOME.routes, Route(4, "0.0.0.0/1", None, "tun0"), Route(4, "128.0.0.0/1", None, "tun0"))
    facts = network_of(replace(HOME, adapters=(ETH, TUN), routes=routes))
    assert facts.v4 == Way("tun0", "")
    assert (facts.tunnels, facts.defaults) == (("tun0",), ("eth0", "tun0"))


def test_a_tunnel_that_is_down_is_none():
    assert network_of(replace(HOME, adapters=(ETH, replace(TUN, up=False)))).tunnels == ()


def test_what_could_not_be_read_is_unknown_not_empty():
    facts = network_of(
        HostState("linux", unreadable=("resolvers: denied", "routes: denied", "proxy settings: x"))
    )
    assert (facts.resolvers, facts.proxies, facts.defaults, facts.ipv6) == (None, None, None, None)
    assert facts.tunnels == ()


def test_local_ipv6_is_no_ipv6():
    local = replace(ETH, addresses=(Address("fd00::5", 64, 6),))
    assert network_of(replace(HOME, adapters=(local,))).ipv6 is False
