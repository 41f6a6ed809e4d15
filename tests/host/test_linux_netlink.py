import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.host import netlink_bytes as raw
from tshoot.host.linux.kinds import kind_of
from tshoot.host.linux.links import IFF_LOOPBACK, parse_addresses, parse_link
from tshoot.host.linux.neighbours import parse_neighbours
from tshoot.host.linux.netlink import number, parse_attributes, parse_messages, text
from tshoot.host.linux.policy import parse_rules
from tshoot.host.linux.routes import UNICAST, Hop, parse_route
from tshoot.host.linux.wifi_name import parse_family, parse_name
from tshoot.host.linux.wireless import parse_wireless
from tshoot.host.model import AdapterKind, Address, Neighbour, NeighbourState

NAMES = {2: "eth0", 3: "wg0"}


def test_messages_come_apart_and_a_cut_one_ends_the_reading():
    buffer = raw.message(16, b"abcde") + raw.message(16, b"fg")
    assert [message.payload for message in parse_messages(buffer)] == [b"abcde", b"fg"]
    assert [message.payload for message in parse_messages(buffer[:-4])] == [b"abcde"]


def test_attributes_are_found_behind_the_fixed_part_with_their_flags_removed():
    payload = b"head" + raw.attribute(7 | 0x8000, b"x") + raw.attribute(9, raw.u32(5))
    assert parse_attributes(payload, 4) == {7: b"x", 9: raw.u32(5)}


@given(st.binary(max_size=200))
def test_no_bytes_upset_a_parser(payload):
    assert len(list(parse_messages(payload))) <= len(payload) // 16 + 1
    parse_attributes(payload)
    parse_link(payload)
    parse_addresses([payload], NAMES)
    parse_route(payload, NAMES)
    parse_neighbours([payload], NAMES)
    parse_rules([payload])
    parse_family(payload)
    parse_name(payload)


def test_numbers_and_texts_of_odd_length():
    assert number(b"\x01\x02\x03") == 0
    assert number(None, 7) == 7
    assert text(b"eth0\0rest") == "eth0"


def test_a_link_with_its_driver_and_master():
    link = parse_link(raw.link(4, "vnet0", 0x1043, driver="tun", mtu=1400, master=9))
    assert (link.index, link.name, link.driver, link.mtu, link.has_master) == (4, "vnet0", "tun", 1400, True)


def test_a_hostile_adapter_name_is_made_harmless():
    assert "\x1b" not in parse_link(raw.link(4, "a\x1b]52b", 1)).name


@pytest.mark.parametrize(
    ("name", "driver", "hardware", "master", "device_type", "kind"),
    [
        ("eth0", "", 1, 0, "", AdapterKind.ETHERNET),
        ("eth0", "veth", 1, 0, "", AdapterKind.ETHERNET),
        ("veth12ab", "veth", 1, 5, "", AdapterKind.VIRTUAL),
        ("vnet0", "tun", 1, 5, "", AdapterKind.VIRTUAL),
        ("wlp2s0", "", 1, 0, "wlan", AdapterKind.WIFI),
        ("wlp2s0", "", 1, 0, "", AdapterKind.WIFI),
        ("home", "", 1, 0, "wlan", AdapterKind.WIFI),
        ("wlan0", "virt_wifi", 1, 0, "wlan", AdapterKind.WIFI),
        ("wlan0", "virt_wifi", 1, 0, "", AdapterKind.VIRTUAL),
        ("wwan0", "", 519, 0, "", AdapterKind.CELLULAR),
        ("wwp0s20", "", 1, 0, "wwan", AdapterKind.CELLULAR),
        ("wg0", "wireguard", 65534, 0, "", AdapterKind.TUNNEL),
        ("tun0", "tun", 65534, 0, "", AdapterKind.TUNNEL),
        ("vpn-home", "tun", 65534, 0, "", AdapterKind.TUNNEL),
        ("ppp0", "", 512, 0, "", AdapterKind.TUNNEL),
        ("docker0", "bridge", 1, 0, "bridge", AdapterKind.VIRTUAL),
        ("vboxnet0", "", 1, 0, "", AdapterKind.VIRTUAL),
        ("bond0", "bond", 1, 0, "bond", AdapterKind.ETHERNET),
        ("ifb0", "ifb", 1, 0, "", AdapterKind.VIRTUAL),
        ("can0", "", 280, 0, "", AdapterKind.UNKNOWN),
    ],
)
def test_kinds(name, driver, hardware, master, device_type, kind):
    link = parse_link(raw.link(4, name, 0x1003, hardware, driver, master=master))
    assert kind_of(link, device_type) is kind


def test_loopback_is_told_by_its_flag_not_its_name():
    assert kind_of(parse_link(raw.link(1, "lo", IFF_LOOPBACK, 772)), "") is AdapterKind.LOOPBACK


def test_addresses_with_zone_and_peer_and_without_duplicates():
    payloads = [
        raw.address(2, "192.0.2.5", 24),
        raw.address(2, "fe80::5", 64),
        raw.address(2, "2001:db8::5", 64, flags=0x08),
        raw.address(3, "198.51.100.1", 32, peer="198.51.100.2"),
    ]
    assert parse_addresses(payloads, NAMES) == {
        2: (Address("192.0.2.5", 24, 4), Address("fe80::5%eth0", 64, 6)),
        3: (Address("198.51.100.1", 32, 4),),
    }


def test_a_default_route_with_link_local_gateway_carries_its_zone():
    route = parse_route(raw.route("::/0", oif=2, via="fe80::1", metric=100), NAMES)
    assert (route.family, str(route.network), route.metric) == (6, "::/0", 100)
    assert route.hops == (Hop("fe80::1%eth0", "eth0"),)


def test_a_v4_route_over_a_v6_gateway():
    assert parse_route(raw.route("0.0.0.0/0", oif=2, via="fe80::1"), NAMES).hops[0].gateway == "fe80::1%eth0"


def test_several_next_hops_without_the_dead_one():
    payload = raw.route(
        "0.0.0.0/0", hops=[(2, "192.0.2.1", 0), (3, "198.51.100.1", 0), (3, "198.51.100.9", 1)]
    )
    assert parse_route(payload, NAMES).hops == (Hop("192.0.2.1", "eth0"), Hop("198.51.100.1", "wg0"))


def test_what_is_no_way_out_is_no_route():
    assert parse_route(raw.route("192.0.2.5/32", oif=2, kind=2, table=255), NAMES) is None
    assert parse_route(raw.route("0.0.0.0/0", oif=2, via="192.0.2.1", flags=1), NAMES) is None
    assert parse_route(raw.route("2001:db8::/64", oif=2, flags=0x200), NAMES) is None
    assert parse_route(raw.route("0.0.0.0/0", oif=77), NAMES) is None


def test_the_large_table_number_wins_over_the_small_field():
    assert parse_route(raw.route("0.0.0.0/0", oif=3, table=51820), NAMES).table == 51820
    assert parse_route(raw.route("0.0.0.0/0", oif=3, table=51820), NAMES).kind == UNICAST


@pytest.mark.parametrize(
    ("bits", "state"),
    [
        (0x01, NeighbourState.RESOLVING),
        (0x02, NeighbourState.REACHABLE),
        (0x04, NeighbourState.STALE),
        (0x08, NeighbourState.STALE),
        (0x10, NeighbourState.STALE),
        (0x20, NeighbourState.FAILED),
        (0x40, NeighbourState.UNKNOWN),
        (0x80, NeighbourState.UNKNOWN),
    ],
)
def test_neighbour_states(bits, state):
    found = parse_neighbours([raw.neighbour(2, "192.0.2.1", bits)], NAMES)
    assert found == (Neighbour("192.0.2.1", "eth0", state),)


def test_multicast_neighbours_and_unknown_adapters_are_left_out():
    payloads = [raw.neighbour(2, "224.0.0.1", 0x40, kind=5), raw.neighbour(99, "192.0.2.1", 2)]
    assert parse_neighbours(payloads, NAMES) == ()


def test_wireless_levels_in_dbm_only():
    sample = (
        "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
        " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
        " wlan0: 0000   54.  -56.  -256        0      0      0      0      4        0\n"
        " wlan1: 0000    5.   40.     0        0      0      0      0      0        0\n"
        " wlan2: 0000    0.  -256. -256        0      0      0      0      0        0\n"
        " wlan3: 0000\n"
    )
    assert parse_wireless(sample) == {"wlan0": -56}


def test_link_shorter_than_its_header_is_passed_over():
    assert parse_link(struct.pack("=BxH", 0, 1)) is None
