"""Recorded-style text after the formats of ifconfig(8), netstat(1), scutil(8), arp(8) and ndp(8)."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.backend import backend_for
from tshoot.host.macos.adapters import parse_hardware_ports, parse_ifconfig
from tshoot.host.macos.neighbours import parse_arp, parse_ndp
from tshoot.host.macos.routes import bsd_network, parse_netstat
from tshoot.host.macos.settings import parse_scutil_dns, parse_scutil_proxy
from tshoot.host.model import AdapterKind, Address, Neighbour, NeighbourState, Proxy, Route

PORTS = """
Hardware Port: Ethernet Adapter (en4)
Device: en4
Ethernet Address: 00:00:5e:00:53:04

Hardware Port: Wi-Fi
Device: en0
Ethernet Address: 00:00:5e:00:53:01

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: 00:00:5e:00:53:02

Hardware Port: iPhone USB
Device: en7
Ethernet Address: 00:00:5e:00:53:03

VLAN Configurations
===================
"""
IFCONFIG = """\
lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
\toptions=1203<RXCSUM,TXCSUM,TXSTATUS,SW_TIMESTAMP>
\tinet 127.0.0.1 netmask 0xff000000
\tinet6 ::1 prefixlen 128
\tinet6 fe80::1%lo0 prefixlen 64 scopeid 0x1
\tnd6 options=201<PERFORMNUD,DAD>
gif0: flags=8010<POINTOPOINT,MULTICAST> mtu 1280
en4: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tether 00:00:5e:00:53:04
\tmedia: autoselect (none)
\tstatus: inactive
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\toptions=6460<TSO4,TSO6,CHANNEL_IO,PARTIAL_CSUM,ZEROINVERT_CSUM>
\tether 00:00:5e:00:53:01
\tinet6 fe80::200:5eff:fe00:5301%en0 prefixlen 64 secured scopeid 0xc
\tinet 192.0.2.50 netmask 0xffffff00 broadcast 192.0.2.255
\tinet6 2001:db8::50 prefixlen 64 autoconf secured
\tinet6 2001:db8::51 prefixlen 64 duplicated
\tmedia: autoselect
\tstatus: active
bridge0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tstatus: inactive
awdl0: flags=8943<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500
\tstatus: active
utun3: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1380
\tinet 198.51.100.2 --> 198.51.100.1 netmask 0xffffffff
"""
NETSTAT4 = """\
Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.0.2.1          UGScg                 en0
default            203.0.113.1        UGScIg                en4
0/1                198.51.100.1       UGScg               utun3
128.0/1            198.51.100.1       UGSc                utun3
127                127.0.0.1          UCS                   lo0
127.0.0.1          127.0.0.1          UH                    lo0
169.254            link#12            UCS                   en0      !
192.0.2            link#12            UCS                   en0      !
192.0.2.1          0:0:5e:0:53:1      UHLWIir               en0   1181
198.51.100.1       198.51.100.2       UH                  utun3
203.0.113.99/32    192.0.2.1          UGHS                  en0
10.9/16            127.0.0.1          UGRS                  lo0
224.0.0/4          link#12            UmCS                  en0      !
"""
NETSTAT6 = """\
Routing tables

Internet6:
Destination                             Gateway                           Flags         Netif Expire
default                                 fe80::1%en0                             UGcg                  en0
default                                 fe80::%utun0                            UGcIg               utun0
::1                                     ::1                                     UHL                   lo0
2001:db8::/64                           link#12                                 UC                    en0
fe80::%en0/64                           link#12                                 UCI                   en0
fe80::200:5eff:fe00:5301%en0            0:0:5e:0:53:1                           UHLI                  lo0
ff01::%en0/32                           link#12                                 UmCI                  en0
"""
DNS = """\
DNS configuration

resolver #1
  search domain[0] : Home.example
  nameserver[0] : 192.0.2.1
  nameserver[1] : 2001:db8::1
  if_index : 12 (en0)
  flags    : Request A records, Request AAAA records
  reach    : 0x00020002 (Reachable,Directly Reachable Address)

resolver #2
  domain   : corp.example
  nameserver[0] : 198.51.100.53
  flags    : Supplemental, Request A records

resolver #3
  domain   : local
  options  : mdns
  timeout  : 5
  order    : 300000

resolver #4
  nameserver[0] : 192.0.2.77
  port     : 5353

DNS configuration (for scoped queries)

resolver #1
  nameserver[0] : 203.0.113.53
  if_index : 9 (en4)
  flags    : Scoped, Request A records
"""
PROXY = """\
<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  ExcludeSimpleHostnames : 1
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 3128
  HTTPProxy : proxy.example
  HTTPSEnable : 0
  HTTPSPort : 3129
  HTTPSProxy : off.example
  ProxyAutoConfigEnable : 1
  ProxyAutoConfigURLString : http://wpad.example/proxy.pac
  SOCKSEnable : 1
  SOCKSPort : 1080
  SOCKSProxy : socks.example
  __SCOPED__ : <dictionary> {
    en4 : <dictionary> {
      HTTPEnable : 1
      HTTPProxy : other.example
    }
  }
}
"""


@pytest.fixture
def adapters():
    return {found.name: found for found in parse_ifconfig(IFCONFIG, parse_hardware_ports(PORTS))}


def test_kinds_come_from_the_hardware_ports(adapters):
    assert {name: found.kind for name, found in adapters.items()} == {
        "lo0": AdapterKind.LOOPBACK,
        "gif0": AdapterKind.TUNNEL,
        "en4": AdapterKind.ETHERNET,
        "en0": AdapterKind.WIFI,
        "bridge0": AdapterKind.VIRTUAL,
        "awdl0": AdapterKind.VIRTUAL,
        "utun3": AdapterKind.TUNNEL,
    }
    assert parse_hardware_ports(PORTS)["en7"] is AdapterKind.CELLULAR


def test_the_carrier_is_the_status_line_not_the_running_flag(adapters):
    assert (adapters["en4"].up, adapters["en4"].carrier) == (True, False)
    assert (adapters["en0"].up, adapters["en0"].carrier) == (True, True)
    assert (adapters["gif0"].up, adapters["gif0"].carrier) == (False, None)
    assert adapters["utun3"].carrier is True


def test_addresses_prefixes_and_mtu(adapters):
    assert adapters["en0"].addresses == (
        Address("fe80::200:5eff:fe00:5301%en0", 64, 6),
        Address("192.0.2.50", 24, 4),
        Address("2001:db8::50", 64, 6),
    )
    assert adapters["utun3"].addresses == (Address("198.51.100.2", 32, 4),)
    assert (adapters["utun3"].mtu, adapters["utun3"].point_to_point) == (1380, True)


@pytest.mark.parametrize(
    ("text", "family", "network"),
    [
        ("default", 4, "0.0.0.0/0"),
        ("default", 6, "::/0"),
        ("0/1", 4, "0.0.0.0/1"),
        ("128.0/1", 4, "128.0.0.0/1"),
        ("127", 4, "127.0.0.0/8"),
        ("169.254", 4, "169.254.0.0/16"),
        ("192.0.2.1", 4, "192.0.2.1/32"),
        ("fe80::%en0/64", 6, "fe80::/64"),
        ("::1", 6, "::1/128"),
        ("Destination", 4, None),
        ("Destination", 6, None),
        ("192.0.2.1", 6, None),
    ],
)
def test_destinations_as_netstat_shortens_them(text, family, network):
    assert bsd_network(text, family) == network


def test_ipv4_routes():
    assert parse_netstat(NETSTAT4, 4) == (
        Route(4, "0.0.0.0/0", "192.0.2.1", "en0", 0),
        Route(4, "0.0.0.0/0", "203.0.113.1", "en4", 1000),
        Route(4, "0.0.0.0/1", "198.51.100.1", "utun3", 0),
        Route(4, "128.0.0.0/1", "198.51.100.1", "utun3", 0),
        Route(4, "127.0.0.0/8", None, "lo0", 0),
        Route(4, "127.0.0.1/32", None, "lo0", 0),
        Route(4, "169.254.0.0/16", None, "en0", 0),
        Route(4, "192.0.2.0/24", None, "en0", 0),
        Route(4, "198.51.100.1/32", None, "utun3", 0),
        Route(4, "203.0.113.99/32", "192.0.2.1", "en0", 0),
    )


def test_ipv6_routes_without_the_idle_tunnels_default():
    assert parse_netstat(NETSTAT6, 6) == (
        Route(6, "::/0", "fe80::1%en0", "en0", 0),
        Route(6, "2001:db8::/64", None, "en0", 0),
        Route(6, "fe80::/64", None, "en0", 1000),
    )


def test_servers_for_all_names_only():
    conf = parse_scutil_dns(DNS)
    assert [(r.address, r.port, r.adapter) for r in conf.resolvers] == [
        ("192.0.2.1", 53, "en0"),
        ("2001:db8::1", 53, "en0"),
        ("192.0.2.77", 5353, None),
    ]
    assert conf.search == ("home.example",)


def test_no_servers():
    assert parse_scutil_dns("No DNS configuration available\n").resolvers == ()


def test_proxies_that_are_switched_on():
    found = parse_scutil_proxy(PROXY)
    assert found.proxies == (
        Proxy("http", "http://proxy.example:3128", "network settings"),
        Proxy("all", "socks5://socks.example:1080", "network settings"),
        Proxy("pac", "http://wpad.example/proxy.pac", "network settings"),
    )
    assert found.no_proxy == ("*.local", "169.254.0.0/16", "<local>")


def test_arp_entries():
    text = (
        "? (192.0.2.1) at 0:0:5e:0:53:1 on en0 ifscope [ethernet]\n"
        "? (192.0.2.9) at (incomplete) on en0 ifscope [ethernet]\n"
        "? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]\n"
    )
    assert parse_arp(text) == (
        Neighbour("192.0.2.1", "en0", NeighbourState.STALE),
        Neighbour("192.0.2.9", "en0", NeighbourState.RESOLVING),
    )


def test_ndp_entries():
    text = (
        "Neighbor                        Linklayer Address  Netif Expire    St Flgs Prbs\n"
        "2001:db8::1                     0:0:5e:0:53:1        en0 23h59m59s S  R\n"
        "fe80::1%en0                     0:0:5e:0:53:1        en0 22s       R  R\n"
        "fe80::2%en0                     (incomplete)         en0 expired   N\n"
        "fe80::3%lo0                     (incomplete)         lo0 permanent R\n"
        "fe80::4%en0                     0:0:5e:0:53:4        en0 expired   N\n"
    )
    assert [(entry.ip, entry.state.value) for entry in parse_ndp(text)] == [
        ("2001:db8::1", "stale"),
        ("fe80::1%en0", "reachable"),
        ("fe80::2%en0", "resolving"),
        ("fe80::3%lo0", "resolving"),
        ("fe80::4%en0", "unknown"),
    ]


LINES = st.lists(
    st.lists(
        st.sampled_from([*IFCONFIG.split(), *NETSTAT4.split(), *DNS.split(), *PROXY.split()]), max_size=8
    ).map(" ".join),
    max_size=6,
).map("\n".join)


@given(LINES | st.text(max_size=80))
def test_no_text_upsets_a_parser(text):
    for parse in (parse_hardware_ports, parse_scutil_dns, parse_scutil_proxy, parse_arp, parse_ndp):
        parse(text)
    parse_ifconfig(text, {})
    parse_netstat(text, 4)
    parse_netstat(text, 6)


@pytest.mark.skipif(sys.platform == "darwin", reason="the tools are there")
def test_without_the_tools_the_snapshot_says_what_it_does_not_know():
    state = backend_for("darwin").read_state()
    assert state.system == "darwin"
    assert any(line.startswith("resolvers: ") for line in state.unreadable)
