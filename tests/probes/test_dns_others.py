"""Public servers by plain DNS and by HTTPS, over real sockets on loopback."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import trustme

from tests.support.nanodns import LOOPBACK, answer, free_udp_port, nano_dns, rcode, zone
from tests.support.nanodoh import nano_doh
from tests.support.worlds import world
from tshoot.host.model import Adapter, AdapterKind, Address, HostState
from tshoot.probes import dns_encrypted, dns_public
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.dns_others import servers_of
from tshoot.probes.runner import run_probes
from tshoot.target import Target

HOST = "login.example"
CONTROL = "control.example"
KNOWN = zone({HOST: ("142.250.1.1", "2606:4700::7"), CONTROL: ("142.250.1.9",)})


def plain(name, port):
    return Operator(name, (LOOPBACK,), (), name, "", dns_port=port)


def encrypted(port):
    return Operator("one", (LOOPBACK,), (), "doh.example", f"https://doh.example:{port}/dns-query")


async def run(probe, *operators, target=HOST):
    anchors = Anchors(operators=tuple(operators), control_names=(CONTROL,))
    name = probe.SPEC.name
    results = await run_probes([name], world(Target(target), anchors=anchors), probes={name: probe})
    return results[name]


async def asked_publicly(*handlers, **more):
    async with nano_dns(handlers[0]) as one, nano_dns(handlers[-1]) as two:
        return await run(dns_public, plain("one", one.port), plain("two", two.port), **more)


async def test_public_servers_give_both_families():
    result = await asked_publicly(KNOWN)
    assert result.outcome == "ok"
    assert result.data["addresses"] == ("142.250.1.1", "2606:4700::7")
    assert result.data["control"] is True
    assert result.ms < 600


async def test_one_good_public_server_is_enough_and_quick():
    result = await asked_publicly(lambda q: None, KNOWN)
    assert result.outcome == "ok"
    assert result.ms < 600


async def test_an_address_of_one_family_does_not_wait_for_the_other_for_long():
    result = await asked_publicly(lambda q: KNOWN(q) if q.rdtype == "A" else None)
    assert result.outcome == "ok"
    assert result.ms < 1200


async def test_a_name_missing_everywhere_with_a_control_that_exists():
    result = await asked_publicly(zone({CONTROL: ("142.250.1.9",)}))
    assert (result.outcome, result.data["denied"], result.data["control"]) == ("name_missing", True, True)


async def test_a_denial_does_not_wait_for_a_silent_server_for_long():
    result = await asked_publicly(lambda q: None, zone({CONTROL: ("142.250.1.9",)}))
    assert (result.outcome, result.data["control"]) == ("name_missing", True)
    assert result.ms < 1200


async def test_the_answer_of_one_server_outweighs_the_denial_of_another():
    assert (await asked_publicly(zone({}), KNOWN)).outcome == "ok"


async def test_no_data_in_either_family_is_missing():
    assert (await asked_publicly(answer)).outcome == "name_missing"


async def test_no_data_of_one_family_alone_is_no_denial():
    result = await asked_publicly(lambda q: answer(q) if q.rdtype == "AAAA" else None)
    assert (result.outcome, result.data["denied"]) == ("timeout", False)


@pytest.mark.parametrize("code", ["SERVFAIL", "REFUSED"])
async def test_public_servers_that_refuse(code):
    assert (await asked_publicly(lambda q: rcode(q, code))).outcome == "refused"


async def test_silent_public_servers_are_unreachable_within_two_seconds():
    result = await asked_publicly(lambda q: None)
    assert result.outcome == "unreachable"
    assert result.ms < 2200


async def test_a_closed_port_is_unreachable_at_once():
    result = await run(dns_public, plain("one", free_udp_port()))
    assert (result.outcome, result.ms < 500) == ("unreachable", True)


@pytest.mark.parametrize("probe", [dns_public, dns_encrypted])
async def test_nothing_is_asked_about_an_address_or_without_servers(probe):
    assert (await run(probe, plain("one", 1), target="142.250.1.1")).outcome == "not_applicable"
    assert (await run(probe)).outcome == "skipped"


@pytest.mark.parametrize(("ip", "addresses"), [("2600::5", 2), ("fd00::5", 1), ("fe80::5%eth0", 1)])
def test_ipv6_servers_are_asked_only_with_ipv6_for_the_internet(ip, addresses):
    adapter = Adapter("eth0", AdapterKind.ETHERNET, True, True, 1500, (Address(ip, 64, 6),))
    operator = Operator("one", ("142.250.1.1",), ("2606::1",), "one", "")
    assert len(servers_of((operator,), HostState("linux", (adapter,)))) == addresses


@pytest.fixture
def authority(monkeypatch, tmp_path):
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    return ca


@asynccontextmanager
async def over_https(handler, ca, name="doh.example", status=200):
    async with nano_doh(handler, ca, name, status) as doh:
        yield doh, await run(dns_encrypted, encrypted(doh.port))


async def test_encrypted_dns_is_asked_by_address_under_its_name(authority):
    async with over_https(KNOWN, authority) as (doh, result):
        assert result.outcome == "ok"
        assert result.data["addresses"] == ("142.250.1.1", "2606:4700::7")
        assert set(doh.sni) == {"doh.example"}
        assert set(doh.hosts) == {f"doh.example:{doh.port}"}
        assert {each.message.id for each in doh.dns.asked} == {0}
        assert result.contacted == (LOOPBACK,)


async def test_both_questions_share_one_connection(authority):
    async with over_https(KNOWN, authority) as (doh, _):
        assert len(doh.sni) == 1
        assert [each.rdtype for each in doh.dns.asked] == ["A", "AAAA"]


async def test_encrypted_denial_asks_for_the_control_name(authority):
    async with over_https(zone({CONTROL: ("142.250.1.9",)}), authority) as (_, result):
        assert (result.outcome, result.data["control"]) == ("name_missing", True)


async def test_a_certificate_for_another_name_is_no_answer(authority):
    async with over_https(KNOWN, authority, name="portal.example") as (doh, result):
        assert result.outcome == "blocked"
        assert not doh.dns.asked


async def test_an_unknown_issuer_is_no_answer(authority):
    async with over_https(KNOWN, trustme.CA()) as (doh, result):
        assert result.outcome == "blocked"
        assert "CERTIFICATE_VERIFY_FAILED" in result.detail
        assert not doh.dns.asked


async def test_a_block_page_is_no_answer(authority):
    async with over_https(KNOWN, authority, status=403) as (_, result):
        assert (result.outcome, "HTTP 403" in result.detail) == ("blocked", True)


async def test_rubbish_is_no_answer(authority):
    async with over_https(lambda q: b"rubbish", authority) as (_, result):
        assert result.outcome == "blocked"


async def test_a_closed_port_is_blocked_at_once(authority):
    result = await run(dns_encrypted, encrypted(free_udp_port()))
    assert (result.outcome, result.ms < 2000) == ("blocked", True)


async def test_a_server_that_accepts_and_never_speaks_is_blocked_in_time(authority):
    async def never(reader, writer):
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never, LOOPBACK, 0)
    try:
        result = await run(dns_encrypted, encrypted(server.sockets[0].getsockname()[1]))
    finally:
        server.close()
        await server.wait_closed()
    assert result.outcome == "blocked"
    assert result.ms < 2700
