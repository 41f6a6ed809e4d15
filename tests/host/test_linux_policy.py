import struct

from tests.host import netlink_bytes as raw
from tshoot.host.linux.policy import STANDARD, Lookup, flatten, parse_rule, parse_rules
from tshoot.host.linux.routes import THROW, parse_route
from tshoot.host.model import Route

NAMES = {2: "eth0", 3: "wg0"}
LAN = raw.route("192.0.2.0/24", oif=2)
DEFAULT = raw.route("0.0.0.0/0", oif=2, via="192.0.2.1", metric=100)
VPN = raw.route("0.0.0.0/0", oif=3, table=51820)
WG_QUICK = (Lookup(32764, 254, 0), Lookup(32765, 51820), Lookup(32766, 254))


def flat(payloads, lookups):
    return [(r.destination, r.adapter, r.metric) for r in flatten(tables(payloads), lookups)]


def tables(payloads):
    return [parse_route(payload, NAMES) for payload in payloads]


def test_the_main_table_alone():
    assert flatten(tables([DEFAULT, LAN]), STANDARD) == (
        Route(4, "0.0.0.0/0", "192.0.2.1", "eth0", 100),
        Route(4, "192.0.2.0/24", None, "eth0", 0),
    )


def test_a_table_no_rule_asks_is_not_met():
    assert flat([VPN, DEFAULT], STANDARD) == [("0.0.0.0/0", "eth0", 100)]


def test_wg_quick_keeps_the_local_network_and_puts_the_physical_default_behind():
    assert flat([DEFAULT, LAN, VPN], WG_QUICK) == [
        ("192.0.2.0/24", "eth0", 0),
        ("0.0.0.0/0", "wg0", 0),
        ("0.0.0.0/0", "eth0", 100),
    ]


def test_a_hidden_default_comes_behind_also_where_its_own_metric_is_lower():
    vpn = raw.route("0.0.0.0/0", oif=3, table=51820, metric=500)
    default = raw.route("0.0.0.0/0", oif=2, via="192.0.2.1", metric=0)
    assert flat([default, vpn], WG_QUICK) == [("0.0.0.0/0", "wg0", 500), ("0.0.0.0/0", "eth0", 501)]


def test_a_covered_prefix_of_a_later_table_is_never_used():
    other = raw.route("203.0.113.0/24", oif=2)
    assert flat([other, VPN], (Lookup(1, 51820), Lookup(2, 254))) == [("0.0.0.0/0", "wg0", 0)]


def test_throw_hands_on_to_the_next_table():
    throw = raw.route("192.0.2.0/24", table=51820, kind=THROW)
    lookups = (Lookup(1, 51820), Lookup(2, 254))
    assert ("192.0.2.0/24", "eth0", 0) in flat([throw, VPN, LAN], lookups)


def test_refusals_are_no_routes():
    assert flat([raw.route("0.0.0.0/0", kind=7), raw.route("203.0.113.0/24", kind=6)], STANDARD) == []


def test_a_rule_that_refuses_everything_ends_the_walk():
    assert flat([DEFAULT], (Lookup(1, None), Lookup(2, 254))) == []


def test_the_rules_of_wg_quick_are_read():
    payloads = [
        raw.rule(0, 255),
        raw.rule(32766, 254),
        raw.rule(32765, 51820, mark=51820, invert=True),
        raw.rule(32764, 254, suppress=0),
    ]
    assert parse_rules(payloads) == WG_QUICK


def test_rules_for_other_packets_are_passed_over():
    marked = raw.rule(10, 100, mark=1)
    from_source = raw.rule(10, 100, src=32, extra=raw.attribute(2, raw.packed("192.0.2.5")))
    from_adapter = raw.rule(10, 100, extra=raw.attribute(3, b"eth1\0"))
    by_port = raw.rule(10, 100, extra=raw.attribute(24, b"\0\0\0\0"))
    jump = raw.rule(10, 0, action=2)
    assert [parse_rule(p, 0) for p in (marked, from_source, from_adapter, by_port, jump)] == [None] * 5


def test_rules_for_users_apply_to_those_users():
    payload = raw.rule(10, 100, extra=raw.attribute(20, struct.pack("=II", 1000, 1999)))
    assert parse_rule(payload, 1500) == Lookup(10, 100)
    assert parse_rule(payload, 0) is None


def test_a_refusing_rule_is_read_as_the_end():
    assert parse_rule(raw.rule(10, 0, action=8), 0) == Lookup(10, None)
