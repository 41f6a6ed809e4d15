import email.utils
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.loopback import (
    HERE,
    closed_port,
    dns_readings,
    page,
    probe_context,
    resets,
    says,
    serving,
    stalls,
)
from tshoot.probes import captive
from tshoot.probes.anchors import Anchors, PortalCheck
from tshoot.probes.http_exchange import HttpAnswer, Question
from tshoot.probes.portal_answer import CheckAnswer, judge, what_it_says

RIGHT = page("204 No Content")
PORTAL = page("302 Found", b"", b"Location: http://login.portal.test/?u=1")
REWRITTEN = page("200 OK", b"<html>Welcome to our network</html>")


async def reading(*ports, names=None, seconds=4.0, extra=()):
    checks = tuple(
        PortalCheck(f"op{number}", f"http://check{number}.test:{port}/generate_204", 204)
        for number, port in enumerate(ports)
    )
    resolved = {f"check{number}.test": (HERE,) for number in range(len(ports))}
    context = probe_context(
        anchors=Anchors(portal_checks=(*checks, *extra)),
        readings=dns_readings(),
        names={**resolved, **(names or {})},
        seconds=seconds,
    )
    return await captive.run(context)


async def test_all_answers_are_right():
    async with serving(says(RIGHT)) as one, serving(says(RIGHT)) as two:
        found = await reading(one, two)
    assert found.outcome == "open"
    assert found.contacted == (HERE, HERE)


async def test_the_request_is_plain_and_for_the_right_host():
    heads = []

    async def handler(reader, writer):
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
        writer.write(RIGHT)
        await writer.drain()

    async with serving(handler) as port:
        await reading(port)
    assert heads[0].startswith("get /generate_204 http/1.1\r\n")
    assert f"host: check0.test:{port}\r\n" in heads[0]
    assert "cookie" not in heads[0]


async def test_a_portal_that_redirects():
    async with serving(says(PORTAL)) as one, serving(says(PORTAL)) as two:
        found = await reading(one, two)
    assert found.outcome == "redirected"
    assert {check.location_host for check in found.data.checks} == {"login.portal.test"}


async def test_a_redirect_is_not_followed():
    async with serving(says(RIGHT)) as elsewhere:
        location = f"Location: http://{HERE}:{elsewhere}/".encode()
        async with serving(says(page("302 Found", b"", location))) as one:
            found = await reading(one)
    assert found.outcome == "redirected"
    assert found.data.checks[0].status == 302


async def test_a_portal_that_rewrites():
    async with serving(says(REWRITTEN)) as one, serving(says(REWRITTEN)) as two:
        found = await reading(one, two)
    assert found.outcome == "rewritten"


async def test_one_operator_alone_against_a_right_answer_is_unclear():
    async with serving(says(REWRITTEN)) as one, serving(says(RIGHT)) as two:
        found = await reading(one, two)
    assert found.outcome == "unclear"


async def test_one_operator_shows_it_and_nobody_contradicts():
    async with serving(says(PORTAL)) as one:
        found = await reading(one, closed_port())
    assert found.outcome == "redirected"


async def test_failed_connections_are_no_portal():
    async with serving(resets) as one:
        found = await reading(one, closed_port())
    assert found.outcome == "blocked"
    assert [check.said for check in found.data.checks] == ["silent", "silent"]
    assert found.data.checks[1].reason == "refused"


async def test_silence_keeps_the_deadline():
    began = time.monotonic()
    async with serving(stalls) as one, serving(stalls) as two:
        found = await reading(one, two, seconds=0.5)
    assert found.outcome == "blocked"
    assert time.monotonic() - began < 1.5


async def test_without_names_it_is_skipped():
    found = await reading(closed_port(), names={"check0.test": ()})
    assert found.outcome == "skipped"
    assert found.contacted == ()


async def test_a_body_that_must_match():
    check = PortalCheck("mozilla", "", 200, "success")

    async def with_body(body):
        async with serving(says(page("200 OK", body))) as port:
            named = PortalCheck("mozilla", f"http://check.test:{port}/success.txt", 200, check.body)
            return await reading(extra=(named,), names={"check.test": (HERE,)})

    assert (await with_body(b"success\n")).outcome == "open"
    assert (await with_body(b"failure\n")).outcome == "rewritten"


async def test_hostile_portal_headers_are_made_harmless():
    location = b"Location: http://\xe2\x80\xaeevil\x9b.test/"
    async with serving(says(page("302 Found", b"", location))) as one:
        found = await reading(one)
    assert found.outcome == "redirected"
    assert not set(found.data.checks[0].location_host) & {"\x9b", "\u202e"}


async def test_the_answers_tell_the_time():
    date = email.utils.formatdate(time.time(), usegmt=True).encode()
    async with serving(says(page("204 No Content", b"", b"Date: " + date))) as one:
        found = await reading(one)
    assert found.data.dates[0].host == "check0.test"
    assert abs(found.data.dates[0].ahead) < 2


def said(check, status, body=b"", location="", outcome="answer"):
    question = Question("http", "check.test", 80, "/", HERE)
    headers = {"location": location} if location else {}
    return what_it_says(
        check, HttpAnswer(question, outcome, "body", status=status, headers=headers, body=body)
    )


NO_CONTENT = PortalCheck("op", "http://check.test/", 204)
TEXT = PortalCheck("op", "http://check.test/", 200, "success")


@pytest.mark.parametrize(
    ("check", "answer", "expected"),
    [
        (NO_CONTENT, {"status": 204}, "right"),
        (NO_CONTENT, {"status": 200}, "right"),
        (NO_CONTENT, {"status": 200, "body": b"\n"}, "right"),
        (NO_CONTENT, {"status": 200, "body": b"<html>"}, "rewritten"),
        (NO_CONTENT, {"status": 403, "body": b"<html>"}, "rewritten"),
        (NO_CONTENT, {"status": 511, "body": b"<html>"}, "redirected"),
        (NO_CONTENT, {"status": 502, "body": b"<html>"}, "odd"),
        (NO_CONTENT, {"status": 404}, "odd"),
        (NO_CONTENT, {"status": 302, "location": "http://other.test/"}, "redirected"),
        (NO_CONTENT, {"status": 301, "location": "https://check.test/"}, "odd"),
        (NO_CONTENT, {"status": 301, "location": "/same"}, "odd"),
        (NO_CONTENT, {"status": 302}, "odd"),
        (NO_CONTENT, {"status": None, "outcome": "timeout"}, "silent"),
        (TEXT, {"status": 200, "body": b" success\r\n"}, "right"),
        (TEXT, {"status": 200}, "odd"),
        (TEXT, {"status": 204}, "odd"),
        (TEXT, {"status": 200, "body": b"success!"}, "rewritten"),
    ],
)
def test_what_one_answer_says(check, answer, expected):
    assert said(check, **answer) == expected


SAID = st.sampled_from(["right", "redirected", "rewritten", "odd", "silent", "unresolved"])


@given(st.lists(SAID, min_size=1, max_size=5))
def test_a_right_answer_is_never_outvoted_by_one_operator(kinds):
    answers = [CheckAnswer(f"op{number}", "h", kind) for number, kind in enumerate(kinds)]
    outcome = judge(answers)
    shown = sum(kind in ("redirected", "rewritten") for kind in kinds)
    if outcome in ("redirected", "rewritten"):
        assert shown >= 2 or (shown == 1 and "right" not in kinds)
    if outcome == "open":
        assert "right" in kinds
        assert shown == 0
    if shown >= 2:
        assert outcome in ("redirected", "rewritten")


def test_two_checks_of_one_operator_are_one_voice():
    answers = [
        CheckAnswer("a", "h", "rewritten"),
        CheckAnswer("a", "h", "rewritten"),
        CheckAnswer("b", "h", "right"),
    ]
    assert judge(answers) == "unclear"
