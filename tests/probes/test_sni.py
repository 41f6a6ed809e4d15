"""Greetings under different names against real servers on loopback."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.loopback import HERE, probe_context, reset, serving
from tshoot.probes import sni
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.model import Reading
from tshoot.probes.sign_in_chain import ChainData, ChainHost
from tshoot.probes.sni import Greeting, judge, judge_elsewhere
from tshoot.probes.tcp import TcpData
from tshoot.probes.tls_others import OperatorTls, OthersData
from tshoot.target import Target

NAME = "account.service.test"
ALERT = bytes([21, 3, 3, 0, 2, 2, 40])
OTHERS = Reading("ok", "", OthersData((OperatorTls("a", "a.test", HERE, "ok"),)))

NO_CHAIN = Reading("not_applicable", "")


def server(own: str, other: str = "alert"):
    """A handler that treats greetings by the name they ask for: alert, close, reset or hang."""

    async def handler(reader, writer) -> None:
        hello = await reader.read(65536)
        fate = own if NAME.encode() in hello else other
        if fate == "alert":
            writer.write(ALERT)
            await writer.drain()
        elif fate == "reset":
            reset(writer)
        elif fate == "hang":
            while await reader.read(65536):
                pass

    return handler


async def measured(
    port: int,
    tls: str,
    *,
    elsewhere: int = 0,
    others: Reading = OTHERS,
    chain: Reading = NO_CHAIN,
    host: str = NAME,
    tcp: str = "ok",
) -> Reading:
    operators = (Operator("a", (HERE,), (), "a.test", "", port=elsewhere),) if elsewhere else ()
    context = probe_context(
        target=Target(host, port=port),
        anchors=Anchors(operators=operators, control_names=("example.com",)),
        readings={
            "tcp": Reading(tcp, "", TcpData(host, port, "system", HERE)),
            "tls": Reading(tls, ""),
            "tls_others": others,
            "sign_in_chain": chain,
        },
    )
    return await sni.run(context)


@pytest.mark.parametrize(("fate", "tls"), [("reset", "reset"), ("close", "closed")])
async def test_a_name_that_fails_here_and_elsewhere_is_filtered(fate: str, tls: str) -> None:
    async with serving(server(fate)) as port, serving(server(fate)) as operator:
        found = await measured(port, tls, elsewhere=operator)
    assert found.outcome == "filtered"
    assert (found.data.own, found.data.neutral, found.data.elsewhere) == (tls, "handshake", "fails")
    assert found.contacted == (HERE,)


async def test_a_silent_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sni, "SECONDS", 0.3)
    async with serving(server("hang")) as port, serving(server("hang")) as operator:
        found = await measured(port, "timeout", elsewhere=operator)
    assert found.outcome == "filtered"


async def test_a_name_that_passes_elsewhere_is_the_sites_own_fault() -> None:
    async with serving(server("reset")) as port, serving(server("alert")) as operator:
        found = await measured(port, "reset", elsewhere=operator)
    assert (found.outcome, found.data.elsewhere) == ("site_only", "answers")


async def test_without_an_operator_the_address_itself_decides() -> None:
    async with serving(server("reset")) as port:
        found = await measured(port, "reset")
    assert (found.outcome, found.data.elsewhere) == ("filtered", "unknown")


@pytest.mark.parametrize("fate", ["reset", "close"])
async def test_a_server_that_cuts_off_every_name(fate: str) -> None:
    async with serving(server(fate, fate)) as port:
        assert (await measured(port, "reset")).outcome == "same"


async def test_a_name_that_is_answered_after_all() -> None:
    async with serving(server("alert")) as port:
        assert (await measured(port, "reset")).outcome == "same"


@pytest.mark.parametrize(("others", "outcome"), [("ok", "silent"), ("failed", "same")])
async def test_a_server_that_hangs_is_silent_where_others_answer(
    monkeypatch: pytest.MonkeyPatch, others: str, outcome: str
) -> None:
    monkeypatch.setattr(sni, "SECONDS", 0.3)
    async with serving(server("hang", "hang")) as port:
        found = await measured(port, "timeout", others=Reading(others, "", OthersData()))
    assert found.outcome == outcome


async def test_a_server_that_hangs_is_silent_where_other_hosts_of_the_sign_in_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sni, "SECONDS", 0.3)
    chain = Reading("part_down", "", ChainData((ChainHost("b", "tls", "reset"), ChainHost("a", "tls", "ok"))))
    async with serving(server("hang", "hang")) as port:
        found = await measured(port, "timeout", others=Reading("failed", "", OthersData()), chain=chain)
    assert found.outcome == "silent"


@pytest.mark.parametrize("tls", ["ok", "expired", "wrong_host", "untrusted", "handshake"])
async def test_an_answer_needs_no_comparison(tls: str) -> None:
    async with asyncio.timeout(0.5):
        assert (await measured(1, tls)).outcome == "ok"


async def test_without_a_connection_or_a_name_there_is_nothing_to_compare() -> None:
    assert (await measured(1, "timeout", tcp="refused")).outcome == "not_applicable"
    assert (await measured(1, "reset", host="192.0.2.1")).outcome == "not_applicable"


async def test_it_starts_beside_a_handshake_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sni, "SECONDS", 0.3)
    monkeypatch.setattr(sni, "PATIENCE", 0.05)
    async with serving(server("hang")) as port:
        context = probe_context(
            target=Target(NAME, port=port),
            readings={"tcp": Reading("ok", "", TcpData(NAME, port, "system", HERE)), "tls_others": OTHERS},
        )
        running = asyncio.create_task(sni.run(context))
        await asyncio.wait({running}, timeout=0.6)
        assert not running.done()
        context.future("tls").set_result(Reading("timeout", ""))
        assert (await running).outcome == "filtered"


def test_an_operator_that_answers_nobody_says_nothing() -> None:
    silent = (Greeting("192.0.2.1", NAME, "silent"),)
    assert (
        judge_elsewhere(silent, OthersData((OperatorTls("a", "a.test", "192.0.2.1", "timeout"),)))
        == "unknown"
    )
    assert judge_elsewhere(silent, OthersData((OperatorTls("a", "a.test", "192.0.2.1", "ok"),))) == "fails"
    assert judge_elsewhere(silent, None) == "unknown"
    assert judge([Greeting(HERE, "x", "ok"), *silent], "unknown") == "filtered"
