import asyncio
import email.utils
import ssl
import time

import pytest

from tests.support.loopback import (
    HERE,
    closed_port,
    dns_readings,
    page,
    probe_context,
    reset,
    resets,
    says,
    serving,
    stalls,
)
from tshoot.host.model import HostState, Proxy
from tshoot.probes import http
from tshoot.probes.deadline import Deadline
from tshoot.probes.http_exchange import MOST_BODY, Question, ask
from tshoot.probes.http_walk import redirect_target
from tshoot.probes.model import Reading, plain_data
from tshoot.probes.tcp import TcpData
from tshoot.target import Target

NAME = "service.test"


@pytest.fixture
def tls_server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME, "id.test", HERE).configure_cert(context)
    return context


async def reading(port, trusting, *, host=NAME, state=None, names=None, seconds=4.0, path="/"):
    tcp = Reading("ok", "", TcpData(host, port, "system", HERE))
    context = probe_context(
        target=Target(host, port=port, path=path),
        readings={"tcp": tcp, **dns_readings()},
        tls=trusting,
        host=state,
        names={"id.test": (HERE,), "gone.test": (), **(names or {})},
        seconds=seconds,
    )
    return await http.run(context)


async def against(handler, tls_server, trusting, **given):
    async with serving(handler, tls_server) as port:
        return await reading(port, trusting, **given)


def requests(log):
    """A handler that answers by path: a table of path → answer, or a function of the request."""

    def handler_for(answer):
        async def handler(reader, writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            log.append(head)
            writer.write(answer(head))
            await writer.drain()

        return handler

    return handler_for


def moved(to, status="302 Found", *headers):
    return page(status, b"", b"Location: " + to.encode("latin-1"), *headers)


async def test_a_page(tls_server, trusting):
    log = []
    found = await against(
        requests(log)(lambda head: page(body=b"hello")), tls_server, trusting, path="/in?a=1"
    )
    assert found.outcome == "ok"
    assert found.data.status == 200
    assert found.contacted == (HERE,)
    head = log[0].lower()
    assert head.startswith("get /in?a=1 http/1.1\r\n")
    assert f"host: {NAME}:" in head
    assert "cookie:" not in head
    hop = found.data.hops[0]
    assert hop.tcp_ms is not None
    assert hop.tls_ms is not None
    assert hop.first_byte_ms is not None
    assert found.data.dns_ms == 1.5
    assert plain_data(found.data)["hops"][0]["host"] == NAME


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("204 No Content", "ok"),
        ("401 Unauthorized", "ok"),
        ("404 Not Found", "client_error"),
        ("410 Gone", "client_error"),
        ("403 Forbidden", "forbidden"),
        ("451 Unavailable For Legal Reasons", "forbidden"),
        ("429 Too Many Requests", "rate_limited"),
        ("431 Request Header Fields Too Large", "header_too_large"),
        ("500 Oops", "server_error"),
        ("503 Maintenance", "server_error"),
    ],
)
async def test_what_a_status_says(tls_server, trusting, status, outcome):
    answer = page(status, b"", b"Retry-After: 120")
    found = await against(says(answer), tls_server, trusting)
    assert found.outcome == outcome
    assert found.data.status == int(status[:3])
    assert found.data.retry_after == "120"


async def test_a_bad_request_for_its_size(tls_server, trusting):
    body = b"<html>400 Request Header Or Cookie Too Large</html>"
    found = await against(says(page("400 Bad Request", body)), tls_server, trusting)
    assert found.outcome == "header_too_large"


async def test_hostile_headers_are_made_harmless(tls_server, trusting):
    answer = page("503 x", b"", b"Retry-After: \xff\xfe\x9b31m" + b"9" * 500)
    found = await against(says(answer), tls_server, trusting)
    assert found.outcome == "server_error"
    assert len(found.data.retry_after) <= 120
    assert "\x9b" not in found.data.retry_after


async def test_a_header_with_an_escape_is_no_http(tls_server, trusting):
    found = await against(says(page("200 OK", b"", b"X-Bad: a\x00b")), tls_server, trusting)
    assert found.outcome == "server_error"
    assert "\x00" not in found.data.reason


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n\r\n", b"\x00" * 300 + b"\r\n\r\n"])
async def test_an_answer_that_is_no_http(tls_server, trusting, answer):
    found = await against(says(answer), tls_server, trusting)
    assert found.outcome == "server_error"
    assert found.data.status is None


async def test_a_flood_of_headers_ends(tls_server, trusting):
    async def floods(reader, writer):
        await reader.read(65536)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not reader.at_eof():
            writer.write(b"X-More: " + b"x" * 4000 + b"\r\n")
            await writer.drain()

    found = await against(floods, tls_server, trusting)
    assert found.outcome == "server_error"


async def test_a_flood_of_body_ends(tls_server, trusting):
    async def floods(reader, writer):
        await reader.read(65536)
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not reader.at_eof():
            writer.write(b"x" * 16000)
            await writer.drain()

    async with serving(floods, tls_server) as port:
        question = Question("https", NAME, port, "/", HERE)
        answer = await ask(question, trusting, Deadline.after(3))
    assert answer.outcome == "answer"
    assert len(answer.body) == MOST_BODY


async def test_reset_before_the_answer(tls_server, trusting):
    found = await against(resets, tls_server, trusting)
    assert found.outcome == "reset"


async def test_closed_before_the_answer(tls_server, trusting):
    found = await against(says(b""), tls_server, trusting)
    assert found.outcome == "closed"


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhal"]
)
async def test_closed_in_the_middle_of_the_answer(tls_server, trusting, start):
    found = await against(says(start), tls_server, trusting)
    assert found.outcome == "closed"


async def test_reset_in_the_middle_of_the_answer(tls_server, trusting):
    async def handler(reader, writer):
        await reader.read(65536)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhal")
        await writer.drain()
        reset(writer)

    found = await against(handler, tls_server, trusting)
    assert found.outcome in ("reset", "closed")


async def test_a_server_that_never_answers(tls_server, trusting):
    began = time.monotonic()
    found = await against(stalls, tls_server, trusting, seconds=0.6)
    assert found.outcome == "timeout"
    assert found.data.hops[0].stage == "request"
    assert time.monotonic() - began < 2


async def test_a_body_that_stops_is_silence(tls_server, trusting):
    async def handler(reader, writer):
        await reader.read(65536)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        await stalls(reader, writer)

    found = await against(handler, tls_server, trusting, seconds=0.6)
    assert found.outcome == "timeout"
    assert found.data.hops[0].stage == "body"


async def test_an_untrusted_certificate_is_for_the_tls_probe_to_tell(tls_server):
    found = await against(stalls, tls_server, ssl.create_default_context())
    assert found.outcome == "skipped"
    assert "TLS" in found.detail


async def test_without_tcp_it_is_skipped(trusting):
    context = probe_context(readings={"tcp": Reading("timeout", ""), **dns_readings()}, tls=trusting)
    assert (await http.run(context)).outcome == "skipped"


async def test_a_port_that_closed_meanwhile_is_no_verdict(trusting):
    assert (await reading(closed_port(), trusting)).outcome == "skipped"


async def test_redirects_are_followed(tls_server, trusting):
    log = []

    def answer(head):
        return page(body=b"in") if "/sign-in" in head else moved("/sign-in", "302 Found", b"Set-Cookie: a=1")

    found = await against(requests(log)(answer), tls_server, trusting)
    assert found.outcome == "ok"
    assert [hop.status for hop in found.data.hops] == [302, 200]
    assert "cookie" not in log[1].lower()


async def test_a_redirect_to_another_host(tls_server, trusting):
    async with serving(says(page()), tls_server) as other:
        found = await against(says(moved(f"https://id.test:{other}/")), tls_server, trusting)
    assert found.outcome == "ok"
    assert [hop.host for hop in found.data.hops] == [NAME, "id.test"]
    assert found.data.hops[0].to == "id.test"


async def test_the_last_answer_decides(tls_server, trusting):
    async with serving(says(page("503 x")), tls_server) as other:
        found = await against(says(moved(f"https://id.test:{other}/")), tls_server, trusting)
    assert found.outcome == "server_error"
    assert found.data.hop == "id.test"


async def test_back_and_forth_is_a_loop(tls_server, trusting):
    def answer(head):
        return moved("/a") if "GET /b" in head else moved("/b")

    found = await against(requests([])(answer), tls_server, trusting)
    assert found.outcome == "redirect_loop"
    assert not found.data.cookies_needed


async def test_more_than_ten_redirects_are_a_loop(tls_server, trusting):
    log = []
    handler = requests(log)(lambda head: moved(f"/{len(log)}"))
    found = await against(handler, tls_server, trusting)
    assert found.outcome == "redirect_loop"
    assert len(log) == 11


async def test_a_site_that_wants_its_cookie_back_is_no_loop(tls_server, trusting):
    log = []

    def answer(head):
        return page() if "seen=1" in head else moved("/", "302 Found", b"Set-Cookie: seen=1; Path=/")

    found = await against(requests(log)(answer), tls_server, trusting)
    assert found.outcome == "ok"
    assert found.data.cookies_needed


async def test_a_loop_with_and_without_cookies_is_one(tls_server, trusting):
    answer = moved("/", "302 Found", b"Set-Cookie: seen=1; Path=/")
    found = await against(requests([])(lambda head: answer), tls_server, trusting)
    assert found.outcome == "redirect_loop"


async def test_a_hop_to_a_dead_port(tls_server, trusting):
    found = await against(says(moved(f"https://id.test:{closed_port()}/")), tls_server, trusting)
    assert found.outcome == "hop_down"
    assert found.data.hop == "id.test"
    assert "refused" in found.data.reason


async def test_a_hop_without_an_address(tls_server, trusting):
    found = await against(says(moved("https://gone.test/")), tls_server, trusting)
    assert found.outcome == "hop_down"
    assert found.data.hop == "gone.test"


async def test_a_hop_with_a_bad_certificate(tls_server, trusting):
    async with serving(says(page()), tls_server) as other:
        found = await against(
            says(moved(f"https://wrong.test:{other}/")), tls_server, trusting, names={"wrong.test": (HERE,)}
        )
    assert found.outcome == "hop_down"
    assert found.data.hop == "wrong.test"


async def test_an_end_on_plain_http_is_not_fine(tls_server, trusting):
    async with serving(says(page())) as other:
        found = await against(says(moved(f"http://id.test:{other}/")), tls_server, trusting)
    assert found.outcome == "client_error"
    assert found.data.downgraded


@pytest.mark.parametrize("location", ["app://open", "", "https://", "https://[bad/", "https://x:99999/"])
async def test_a_redirect_that_leads_nowhere(tls_server, trusting, location):
    found = await against(says(moved(location)), tls_server, trusting)
    assert found.outcome == "client_error"
    assert len(found.data.hops) == 1


async def test_a_location_of_odd_bytes_is_taken_as_a_path(tls_server, trusting):
    found = await against(says(moved("\xff\xfe")), tls_server, trusting)
    assert found.outcome == "redirect_loop"


async def test_a_proxy_is_named_but_not_used(tls_server, trusting, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://{HERE}:{closed_port()}")
    state = HostState("linux", proxies=(Proxy("https", "http://proxy.test:3128", "environment"),))
    found = await against(says(page()), tls_server, trusting, state=state)
    assert found.outcome == "ok"
    assert found.data.proxy_configured == "http://proxy.test:3128"


async def test_the_servers_clock(tls_server, trusting):
    date = email.utils.formatdate(time.time() - 3600, usegmt=True)
    found = await against(says(page("200 OK", b"", f"Date: {date}".encode())), tls_server, trusting)
    assert found.data.date.host == NAME
    assert abs(found.data.date.ahead - 3600) <= found.data.date.margin + 0.5


@pytest.mark.parametrize(
    "headers", [(b"Date: nonsense",), (b"Date: Fri, 20 Nov 2026 00:00:00 GMT", b"Age: 3")]
)
async def test_a_date_that_tells_nothing(tls_server, trusting, headers):
    found = await against(says(page("200 OK", b"", *headers)), tls_server, trusting)
    assert found.data.date is None


async def test_a_slow_answer_is_not_asked_for_twice(tls_server, trusting):
    heads = []

    async def slow(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        await asyncio.sleep(0.9)
        writer.write(page())
        await writer.drain()

    found = await against(slow, tls_server, trusting)
    assert found.outcome == "ok"
    assert len(heads) == 1


async def test_a_silent_handshake_is_tried_again(trusting, tls_server):
    met = []

    async def first_is_lost(reader, writer):
        met.append(1)
        if len(met) == 1:
            return await stalls(reader, writer)
        return None

    async with serving(first_is_lost) as port:
        found = await reading(port, trusting)
    assert len(met) == 2
    assert found.outcome == "skipped"


async def test_silence_of_a_host_that_answered_before_is_timeout_not_a_dead_hop(tls_server, trusting):
    answers = []

    async def mute_later(reader, writer):
        await reader.read(65536)
        answers.append(1)
        if len(answers) > 1:
            return await stalls(reader, writer)
        writer.write(moved("/next"))
        return await writer.drain()

    found = await against(mute_later, tls_server, trusting, seconds=0.8)
    assert found.outcome == "timeout"


async def test_cancelling_closes_the_connection(tls_server, trusting):
    met, gone = asyncio.Event(), asyncio.Event()

    async def waits(reader, writer):
        await reader.read(1)
        met.set()
        await stalls(reader, writer)
        gone.set()

    async with serving(waits, tls_server) as port, asyncio.timeout(5):
        task = asyncio.create_task(reading(port, trusting))
        await met.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await gone.wait()


def test_where_a_redirect_leads():
    asked = Question("https", "a.test", 443, "/x/y?z=1", HERE)
    assert redirect_target(asked, "../w?q#f") == Question("https", "a.test", 443, "/w?q", "")
    assert redirect_target(asked, "//b.test:8443") == Question("https", "b.test", 8443, "/", "")
    assert redirect_target(asked, "http://B.test").scheme == "http"
    assert redirect_target(asked, "http://B.test").host == "b.test"
    assert redirect_target(asked, "javascript:alert(1)") is None


async def test_a_redirect_from_the_internet_into_this_network_is_not_followed(trusting, monkeypatch):
    from tshoot.probes import http_walk
    from tshoot.probes.http_exchange import HttpAnswer

    async def answers(question, *rest, **more):
        return HttpAnswer(
            question, "answer", "body", status=302, headers={"location": f"https://{HERE}/reset"}
        )

    monkeypatch.setattr(http_walk, "ask", answers)
    contacted = []
    first = Question("https", NAME, 443, "/", "8.8.8.8")
    walked = await http_walk.walk(probe_context(tls=trusting), first, Deadline.after(1), contacted)
    assert walked.end == "private"
    assert contacted == ["8.8.8.8"]
