import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.files import read_or_note
from tshoot.host.hosts_file import parse_hosts
from tshoot.host.model import HostsEntry
from tshoot.host.resolv_conf import is_possible_server, parse_resolv_conf


def test_hosts_with_comments_several_names_case_ipv6_and_rubbish():
    text = (
        "# a comment\n"
        "127.0.0.1 localhost\n"
        "\n"
        "203.0.113.9\tAccount.Example.COM  www.example.com. # mine\n"
        "2001:DB8:0::9 v6.example\n"
        "not-an-address name\n"
        "192.0.2.1\n"
        "192.0.2.300 broken.example\n"
        "0.0.0.0 blocked.example\r\n"
    )
    assert parse_hosts(text) == (
        HostsEntry("127.0.0.1", ("localhost",), 2),
        HostsEntry("203.0.113.9", ("account.example.com", "www.example.com"), 4),
        HostsEntry("2001:db8::9", ("v6.example",), 5),
        HostsEntry("0.0.0.0", ("blocked.example",), 9),
    )


def test_a_hostile_hosts_name_is_made_harmless():
    (entry,) = parse_hosts("192.0.2.1 evil\x1b]52;c;eA==\x07")
    assert "\x1b" not in entry.names[0]


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text):
    for entry in parse_hosts(text):
        assert entry.names
    for resolver in parse_resolv_conf(text, "x").resolvers:
        assert resolver.source == "x"


def addresses(text):
    return [(resolver.address, resolver.valid) for resolver in parse_resolv_conf(text, "x").resolvers]


def test_servers_in_order_with_zone_and_trailing_words():
    conf = parse_resolv_conf(
        "nameserver 192.0.2.1 # first\nnameserver\tfe80::1%eth0\noptions timeout:1\n", "/etc/resolv.conf"
    )
    assert [(r.address, r.adapter, r.valid) for r in conf.resolvers] == [
        ("192.0.2.1", None, True),
        ("fe80::1%eth0", "eth0", True),
    ]
    assert {r.source for r in conf.resolvers} == {"/etc/resolv.conf"}


@pytest.mark.parametrize(
    "entry",
    ["0.0.0.0", "::", "192.0.2.300", "dns.example", "255.255.255.255", "224.0.0.1", "ff02::1", "fe80::1"],
)
def test_entries_that_cannot_be_a_server_stay_and_are_marked(entry):
    assert addresses(f"nameserver {entry}\n") == [(entry, False)]
    assert not is_possible_server(entry)


@pytest.mark.parametrize("entry", ["127.0.0.53", "192.0.2.1", "10.0.0.1", "2001:db8::1", "fd00::1", "::1"])
def test_entries_that_can_be_a_server(entry):
    assert addresses(f"nameserver {entry}") == [(entry, True)]


def test_only_three_usable_servers_are_asked_by_the_system():
    text = "".join(f"nameserver {a}\n" for a in ("junk", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"))
    assert [address for address, _ in addresses(text)] == ["junk", "192.0.2.1", "192.0.2.2", "192.0.2.3"]


@pytest.mark.parametrize(
    "text",
    ["", "# nameserver 192.0.2.1\n", ";nameserver 192.0.2.1\n", "  nameserver 192.0.2.1\n", "nameserver\n"],
)
def test_no_server_configured(text):
    assert addresses(text) == []


def test_the_last_search_list_wins():
    text = "domain Example.net\nsearch a.example b.example.\n"
    assert parse_resolv_conf(text, "x").search == ("a.example", "b.example")


def test_a_missing_file_is_empty_and_an_unreadable_one_is_named(tmp_path):
    notes = []
    assert read_or_note(tmp_path / "none", "hosts file", notes) == ""
    assert notes == []
    assert read_or_note(tmp_path, "hosts file", notes) == ""
    assert notes == ["hosts file: is a directory"]
