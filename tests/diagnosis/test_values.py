"""Named values: what they say, and how a text reads without them."""

from __future__ import annotations

import pytest

from tests.support.batteries import GATEWAY, HOST, OWN_ADDRESS, battery, server, windows
from tshoot.diagnosis.values import fill, named_values, span


@pytest.mark.parametrize(
    ("text", "values", "read"),
    [
        (
            "The DNS server {dns_server} is silent.",
            {"dns_server": "10.0.0.1"},
            "The DNS server 10.0.0.1 is silent.",
        ),
        ("The DNS server {dns_server} is silent.", {}, "The DNS server is silent."),
        ("The clock is off ({skew}).", {}, "The clock is off."),
        ('It is not trusted ("{issuer}").', {}, "It is not trusted."),
        ('It is not trusted ("{issuer}").', {"issuer": "Box"}, 'It is not trusted ("Box").'),
        ("It made one up: {address}.", {}, "It made one up."),
        ("{host} and {service}", {"host": "{service}", "service": "x"}, "{service} and x"),
    ],
)
def test_fill(text: str, values: dict[str, str], read: str) -> None:
    assert fill(text, values) == read


def test_values_of_a_battery() -> None:
    values = named_values(
        battery(
            dns_servers=("some_dead", {"servers": [server("192.0.2.1", "silent"), server(GATEWAY)]}),
            clock=("wrong", {"offset_seconds": -5400.0}),
            http=("server_error", {"status": 503}),
            gateway=("lossy", {"windows": windows(7)}),
            tls=("expired", {"certificate": {"issuer": "Some CA", "not_after": "2026-03-04T05:06:07+00:00"}}),
        ),
        service="Example",
        host=HOST,
    )
    assert values["dns_server"] == "192.0.2.1"
    assert (values["gateway"], values["adapter"], values["address"]) == (GATEWAY, "eth0", OWN_ADDRESS)
    assert values["skew"] == "2 hours behind"
    assert values["status"] == "status 503"
    assert values["gateway_loss"] == "7 of 20 packets"
    assert (values["issuer"], values["expires"]) == ("Some CA", "4 March 2026")
    assert (values["service"], values["host"]) == ("Example", HOST)
    assert "chain_host" not in values


def test_values_are_harmless_text() -> None:
    tls = ("untrusted", {"certificate": {"issuer": "\x1b[31mEvil\u202e" + "x" * 400}})
    issuer = named_values(battery(tls=tls), service="s", host="h")["issuer"]
    assert "\x1b" not in issuer
    assert "\u202e" not in issuer
    assert len(issuer) <= 120


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(12, "12 seconds"), (89, "89 seconds"), (90, "2 minutes"), (7200, "2 hours"), (864000, "10 days")],
)
def test_span(seconds: float, words: str) -> None:
    assert span(seconds) == words
