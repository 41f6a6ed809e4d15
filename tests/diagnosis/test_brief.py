import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.batteries import battery
from tshoot.diagnosis.brief import brief
from tshoot.diagnosis.model import Rung
from tshoot.probes.model import ProbeResult


def rung(name, state="ok"):
    return Rung(name, state, "the detail")


def result(name, outcome, **data):
    return {name: ProbeResult(name, outcome, "", 1.0, data)}


@pytest.mark.parametrize(
    ("name", "results", "words"),
    [
        (
            "link",
            result("link", "ok", adapters=[{"name": "wl", "kind": "wifi", "signal_dbm": -61}], in_use="wl"),
            "Wi-Fi",
        ),
        (
            "link",
            result("link", "weak", adapters=[{"name": "wl", "kind": "wifi", "signal_dbm": -82}], in_use="wl"),
            "Wi-Fi, weak signal",
        ),
        ("link", result("link", "ok", adapters=[{"name": "eth0", "kind": "?"}], in_use="eth0"), "connected"),
        ("link", result("link", "down", adapters=[], in_use=""), "no cable, no Wi-Fi"),
        (
            "address",
            result("address", "ok", addresses=[{"ip": "fe80::1%a"}, {"ip": "192.0.2.5"}]),
            "192.0.2.5",
        ),
        ("gateway", result("gateway", "silent"), "there, but silent"),
        (
            "gateway",
            result("gateway", "lossy", windows=[{"lost": 5, "sent": 20, "median_ms": 3.2}]),
            "3 ms, 5 of 20 lost",
        ),
        ("internet", result("internet", "dead"), "no answer"),
        ("internet", result("internet", "https_blocked"), "secure pages blocked"),
        (
            "internet",
            result("internet", "https_blocked") | result("captive", "redirected"),
            "sign-in page first",
        ),
        ("dns", result("dns_system", "ok", ms=12.4), "found in 12 ms"),
        ("dns", result("dns_system", "timeout"), "no answer"),
        ("secure connection", result("tls", "ok", version="TLSv1.3"), "works"),
        ("secure connection", result("tls", "expired"), "out of date"),
        ("service", result("http", "server_error", status=503), "error 503"),
        ("service", result("http", "skipped") | result("tcp", "timeout"), "no answer"),
        ("service", result("http", "skipped") | result("tcp", "ok") | result("tls", "reset"), "gets cut off"),
        ("service", result("http", "redirect_loop", status=302), "leads in circles"),
        (
            "mobile signal",
            result("gateway_radio", "registered", carriers=[{"generation": "5g", "bars": 4.0}]),
            "5G, 4 of 5 bars",
        ),
        ("mobile signal", result("gateway_radio", "registered"), "connected"),
        ("hosts file", {}, "the detail"),
        ("vpn", result("vpn", "active"), "in use"),
        ("clock", result("clock", "wrong"), "is wrong"),
    ],
)
def test_a_rung_in_a_few_words(name, results, words):
    assert brief(rung(name), results) == words


def test_what_is_not_known_is_not_dressed_up():
    assert brief(rung("gateway", "unknown"), battery()) == "the detail"
    assert brief(rung("gateway", "unknown"), {}) == "the detail"


@pytest.mark.parametrize(
    ("name", "results", "words"),
    [
        ("secure connection", result("tls", "skipped"), "not checked"),
        ("service", result("http", "skipped"), "not checked"),
        ("gateway", result("gateway", "silent"), "there, but silent"),
    ],
)
def test_what_is_not_known_is_told_by_how_its_probe_ended(name, results, words):
    assert brief(rung(name, "unknown"), results) == words


@given(
    st.sampled_from(
        ["link", "address", "gateway", "internet", "dns", "secure connection", "service", "mobile signal"]
    ),
    st.dictionaries(
        st.sampled_from(
            ["windows", "adapters", "in_use", "status", "carriers", "addresses", "ms", "version"]
        ),
        st.one_of(
            st.none(),
            st.text(),
            st.integers(),
            st.lists(st.one_of(st.none(), st.dictionaries(st.text(), st.text()))),
        ),
    ),
)
def test_odd_data_never_raises(name, data):
    probes = ("link", "address", "gateway", "internet", "dns_system", "tls", "http", "gateway_radio")
    results = {probe: ProbeResult(probe, "ok", "", 1.0, data) for probe in probes}
    assert isinstance(brief(rung(name), results), str)


@pytest.mark.parametrize(
    ("name", "state", "results", "words"),
    [
        ("internet", "warn", result("internet", "ok") | result("internet_v6", "dead"), "works in part"),
        ("dns", "warn", result("dns_system", "ok", ms=12.4), "works in part"),
        ("dns", "bad", result("dns_system", "ok", ms=12.4), "gives wrong answers"),
        ("service", "warn", result("http", "ok"), "works in part"),
        ("internet", "bad", result("internet", "ok") | result("captive", "rewritten"), "sign-in page first"),
        ("dns", "bad", result("dns_system", "timeout"), "no answer"),
    ],
)
def test_a_rung_that_others_made_worse_does_not_sound_well(name, state, results, words):
    assert brief(rung(name, state), results) == words


@pytest.mark.parametrize(("state", "words"), [("bad", "does not work"), ("warn", "works in part")])
def test_trouble_that_only_other_probes_know_of_is_told_without_terms(state, words):
    results = {"dns_servers": ProbeResult("dns_servers", "unreachable", "192.0.2.1 silent, 4 tries", 1.0)}
    assert brief(rung("dns", state), results) == words
