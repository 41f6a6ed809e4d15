import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.target import Target, TargetError, parse_target


@pytest.mark.parametrize(
    ("text", "host", "port", "path"),
    [
        ("example.com", "example.com", 443, "/"),
        ("EXAMPLE.com.", "example.com", 443, "/"),
        ("example.com:8443", "example.com", 8443, "/"),
        ("https://example.com", "example.com", 443, "/"),
        ("HTTPS://example.com:444/a/b?c=d", "example.com", 444, "/a/b?c=d"),
        ("https://intranet/", "intranet", 443, "/"),
        ("192.0.2.7", "192.0.2.7", 443, "/"),
        ("192.0.2.7:80", "192.0.2.7", 80, "/"),
        ("2001:DB8::1", "2001:db8::1", 443, "/"),
        ("[2001:db8::1]:8443", "2001:db8::1", 8443, "/"),
        ("https://[2001:db8::1]/x", "2001:db8::1", 443, "/x"),
        ("münchen.de.", "xn--mnchen-3ya.de", 443, "/"),
        ("  example.com  ", "example.com", 443, "/"),
    ],
)
def test_what_people_type_is_read(text, host, port, path):
    target = parse_target(text)
    assert (target.host, target.port, target.path) == (host, port, path)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not a host name"),
        ("http://example.com", "can't be checked"),
        ("ftp://example.com", "can't be checked"),
        ("https://", "names no host"),
        ("https://user:secret@example.com", "user name and password"),
        ("example.com:0", "port"),
        ("example.com:99999", "port"),
        ("example.com:http", "port"),
        ("1.2.3.4.5", "looks like an address"),
        ("256.1.1.1", "looks like an address"),
        ("[2001:db8::zz]", "not a usable address"),
        ("a..b", "not a valid host name"),
        ("-bad.com", "not a valid host name"),
        ("bad-.com", "not a valid host name"),
        ("x" * 64 + ".com", "not a valid host name"),
        ("two words.com", "not a host name"),
        ("ex\x1bample.com", "not a host name"),
        ("*.example.com", "not a valid host name"),
    ],
)
def test_rubbish_is_refused_with_a_reason(text, part):
    with pytest.raises(TargetError, match="(?i)" + part.replace("'", ".")):
        parse_target(text)


def test_hosts_names_the_main_host_first_and_once():
    assert Target("a.example", chain=("b.example", "a.example")).hosts == ("a.example", "b.example")


def test_only_literals_are_addresses():
    assert parse_target("[2001:db8::1]:1").is_address
    assert not parse_target("example.com").is_address


@given(st.text(max_size=80))
def test_any_text_gives_a_target_or_a_reason(text):
    try:
        target = parse_target(text)
    except TargetError as error:
        assert str(error)
    else:
        assert target.host.isascii()
        assert 0 < target.port < 65536
