"""Addresses, and which names and pages a server knows as its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.serve.address import authority_of, listening_address, origin_of, public_origin
from tshoot.serve.origins import Origins
from tshoot.serve.problems import ServeError
from tshoot.serve.settings import Settings

TOKEN = "correct-horse-battery-staple-0123456789"


def origins(port=8780, **settings):
    return Origins(Settings(port=port, **settings), port)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("localhost", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("0.0.0.0", "0.0.0.0"),
        ("10.0.0.5", "10.0.0.5"),
    ],
)
def test_addresses_to_listen_at(text, address):
    assert listening_address(text) == address


@pytest.mark.parametrize("text", ["desk.example", "", "127.0.0.1:80", "999.1.1.1", "*"])
def test_a_name_is_no_address_to_listen_at(text):
    with pytest.raises(ServeError, match="IP address"):
        listening_address(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://help.example.org", "https://help.example.org"),
        ("https://help.example.org/", "https://help.example.org"),
        ("HTTPS://Help.Example.org:443", "https://help.example.org"),
        ("http://help.example.org:8080", "http://help.example.org:8080"),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"),
    ],
)
def test_a_public_address_is_read_and_shown(text, shown):
    assert str(public_origin(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "help.example.org",
        "ftp://help.example.org",
        "https://help.example.org/desk",
        "https://me:secret@help.example.org",
        "https://help.example.org?x",
        "https://help.example.org#x",
        "https://",
        "https://help.example.org:port",
        "https://[::1",
    ],
)
def test_what_is_no_public_address_is_told(text):
    with pytest.raises(ServeError, match="--public-url"):
        public_origin(text)


@given(st.text(max_size=60))
def test_any_header_is_read_without_an_error(text):
    authority = authority_of(text, 80)
    assert authority is None or authority.host
    origin_of(text)
    origins().host_allowed(text)
    origins().origin_allowed(text)


@pytest.mark.parametrize("others", [{}, {"host": "0.0.0.0", "token": TOKEN}, {"host": "::", "token": TOKEN}])
def test_loopback_knows_its_own_names(others):
    known = origins(**others)
    assert known.host_allowed("localhost:8780")
    assert known.host_allowed("[::1]:8780")
    assert known.origin_allowed("http://127.0.0.1:8780")
    assert not known.origin_allowed("https://127.0.0.1:8780")
    assert not known.host_allowed("rebound.example:8780")


def test_every_address_is_called_by_any_address_but_by_no_name():
    known = origins(host="0.0.0.0", token=TOKEN)
    assert known.host_allowed("192.168.12.50:8780")
    assert known.origin_allowed("http://192.168.12.50:8780")
    assert not known.host_allowed("192.168.12.50:80")
    assert not known.host_allowed("desk.example:8780")


def test_one_address_is_called_by_itself_only():
    known = origins(host="192.168.12.50", token=TOKEN)
    assert known.host_allowed("192.168.12.50:8780")
    assert not known.host_allowed("192.168.12.51:8780")
    assert not known.host_allowed("127.0.0.1:8780")


def test_behind_a_proxy_the_public_name_counts_with_its_scheme():
    known = origins(public=public_origin("https://help.example.org"), token=TOKEN)
    assert known.host_allowed("help.example.org")
    assert known.host_allowed("help.example.org:443")
    assert known.host_allowed("127.0.0.1:8780")  # What a proxy names that passes no Host on.
    assert known.origin_allowed("https://help.example.org")
    assert not known.origin_allowed("http://help.example.org")
    assert not known.origin_allowed("https://help.example.org.evil.example")


def test_only_this_computer_is_served_without_a_token():
    assert Settings().here
    assert Settings(host="::1", token=TOKEN).here
    assert not Settings(host="0.0.0.0", token=TOKEN).here
    for others in ({"host": "0.0.0.0"}, {"host": "::"}, {"public": public_origin("http://localhost:8780")}):
        with pytest.raises(ServeError, match="needs a token"):
            Settings(**others)
