import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.model import HostState, Proxy
from tshoot.host.no_proxy import goes_around
from tshoot.host.proxy_env import ProxySettings, environment_login, environment_proxies, merged
from tshoot.host.proxy_url import clean_pac_url, clean_proxy_url, split_no_proxy
from tshoot.host.queries import proxy_for


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("proxy.example:8080", "http://proxy.example:8080"),
        ("http://user:secret@proxy.example:8080/path?q=1", "http://proxy.example:8080"),
        ("user:secret@proxy.example", "http://proxy.example"),
        ("socks5h://192.0.2.1:1080", "socks5h://192.0.2.1:1080"),
        ("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128"),
        ("", None),
        ("  ", None),
        ("http://", None),
        ("http://proxy.example:99999", None),
    ],
)
def test_proxy_addresses_lose_everything_but_scheme_host_and_port(text, url):
    assert clean_proxy_url(text) == url


@given(
    st.text(max_size=60), st.text(alphabet=st.characters(codec="ascii", categories=("L", "N")), min_size=4)
)
def test_a_password_never_survives(host, password):
    for clean in (clean_proxy_url, clean_pac_url):
        assert f":{password}@" not in (clean(f"http://user:{password}@{host}") or "")


def test_script_address_keeps_its_path_only():
    assert clean_pac_url("http://u:p@wpad.example/proxy.pac?token=1#x") == "http://wpad.example/proxy.pac"
    assert clean_pac_url("") is None


def test_lower_case_wins_and_both_cases_are_read():
    found = environment_proxies(
        {"http_proxy": "one:1", "HTTP_PROXY": "two:2", "HTTPS_PROXY": "three:3", "all_proxy": "four:4"}
    )
    assert [(p.scheme, p.url, p.source) for p in found.proxies] == [
        ("http", "http://one:1", "environment variable http_proxy"),
        ("https", "http://three:3", "environment variable HTTPS_PROXY"),
        ("all", "http://four:4", "environment variable all_proxy"),
    ]


def test_an_empty_lower_case_variable_switches_the_proxy_off():
    assert environment_proxies({"https_proxy": "", "HTTPS_PROXY": "two:2"}).proxies == ()


def test_upper_case_http_proxy_is_ignored_under_cgi():
    environment = {"REQUEST_METHOD": "GET", "HTTP_PROXY": "evil:1", "HTTPS_PROXY": "good:1"}
    assert [p.scheme for p in environment_proxies(environment).proxies] == ["https"]


def test_exceptions_are_split_and_folded():
    assert environment_proxies({"NO_PROXY": "A.example, .B.example;c  a.example,"}).no_proxy == (
        "a.example",
        ".b.example",
        "c",
    )


def test_exceptions_of_the_desktop_do_not_leak_into_the_environments_proxy():
    ours = ProxySettings((Proxy("http", "http://one:1", "x"),), ("a",))
    desktop = ProxySettings((Proxy("http", "http://two:2", "y"),), ("b",))
    assert merged(ours, desktop) == ProxySettings((*ours.proxies, *desktop.proxies), ("a",))
    assert merged(ProxySettings((), ("a",)), desktop) == ProxySettings(desktop.proxies, ("a", "b"))


@pytest.mark.parametrize(
    ("entry", "host", "around"),
    [
        ("*", "anything.example", True),
        ("example.com", "example.com", True),
        ("example.com", "www.example.com", True),
        ("example.com", "notexample.com", False),
        (".example.com", "www.example.com", True),
        (".example.com", "example.com", True),
        ("*.example.com", "www.example.com", True),
        ("*.example.com", "example.org", False),
        ("example.com:8080", "example.com", True),
        ("example.com", "EXAMPLE.com.", True),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1:80", "192.0.2.1", True),
        ("192.0.2.0/24", "192.0.2.77", True),
        ("192.0.2.0/24", "198.51.100.1", False),
        ("192.0.2.*", "192.0.2.77", True),
        ("2001:db8::/32", "2001:db8::5", True),
        ("2001:db8::5", "[2001:db8::5]", True),
        ("[2001:db8::5]:443", "2001:db8::5", True),
        ("192.0.2.0/24", "www.example.com", False),
        ("2.1", "192.0.2.1", False),
        ("<local>", "intranet", True),
        ("<local>", "www.example.com", False),
        ("<local>", "2001:db8::1", False),
        (".", "example.com", False),
        ("*.", "example.com", False),
    ],
)
def test_no_proxy_entries(entry, host, around):
    assert goes_around((entry,), host) is around


LABEL = st.text("abcdefghij0123456789", min_size=1, max_size=6).filter(lambda s: not s.isdigit())
NAME = st.lists(LABEL, min_size=1, max_size=4).map(".".join)


@given(NAME, NAME, st.sampled_from(["", ".", "*."]), st.sampled_from(["", ":443"]))
def test_a_suffix_matches_at_label_borders_and_nowhere_else(host, suffix, mark, port):
    at_border = host == suffix or host.endswith("." + suffix)
    assert goes_around((f"{mark}{suffix}{port}",), host) is at_border


@given(st.ip_addresses(), st.integers(0, 128), st.ip_addresses())
def test_a_prefix_matches_exactly_its_addresses(base, length, ip):
    network = ipaddress.ip_network(f"{base}/{min(length, base.max_prefixlen)}", strict=False)
    assert goes_around((str(network),), str(ip)) is (ip in network)


@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=20))
def test_any_exception_list_is_read_without_error(entries, host):
    assert goes_around(split_no_proxy(",".join(entries)), host) in {True, False}


def test_the_own_scheme_wins_then_all_then_a_script():
    script, everything = Proxy("pac", "http://wpad.example/p", "x"), Proxy("all", "socks5://a:1", "x")
    https = Proxy("https", "http://b:2", "x")
    state = HostState("linux", proxies=(script, everything, https), no_proxy=("direct.example",))
    assert proxy_for(state, "https", "www.example.com") == https
    assert proxy_for(state, "http", "www.example.com") == everything
    assert proxy_for(state, "https", "direct.example") is None
    assert proxy_for(HostState("linux", proxies=(script,)), "http", "www.example.com") == script
    assert proxy_for(HostState("linux"), "http", "www.example.com") is None


@pytest.mark.parametrize(
    ("environment", "login"),
    [
        ({"https_proxy": "http://al:s3cr%20t@p:1"}, (b"al", b"s3cr t")),
        ({"HTTPS_PROXY": "al@p:1"}, (b"al", b"")),
        ({"https_proxy": "http://p:1", "HTTPS_PROXY": "http://al:x@p:1"}, None),
        ({"HTTPS_PROXY": "http://p:1"}, None),
    ],
)
def test_credentials_are_read_again_from_the_variable_that_counts(environment, login):
    (proxy,) = environment_proxies(environment).proxies
    assert environment_login(proxy, environment) == login


def test_credentials_are_of_the_environment_only():
    desktop = Proxy("https", "http://p:1", "KDE settings")
    assert environment_login(desktop, {"HTTPS_PROXY": "http://al:x@p:1"}) is None
    gone = Proxy("https", "http://p:1", "environment variable HTTPS_PROXY")
    assert environment_login(gone, {}) is None
    assert environment_login(gone, {"HTTPS_PROXY": "http://[x"}) is None
