import ssl

import pytest

from tests.support.loopback import (
    HERE,
    closed_port,
    closes,
    page,
    probe_context,
    says,
    serving,
    silent_port,
    stalls,
)
from tests.support.proxies import connect_proxy, refusing_proxy, socks_proxy
from tshoot.host.model import HostState, Proxy
from tshoot.probes import proxy
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.model import Reading, plain_data
from tshoot.target import Target

NAME = "service.test"
"""A name nobody resolves here: only the proxy has to know it."""


@pytest.fixture
def tls_server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME, "proxy.test", HERE).configure_cert(context)
    return context


def state(url, scheme="https", no_proxy=(), source="environment variable HTTPS_PROXY"):
    return HostState("linux", proxies=(Proxy(scheme, url, source),), no_proxy=no_proxy)


async def run(host, trusting, *, seconds=4.0, tls="skipped", name=NAME, anchors=None):
    context = probe_context(
        target=Target(name),
        host=host,
        tls=trusting,
        seconds=seconds,
        readings={"tls": Reading(tls, "")},
        anchors=anchors,
    )
    return await proxy.run(context)


async def through(handler, trusting, *, scheme="http", proxy_tls=None, **given):
    async with serving(handler, proxy_tls) as port:
        return await run(state(f"{scheme}://{HERE}:{port}"), trusting, **given)


async def test_without_a_proxy_nothing_is_sent(trusting):
    reading = await run(HostState("linux"), trusting)
    assert (reading.outcome, reading.contacted) == ("none", ())


async def test_a_proxy_for_plain_http_only_is_none_for_the_target(trusting):
    reading = await run(state(f"http://{HERE}:{closed_port()}", scheme="http"), trusting)
    assert reading.outcome == "none"


@pytest.mark.parametrize("entry", ["service.test", ".test", "*"])
async def test_what_goes_around_the_proxy_is_bypassed(trusting, entry):
    reading = await run(state(f"http://{HERE}:{closed_port()}", no_proxy=(entry,)), trusting)
    assert (reading.outcome, reading.contacted) == ("bypassed", ())


@pytest.mark.parametrize("scheme", ["https", "all"])
@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (page(), 200, "ok"),
        (page("302 Found", b"", b"Location: https://id.test/"), 302, "ok"),
        (page("503 Service Unavailable"), 503, "server_error"),
        (page("403 Forbidden"), 403, "forbidden"),
    ],
)
async def test_the_target_answers_through_the_proxy(trusting, tls_server, scheme, answer, status, said):
    seen = []
    async with serving(says(answer), tls_server) as far, serving(connect_proxy(far, seen=seen)) as port:
        reading = await run(state(f"http://{HERE}:{port}", scheme=scheme), trusting)
    data = plain_data(reading.data)
    assert (reading.outcome, data["http_status"], data["answer"]) == ("ok", status, said)
    assert (data["connect_status"], seen) == (200, [f"{NAME}:443"])
    assert reading.contacted == (HERE,)


async def test_an_https_proxy_is_spoken_to_over_tls(trusting, tls_server):
    async with serving(says(page()), tls_server) as far:
        reading = await through(connect_proxy(far), trusting, scheme="https", proxy_tls=tls_server)
    assert (reading.outcome, reading.data.http_status) == ("ok", 200)


async def test_an_https_proxy_that_speaks_plain_is_failing(trusting):
    reading = await through(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), trusting, scheme="https")
    assert (reading.outcome, reading.data.stage) == ("failing", "connect")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(407, "auth_required"), (502, "failing"), (503, "failing"), (504, "failing"), (403, "failing")],
)
async def test_the_proxys_own_answer_counts(trusting, status, outcome):
    reading = await through(refusing_proxy(status), trusting)
    assert (reading.outcome, reading.data.connect_status) == (outcome, status)
    assert f"status {status}" in reading.detail


async def test_a_proxy_that_refuses_is_unreachable(trusting):
    reading = await run(state(f"http://{HERE}:{closed_port()}"), trusting)
    assert (reading.outcome, reading.data.stage, reading.data.trouble) == ("unreachable", "tcp", "refused")


async def test_a_proxy_that_drops_packets_is_unreachable(trusting):
    with silent_port() as port:
        reading = await run(state(f"http://{HERE}:{port}"), trusting, seconds=0.6)
    assert (reading.outcome, reading.data.trouble) == ("unreachable", "timeout")


async def test_a_proxy_whose_name_is_unknown_is_unreachable(trusting):
    reading = await run(state("http://proxy.invalid:3128"), trusting)
    assert (reading.outcome, reading.data.stage, reading.contacted) == ("unreachable", "name", ())


async def test_a_proxy_that_accepts_and_is_silent_is_unreachable(trusting):
    reading = await through(stalls, trusting, seconds=0.6)
    assert (reading.outcome, reading.data.stage, reading.data.trouble) == (
        "unreachable",
        "connect",
        "timeout",
    )


async def test_a_proxy_that_is_silent_for_the_target_only_is_failing(trusting, tls_server):
    operator = Anchors((Operator("a", ("192.0.2.1",), (), "a.test", ""),))
    async with serving(says(page()), tls_server) as far:
        handler = connect_proxy(far, silent_for=f"{NAME}:443")
        reading = await through(handler, trusting, seconds=1.5, anchors=operator)
    assert (reading.outcome, reading.data.trouble) == ("failing", "timeout")


async def test_a_proxy_that_hangs_up_is_failing(trusting):
    reading = await through(closes, trusting)
    assert (reading.outcome, reading.data.trouble) == ("failing", "closed")


@pytest.mark.parametrize(
    ("direct", "outcome"),
    [("skipped", "failing"), ("ok", "failing"), ("untrusted", "ok"), ("timeout", "failing")],
)
async def test_broken_tls_is_the_proxys_fault_unless_it_is_broken_without_it(tls_server, direct, outcome):
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with serving(says(page()), tls_server) as far:
        reading = await through(connect_proxy(far), stranger, tls=direct)
    assert (reading.outcome, reading.data.trouble, reading.data.answer) == (outcome, "untrusted", "")


async def test_a_password_is_used_and_never_told(trusting, tls_server, monkeypatch):
    async with (
        serving(says(page()), tls_server) as far,
        serving(connect_proxy(far, login="al:s3cr%t")) as port,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"http://al:s3cr%25t@{HERE}:{port}")
        reading = await run(state(f"http://{HERE}:{port}"), trusting)
        monkeypatch.delenv("HTTPS_PROXY")
        without = await run(state(f"http://{HERE}:{port}"), trusting)
    assert (reading.outcome, reading.data.login) == ("ok", True)
    assert (without.outcome, without.data.login) == ("auth_required", False)
    assert "s3cr" not in repr(reading)


async def test_socks_leads_to_the_target(trusting, tls_server):
    seen = []
    async with serving(stalls, tls_server) as far:
        reading = await through(socks_proxy(far, seen=seen), trusting, scheme="socks5h")
    assert (reading.outcome, reading.data.answer, seen) == ("ok", "ok", [f"{NAME}:443"])


@pytest.mark.parametrize(
    ("handler", "outcome"),
    [
        (socks_proxy(0, method=255), "auth_required"),
        (socks_proxy(0, reply=4), "failing"),
        (says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "failing"),
        (closes, "failing"),
    ],
)
async def test_socks_that_fails(trusting, handler, outcome):
    assert (await through(handler, trusting, scheme="socks5")).outcome == outcome


async def test_socks_4_is_not_measured(trusting):
    reading = await through(stalls, trusting, scheme="socks4")
    assert reading.outcome == "not_applicable"


async def test_hostile_status_lines_are_no_exception(trusting):
    for answer in (
        b"\xff\xfe garbage\r\n\r\n",
        b"HTTP/1.1 999999 x\r\n\r\n",
        b"HTTP/1.1 407\r\n" + b"a: b\r\n" * 999,
    ):
        assert (await through(says(answer), trusting, seconds=1.0)).outcome in proxy.SPEC.outcomes


async def test_a_proxy_is_not_blamed_for_an_ipv6_literal(trusting):
    reading = await through(refusing_proxy(400), trusting, name="2001:db8::1")
    assert (reading.outcome, reading.contacted) == ("not_applicable", ())
