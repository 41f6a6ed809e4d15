import asyncio
import datetime
import ssl
import time

import pytest
import trustme

from tests.support.loopback import (
    HERE,
    closed_port,
    closes,
    dns_readings,
    probe_context,
    resets,
    says,
    serving,
    stalls,
)
from tshoot.probes import tls, tls_others, tls_public
from tshoot.probes.anchors import Anchors, Operator, PortalCheck
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import Reading, plain_data
from tshoot.probes.tcp import TcpData
from tshoot.probes.tls_exchange import examine
from tshoot.target import Target

NAME = "service.test"
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA(organization_name="Good Authority")


@pytest.fixture
def trusting(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["http/1.1"])
    authority.configure_trust(context)
    return context


def server(authority, *names, **dates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    authority.issue_cert(*(names or (NAME,)), **dates).configure_cert(context)
    return context


async def reading(port, trusting, host=NAME, seconds=3.0):
    data = TcpData(host, port, "system", HERE)
    context = probe_context(
        target=Target(host, port=port),
        readings={"tcp": Reading("ok", "", data)},
        tls=trusting,
        seconds=seconds,
    )
    return await tls.run(context)


async def against(tls_server, trusting, host=NAME):
    async with serving(stalls, tls_server) as port:
        return await reading(port, trusting, host)


async def test_a_good_certificate(authority, trusting):
    found = await against(server(authority), trusting)
    assert found.outcome == "ok"
    assert found.data.version == "TLSv1.3"
    assert found.data.alpn == "http/1.1"
    assert found.data.certificate.names == (NAME,)
    assert found.data.certificate.issuer_organisation == "Good Authority"
    assert plain_data(found.data)["certificate"]["not_after"].endswith("+00:00")
    assert found.contacted == (HERE,)


async def test_an_address_as_target(authority, trusting):
    found = await against(server(authority, HERE), trusting, HERE)
    assert found.outcome == "ok"


async def test_expired(authority, trusting):
    bad = server(authority, not_before=NOW - 9 * DAY, not_after=NOW - DAY)
    found = await against(bad, trusting)
    assert found.outcome == "expired"
    assert found.data.certificate.problems == ("expired",)
    assert datetime.datetime.fromisoformat(found.data.certificate.not_after) < NOW


async def test_not_yet_valid(authority, trusting):
    bad = server(authority, not_before=NOW + DAY, not_after=NOW + 9 * DAY)
    found = await against(bad, trusting)
    assert found.outcome == "not_yet_valid"
    assert found.data.certificate.problems == ("not_yet_valid",)


async def test_wrong_host(authority, trusting):
    found = await against(server(authority, "other.test"), trusting)
    assert found.outcome == "wrong_host"
    assert found.data.certificate.names == ("other.test",)
    assert found.data.certificate.problems == ("wrong_host",)


async def test_wrong_address(authority, trusting):
    found = await against(server(authority), trusting, HERE)
    assert found.outcome == "wrong_host"


async def test_an_issuer_nobody_knows(trusting):
    found = await against(server(trustme.CA(organization_name="Box")), trusting)
    assert found.outcome == "untrusted"
    assert found.data.certificate.issuer_organisation == "Box"
    assert len(found.data.certificate.issuer_id) == 32


async def test_all_problems_are_told_beside_the_first(trusting):
    bad = server(trustme.CA(), "other.test", not_before=NOW - 9 * DAY, not_after=NOW - DAY)
    found = await against(bad, trusting)
    assert found.outcome in ("untrusted", "expired")
    assert found.data.certificate.problems == ("expired", "wrong_host")


async def test_reset_during_the_handshake(trusting):
    async with serving(resets) as port:
        assert (await reading(port, trusting)).outcome == "reset"


async def test_closed_during_the_handshake(trusting):
    async with serving(closes) as port:
        assert (await reading(port, trusting)).outcome == "closed"


@pytest.mark.parametrize(
    "answer",
    [
        bytes.fromhex("15030100020246"),  # alert: protocol_version, as from a server with TLS 1.0 only
        bytes.fromhex("15030300020228"),  # alert: handshake_failure, no cipher in common
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        bytes(range(256)),
    ],
)
async def test_no_agreement_or_no_tls_at_all(trusting, answer):
    async with serving(says(answer)) as port:
        found = await reading(port, trusting)
    assert found.outcome == "handshake"
    assert found.data.reason


async def test_silence_is_timeout_and_keeps_the_deadline(trusting):
    began = time.monotonic()
    async with serving(stalls) as port:
        found = await reading(port, trusting, seconds=0.4)
    assert found.outcome == "timeout"
    assert found.data.stage == "tls"
    assert time.monotonic() - began < 1.5


async def test_without_tcp_it_is_skipped(trusting):
    context = probe_context(readings={"tcp": Reading("refused", "")}, tls=trusting)
    found = await tls.run(context)
    assert found.outcome == "skipped"
    assert "refused" in found.detail


async def test_a_port_that_closed_meanwhile_is_no_verdict(trusting):
    assert (await reading(closed_port(), trusting)).outcome == "skipped"


async def test_cancelling_closes_the_connection(trusting):
    met, gone = asyncio.Event(), asyncio.Event()

    async def waits_for_the_end(reader, writer):
        await reader.read(1)
        met.set()
        await stalls(reader, writer)
        gone.set()

    async with serving(waits_for_the_end) as port, asyncio.timeout(5):
        context = probe_context(tls=trusting)
        task = asyncio.create_task(examine(context.shared, HERE, port, NAME, Deadline.after(9)))
        await met.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await gone.wait()


# ---------------------------------------------------------------- tls_public


async def public_reading(port, trusting, system, public):
    context = probe_context(
        target=Target(NAME, port=port), readings=dns_readings(system, public), tls=trusting, seconds=3
    )
    return await tls_public.run(context)


async def test_other_addresses_are_examined(authority, trusting):
    async with serving(stalls, server(authority)) as port:
        found = await public_reading(port, trusting, ("127.0.0.2",), (HERE,))
    assert found.outcome == "ok"
    assert found.contacted == (HERE,)


@pytest.mark.parametrize(("system", "public"), [((HERE,), (HERE, "127.0.0.2")), ((HERE,), ()), ((), (HERE,))])
async def test_with_nothing_to_compare_it_does_not_apply(trusting, system, public):
    found = await public_reading(closed_port(), trusting, system, public)
    assert found.outcome == "not_applicable"
    assert found.contacted == ()


async def test_a_failed_connection_is_no_verdict_on_certificates(trusting):
    found = await public_reading(closed_port(), trusting, ("127.0.0.2",), (HERE,))
    assert found.outcome == "skipped"


# ---------------------------------------------------------------- tls_others


async def others_reading(operators, trusting, seconds=3.0):
    return await tls_others.run(
        probe_context(anchors=Anchors(operators=tuple(operators)), tls=trusting, seconds=seconds)
    )


def operator(number, port, name=None):
    return Operator(f"op{number}", (HERE,), (), name or f"op{number}.test", "", port=port)


async def test_one_operator_that_verifies_is_enough(authority, trusting):
    async with serving(stalls, server(authority, "op1.test")) as good, serving(resets) as bad:
        found = await others_reading([operator(1, good), operator(2, bad)], trusting)
    assert found.outcome == "ok"
    assert [each.outcome for each in found.data.operators] == ["ok", "reset"]


async def test_the_same_unknown_issuer_everywhere(trusting):
    box = trustme.CA(organization_name="Box")
    async with (
        serving(stalls, server(box, "op1.test")) as one,
        serving(stalls, server(box, "op2.test")) as two,
    ):
        found = await others_reading([operator(1, one), operator(2, two)], trusting)
        target = await reading_of_target(box, trusting)
    assert found.outcome == "untrusted"
    assert found.data.same_issuer
    assert {each.issuer_id for each in found.data.operators} == {target.data.certificate.issuer_id}


async def reading_of_target(box, trusting):
    return await against(server(box), trusting)


async def test_different_unknown_issuers_are_told_apart(trusting):
    first, second = trustme.CA(organization_name="A"), trustme.CA(organization_name="B")
    async with (
        serving(stalls, server(first, "op1.test")) as one,
        serving(stalls, server(second, "op2.test")) as two,
    ):
        found = await others_reading([operator(1, one), operator(2, two)], trusting)
    assert found.outcome == "untrusted"
    assert not found.data.same_issuer


async def test_expired_everywhere_as_with_a_wrong_clock(authority, trusting):
    old = {"not_before": NOW - 9 * DAY, "not_after": NOW - DAY}
    async with (
        serving(stalls, server(authority, "op1.test", **old)) as one,
        serving(stalls, server(authority, "op2.test", **old)) as two,
    ):
        found = await others_reading([operator(1, one), operator(2, two)], trusting)
    assert found.outcome == "expired"


async def asked_elsewhere(trusting, port, operators):
    checks = (PortalCheck("check", "http://service.test/204", 204),)
    context = probe_context(
        anchors=Anchors(operators=operators, portal_checks=checks), tls=trusting, seconds=3.0
    )
    context.shared.names["service.test"] = asyncio.ensure_future(asyncio.sleep(0, (HERE,)))
    return await tls_others.run(context, port)


async def test_where_operators_are_closed_the_hosts_of_the_portal_checks_tell(authority, trusting):
    shut = (operator(1, closed_port()), operator(2, closed_port()))
    async with serving(stalls, server(authority)) as port:
        found = await asked_elsewhere(trusting, port, shut)
    assert found.outcome == "ok"
    assert [each.name for each in found.data.operators] == ["op1.test", "op2.test", "service.test"]
    assert "service.test ok" in found.detail


async def test_an_operator_that_verifies_leaves_the_portal_checks_alone(authority, trusting):
    async with serving(stalls, server(authority, "op1.test")) as good, serving(resets) as port:
        found = await asked_elsewhere(trusting, port, (operator(1, good),))
    assert [each.name for each in found.data.operators] == ["op1.test"]


async def test_a_box_on_the_way_is_seen_at_the_portal_checks_too(trusting):
    box = trustme.CA(organization_name="Box")
    async with serving(stalls, server(box)) as port:
        found = await asked_elsewhere(trusting, port, (operator(1, closed_port()),))
    assert found.outcome == "untrusted"


async def test_nobody_reached_is_no_evidence(trusting):
    found = await others_reading([operator(1, closed_port()), operator(2, closed_port())], trusting)
    assert found.outcome == "failed"


async def test_silent_operators_are_no_evidence_and_cost_no_more_than_the_deadline(trusting):
    began = time.monotonic()
    async with serving(stalls) as port:
        found = await others_reading([operator(1, port), operator(2, port)], trusting, seconds=0.4)
    assert found.outcome == "failed"
    assert time.monotonic() - began < 1.5


def told(outcome, stage="tls"):
    return tls_others.OperatorTls("op", "op.test", HERE, outcome, stage)


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ([told("untrusted"), told("expired")], "failed"),
        ([told("untrusted"), told("untrusted"), told("expired")], "untrusted"),
        ([told("untrusted"), told("timeout")], "untrusted"),
        ([told("wrong_host"), told("wrong_host")], "failed"),
        ([told("reset"), told("reset")], "failed"),
        ([told("refused", "tcp"), told("handshake")], "handshake"),
    ],
)
def test_what_the_operators_say_together(results, outcome):
    assert tls_others.judge(results) == outcome
