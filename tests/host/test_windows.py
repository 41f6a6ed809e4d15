"""Recorded-style JSON after the documented properties of the NetTCPIP and NetAdapter cmdlets."""

import base64
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.backend import backend_for
from tshoot.host.model import AdapterKind, Address, Neighbour, NeighbourState, Proxy, Route
from tshoot.host.queries import knows
from tshoot.host.windows import network
from tshoot.host.windows.answers import Answer, parse_answer
from tshoot.host.windows.proxies import parse_internet_settings, read_internet_settings
from tshoot.host.windows.scripts import NEIGHBOURS, STATE, powershell


def card(index, name, **more):
    common = {
        "description": "",
        "type": 6,
        "medium": 14,
        "virtual": False,
        "mtu": 1500,
        "admin": 1,
        "media": 1,
    }
    return {"index": index, "name": name, **common, **more}


def interface(index, name, family=2, metric=25, connected=1):
    return {
        "index": index,
        "name": name,
        "family": family,
        "mtu": 1500,
        "metric": metric,
        "connected": connected,
    }


SAMPLE = {
    "adapters": [
        card(12, "WLAN", type=71, medium=9),
        card(5, "Ethernet", media=2),
        card(30, "vEthernet (WSL)", virtual=True),
        card(31, "Mein VPN", type=53, virtual=True, media=0),
        card(32, "Ethernet 3", description="TAP-Windows Adapter V9", virtual=True),
        card(33, "Mobilfunk", type=244, medium=8, admin=2, media=2),
    ],
    "interfaces": [
        interface(12, "WLAN", metric=35),
        interface(12, "WLAN", family=23, metric=35),
        interface(5, "Ethernet", connected=0),
        interface(31, "Mein VPN", metric=5),
        interface(40, "Firma", metric=20),
        interface(1, "Loopback Pseudo-Interface 1", metric=75),
    ],
    "addresses": [
        {"index": 12, "ip": "192.0.2.50", "prefix": 24, "state": 4},
        {"index": 12, "ip": "fe80::5%12", "prefix": 64, "state": 4},
        {"index": 12, "ip": "2001:db8::5", "prefix": 64, "state": 2},
        {"index": 1, "ip": "127.0.0.1", "prefix": 8, "state": 4},
        {"index": 40, "ip": "198.51.100.9", "prefix": 32, "state": 4},
    ],
    "routes": [
        {"index": 12, "destination": "0.0.0.0/0", "gateway": "192.0.2.1", "metric": 0},
        {"index": 12, "destination": "::/0", "gateway": "fe80::1", "metric": 256},
        {"index": 12, "destination": "192.0.2.0/24", "gateway": "0.0.0.0", "metric": 256},
        {"index": 5, "destination": "0.0.0.0/0", "gateway": "203.0.113.1", "metric": 0},
        {"index": 12, "destination": "224.0.0.0/4", "gateway": "0.0.0.0", "metric": 256},
        {"index": 12, "destination": "255.255.255.255/32", "gateway": "0.0.0.0", "metric": 256},
    ],
    "dns": [
        {"index": 12, "servers": ["192.0.2.1", "192.0.2.2"]},
        {"index": 12, "servers": ["fec0:0:0:ffff::1", "fec0:0:0:ffff::2"]},
        {"index": 5, "servers": ["203.0.113.53"]},
        {"index": 31, "servers": "198.51.100.53"},
    ],
    "search": ["Home.Example", "", None, "home.example"],
}


@pytest.fixture
def answer():
    return parse_answer("\ufeff" + json.dumps(SAMPLE))


@pytest.fixture
def adapters(answer):
    return {found.name: found for found in network.adapters(answer)}


def test_kinds_by_number_in_any_language(adapters):
    assert {name: found.kind for name, found in adapters.items()} == {
        "WLAN": AdapterKind.WIFI,
        "Ethernet": AdapterKind.ETHERNET,
        "vEthernet (WSL)": AdapterKind.VIRTUAL,
        "Mein VPN": AdapterKind.TUNNEL,
        "Ethernet 3": AdapterKind.TUNNEL,
        "Mobilfunk": AdapterKind.CELLULAR,
        "Firma": AdapterKind.TUNNEL,
        "Loopback Pseudo-Interface 1": AdapterKind.LOOPBACK,
    }


def test_state_of_adapters(adapters):
    assert (adapters["WLAN"].up, adapters["WLAN"].carrier) == (True, True)
    assert (adapters["Ethernet"].up, adapters["Ethernet"].carrier) == (True, False)
    assert (adapters["Mein VPN"].up, adapters["Mein VPN"].carrier) == (True, None)
    assert (adapters["Mobilfunk"].up, adapters["Mobilfunk"].carrier) == (False, None)
    assert adapters["Firma"].point_to_point


def test_addresses_keep_a_numeric_zone_and_drop_duplicates(adapters):
    assert adapters["WLAN"].addresses == (Address("192.0.2.50", 24, 4), Address("fe80::5%12", 64, 6))


def test_routes_add_both_metrics_and_leave_dead_interfaces_out(answer):
    assert network.routes(answer) == (
        Route(4, "0.0.0.0/0", "192.0.2.1", "WLAN", 35),
        Route(6, "::/0", "fe80::1%12", "WLAN", 291),
        Route(4, "192.0.2.0/24", None, "WLAN", 291),
    )


def test_servers_of_adapters_in_use_by_metric_without_placeholders(answer):
    found = network.resolvers(answer, network.adapters(answer))
    assert [(server.address, server.adapter) for server in found] == [
        ("198.51.100.53", "Mein VPN"),
        ("192.0.2.1", "WLAN"),
        ("192.0.2.2", "WLAN"),
    ]
    assert network.search(answer) == ("home.example",)


def test_neighbours():
    rows = [
        {"index": 12, "name": "WLAN", "ip": "192.0.2.1", "state": 5},
        {"index": 12, "name": "WLAN", "ip": "192.0.2.9", "state": 0},
        {"index": 12, "name": "WLAN", "ip": "fe80::1", "state": 4},
        {"index": 12, "name": "WLAN", "ip": "224.0.0.22", "state": 6},
        {"index": 12, "name": "WLAN", "ip": "192.0.2.7", "state": 6},
    ]
    assert network.neighbours(Answer({"neighbours": rows})) == (
        Neighbour("192.0.2.1", "WLAN", NeighbourState.REACHABLE),
        Neighbour("192.0.2.9", "WLAN", NeighbourState.FAILED),
        Neighbour("fe80::1%12", "WLAN", NeighbourState.STALE),
        Neighbour("192.0.2.7", "WLAN", NeighbourState.UNKNOWN),
    )


def test_a_list_of_one_may_come_as_the_object_alone():
    assert [row.text("name") for row in Answer({"adapters": {"name": "x"}}).rows("adapters")] == ["x"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["index", "ip", "name", "servers", "destination", "state"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*sorted(SAMPLE), "neighbours"]), JSON))
def test_no_answer_upsets_the_reading(document):
    answer = parse_answer(json.dumps(document))
    network.routes(answer)
    network.resolvers(answer, network.adapters(answer))
    network.search(answer)
    network.neighbours(answer)


@pytest.mark.parametrize("text", ["", "[]", "nonsense", "{", "[" * 100_000])
def test_what_is_no_document_is_none(text):
    assert parse_answer(text) is None


def test_the_script_travels_without_quoting():
    command = powershell(STATE)
    assert base64.b64decode(command[-1]).decode("utf-16-le") == STATE
    assert len(" ".join(powershell(STATE))) < 8191
    assert "Set-" not in STATE + NEIGHBOURS
    assert "New-Net" not in STATE + NEIGHBOURS


@pytest.mark.parametrize(
    ("server", "proxies"),
    [
        ("proxy.example:8080", [("all", "http://proxy.example:8080")]),
        (
            "http=one.example:1;https=two.example:2;ftp=three.example:3;socks=four.example:4",
            [
                ("http", "http://one.example:1"),
                ("https", "http://two.example:2"),
                ("all", "socks5://four.example:4"),
            ],
        ),
        ("", []),
    ],
)
def test_internet_options(server, proxies):
    values = {"ProxyEnable": 1, "ProxyServer": server, "ProxyOverride": "192.168.*;<local>"}
    found = parse_internet_settings(values)
    assert [(proxy.scheme, proxy.url) for proxy in found.proxies] == proxies
    assert found.no_proxy == ("192.168.*", "<local>")


def test_a_proxy_that_is_switched_off_and_a_script():
    values = {
        "ProxyEnable": 0,
        "ProxyServer": "proxy.example:8080",
        "AutoConfigURL": "http://wpad.example/p.pac",
    }
    assert parse_internet_settings(values).proxies == (
        Proxy("pac", "http://wpad.example/p.pac", "Internet options"),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="PowerShell is there")
def test_without_powershell_the_snapshot_says_what_it_does_not_know():
    state = backend_for("win32").read_state()
    assert not any(knows(state, part) for part in ("adapters", "routes", "resolvers"))
    assert read_internet_settings() == {}
