"""What differs from when it last worked, and which network it is compared with."""

from dataclasses import replace

import pytest

from tshoot.diagnosis.changes import Network, Record, Way, what_changed

HOME = Network(
    fingerprint="v4=eth0>192.168.12.1 v6=eth0>fe80::1%eth0 dns=192.168.12.1",
    v4=Way("eth0", "192.168.12.1"),
    v6=Way("eth0", "fe80::1%eth0"),
    links=(("eth0", "192.168.12.0/24"), ("eth0", "2607:fb92:1:12::/64")),
    resolvers=("192.168.12.1",),
    tunnels=(),
    proxies=(),
    defaults=("eth0",),
    ipv6=True,
)
SAVED = "2026-01-02T03:04:05Z"


def changes(then=HOME, /, **now):
    different = "fingerprint" not in now and bool({"v4", "v6", "resolvers"} & now.keys())
    network = replace(HOME, **({"fingerprint": "another"} if different else {}), **now)
    return [(each.what, each.then, each.now) for each in what_changed(network, [Record(SAVED, then)])]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({}, []),
        ({"resolvers": ("10.0.0.53",)}, [("resolver", "192.168.12.1", "10.0.0.53")]),
        ({"resolvers": ()}, [("resolver", "192.168.12.1", "none")]),
        ({"tunnels": ("tun0",)}, [("tunnel", "none", "tun0")]),
        ({"proxies": ("https http://10.0.0.9:3128",)}, [("proxy", "none", "https http://10.0.0.9:3128")]),
        ({"v4": Way("eth0", "192.168.12.254")}, [("gateway", "192.168.12.1", "192.168.12.254")]),
        ({"v6": None, "ipv6": False}, [("ipv6", "working address and route", "none")]),
        ({"defaults": ("eth0", "usb0")}, [("default_route", "eth0", "eth0, usb0")]),
        (
            {
                "v4": Way("tun0", ""),
                "tunnels": ("tun0",),
                "defaults": ("eth0", "tun0"),
                "v6": None,
                "ipv6": False,
            },
            [
                ("default_route", "eth0", "eth0, tun0"),
                ("tunnel", "none", "tun0"),
                ("ipv6", "working address and route", "none"),
            ],
        ),
    ],
)
def test_each_difference_is_named(now, told):
    assert changes(**now) == told


@pytest.mark.parametrize("part", ["resolvers", "tunnels", "proxies", "defaults", "ipv6"])
def test_what_could_not_be_read_is_not_compared(part):
    assert changes(**{part: None}, fingerprint=HOME.fingerprint) == []
    assert changes(replace(HOME, **{part: None}), fingerprint=HOME.fingerprint) == []


def test_the_order_of_resolvers_is_no_change():
    then = replace(HOME, resolvers=("a", "b"))
    assert changes(then, fingerprint=HOME.fingerprint, resolvers=("b", "a")) == []


def test_another_network_is_not_compared():
    cafe = Network(
        "cafe", v4=Way("eth0", "10.1.1.1"), links=(("eth0", "10.1.1.0/24"),), resolvers=("9.9.9.9",)
    )
    assert what_changed(cafe, [Record(SAVED, HOME)]) == ()
    assert what_changed(Network("nothing"), [Record(SAVED, HOME)]) == ()
    assert what_changed(HOME, []) == ()


def test_the_same_resolver_alone_makes_no_network():
    cafe = Network("cafe", v4=Way("eth0", "10.1.1.1"), resolvers=("1.1.1.1",))
    assert what_changed(cafe, [Record(SAVED, replace(HOME, resolvers=("1.1.1.1",)))]) == ()


def test_the_exact_network_comes_before_a_similar_newer_one():
    similar = replace(HOME, fingerprint="other", resolvers=("10.9.9.9",))
    records = [Record(SAVED, HOME), Record("2026-05-05T00:00:00Z", similar)]
    (change,) = what_changed(replace(HOME, proxies=("pac http://x/",)), records)
    assert (change.what, change.since) == ("proxy", SAVED)


def test_of_equals_the_newest_is_taken():
    old = replace(HOME, fingerprint="old", resolvers=("10.0.0.1",))
    new = replace(HOME, fingerprint="new", resolvers=("10.0.0.2",))
    now = replace(HOME, fingerprint="now", resolvers=("10.0.0.3",))
    records = [Record("2026-02-02T00:00:00Z", new), Record("2026-01-01T00:00:00Z", old)]
    assert [change.then for change in what_changed(now, records)] == ["10.0.0.2"]


def test_words_for_people():
    (change,) = what_changed(replace(HOME, resolvers=("10.0.0.53",), fingerprint="x"), [Record(SAVED, HOME)])
    assert change.say == "The DNS server was: 192.168.12.1. Now: 10.0.0.53."
