"""Own word against the others': the whole table, then what must hold for any addresses."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.probes.address_kind import AddressKind, can_be_server, kind_of, kind_of_all
from tshoot.probes.dns_compare import Side, Stance, compare

SILENT, DENIES = Side(), Side(denied=True)
HOLE, PRIVATE, PUBLIC = Side(("0.0.0.0",)), Side(("192.168.12.9",)), Side(("142.250.1.1",))
OTHER_HOLE, OTHER_PRIVATE, OTHER_PUBLIC = Side(("127.0.0.1",)), Side(("10.1.1.1",)), Side(("23.1.1.1",))

TABLE = [
    # own, others, a control name is fine, not fine
    (DENIES, DENIES, "missing", "skipped"),
    (DENIES, HOLE, "skipped", "skipped"),
    (DENIES, PRIVATE, "blocked_here", "blocked_here"),
    (DENIES, PUBLIC, "blocked_here", "blocked_here"),
    (HOLE, DENIES, "missing", "skipped"),
    (HOLE, OTHER_HOLE, "agree", "agree"),
    (HOLE, PRIVATE, "blocked_here", "blocked_here"),
    (HOLE, PUBLIC, "blocked_here", "blocked_here"),
    (PRIVATE, DENIES, "differs", "differs"),
    (PRIVATE, HOLE, "differs", "differs"),
    (PRIVATE, PRIVATE, "agree", "agree"),
    (PRIVATE, OTHER_PRIVATE, "differs", "differs"),
    (PRIVATE, PUBLIC, "bogus", "bogus"),
    (PUBLIC, DENIES, "differs", "differs"),
    (PUBLIC, HOLE, "differs", "differs"),
    (PUBLIC, PRIVATE, "differs", "differs"),
    (PUBLIC, PUBLIC, "agree", "agree"),
    (PUBLIC, OTHER_PUBLIC, "differs", "differs"),
    *((SILENT, side, "skipped", "skipped") for side in (SILENT, DENIES, HOLE, PRIVATE, PUBLIC)),
    *((side, SILENT, "skipped", "skipped") for side in (DENIES, HOLE, PRIVATE, PUBLIC)),
]


@pytest.mark.parametrize(("own", "others", "with_control", "without"), TABLE)
def test_every_pair_of_stances(own, others, with_control, without):
    assert compare(own, others, True).outcome == with_control
    assert compare(own, others, False).outcome == without


def test_the_table_is_complete():
    assert {(own.stance, others.stance) for own, others, *_ in TABLE} == {
        (own, others) for own in Stance for others in Stance
    }


def test_one_shared_address_is_agreement():
    own = Side(("142.250.1.1", "142.250.1.2"))
    assert compare(own, Side(("142.250.1.2", "142.250.1.3")), True).outcome == "agree"


def test_an_address_another_resolver_gave_is_agreement_too():
    assert compare(PUBLIC, OTHER_PUBLIC, True, also=PUBLIC.addresses).outcome == "agree"


def test_plain_answers_rewritten_on_the_way_do_not_excuse_a_lie():
    assert compare(PRIVATE, PUBLIC, True, also=PRIVATE.addresses).outcome == "bogus"


IPS = st.one_of(st.ip_addresses(), st.builds(IPv4Address, st.integers(0, 2**32 - 1))).map(str)
SIDES = st.builds(Side, st.lists(IPS, max_size=3).map(tuple), st.booleans())


@given(SIDES, st.booleans())
def test_a_side_never_contradicts_itself(side, control):
    assert compare(side, side, control).outcome in {"agree", "missing", "skipped"}


@given(SIDES, SIDES, st.booleans())
def test_an_accusation_needs_an_answer_of_the_others(own, others, control):
    outcome = compare(own, others, control).outcome
    if outcome in {"blocked_here", "bogus"}:
        assert others.addresses
    if outcome == "bogus":
        assert kind_of_all(own.addresses) is AddressKind.RESERVED
        assert kind_of_all(others.addresses) is AddressKind.PUBLIC
    if outcome == "missing":
        assert control
        assert not others.addresses


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", AddressKind.SINKHOLE),
        ("127.0.0.53", AddressKind.SINKHOLE),
        ("::", AddressKind.SINKHOLE),
        ("::1", AddressKind.SINKHOLE),
        ("::ffff:127.0.0.1", AddressKind.SINKHOLE),
        ("::ffff:10.0.0.1", AddressKind.RESERVED),
        ("10.255.0.1", AddressKind.RESERVED),
        ("100.64.0.1", AddressKind.RESERVED),
        ("169.254.1.1", AddressKind.RESERVED),
        ("172.31.0.1", AddressKind.RESERVED),
        ("192.0.0.9", AddressKind.RESERVED),
        ("192.0.2.1", AddressKind.RESERVED),
        ("192.168.0.1", AddressKind.RESERVED),
        ("198.19.0.1", AddressKind.RESERVED),
        ("198.51.100.1", AddressKind.RESERVED),
        ("203.0.113.1", AddressKind.RESERVED),
        ("240.0.0.1", AddressKind.RESERVED),
        ("fd00::1", AddressKind.RESERVED),
        ("fe80::1%eth0", AddressKind.RESERVED),
        ("2001:db8::1", AddressKind.RESERVED),
        ("172.32.0.1", AddressKind.PUBLIC),
        ("100.128.0.1", AddressKind.PUBLIC),
        ("198.20.0.1", AddressKind.PUBLIC),
        ("64:ff9b::102:304", AddressKind.PUBLIC),
        ("2606:4700::1111", AddressKind.PUBLIC),
    ],
)
def test_kinds_of_addresses(address, kind):
    assert kind_of(address) is kind


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_every_address_has_a_kind(ip: IPv4Address | IPv6Address):
    assert kind_of(str(ip)) in AddressKind
    assert can_be_server(str(ip)) in {True, False}
    if ip.is_global and not ip.is_multicast and not str(ip).startswith(("192.0.0.", "::ffff")):
        assert kind_of(str(ip)) is AddressKind.PUBLIC


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "fec0:0:0:ffff::1", "", "x"],
)
def test_what_cannot_be_a_server(address):
    assert not can_be_server(address)


@pytest.mark.parametrize(
    "address", ["192.168.12.1", "127.0.0.53", "::1", "fe80::1%eth0", "1.1.1.1", "2606:4700::1111"]
)
def test_what_can_be_a_server(address):
    assert can_be_server(address)
