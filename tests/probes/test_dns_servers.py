"""Configured servers asked for real, on loopback; the judgement of all of them as a table."""

from contextlib import AsyncExitStack, asynccontextmanager
from types import SimpleNamespace

import pytest

from tests.support.nanodns import LOOPBACK, answer, free_udp_port, nano_dns, rcode, zone
from tests.support.worlds import FixedBackend
from tshoot.host.model import (
    Adapter,
    AdapterKind,
    Address,
    HostState,
    Neighbour,
    NeighbourState,
    Resolver,
    Route,
)
from tshoot.probes import dns_public, dns_servers
from tshoot.probes.anchors import Anchors
from tshoot.probes.context import World
from tshoot.probes.dns_answer import DnsAnswer
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_server_record import judge, passed_over, record_of
from tshoot.probes.model import Reading
from tshoot.probes.runner import run_probes
from tshoot.target import Target

HOST = "login.example"
CONTROLS = ("control.example", "other.example")
HEALTHY = zone({HOST: ("198.51.100.7",), CONTROLS[0]: ("198.51.100.1",)})


def public_servers(*times):
    """A stand-in for the probe of the public servers: they answered after ``times`` milliseconds."""
    answers = tuple(DnsAnswer("192.0.2.53", HOST, "A", "answered", "NOERROR", ("x",), ms) for ms in times)

    async def run(context):
        return Reading("ok", "", OthersData(HOST, answers=answers))

    return SimpleNamespace(SPEC=dns_public.SPEC, run=run)


async def measured(*resolvers, target=HOST, public=()):
    host = HostState(system="linux", resolvers=tuple(resolvers))
    world = World(Target(target), host, FixedBackend(host), Anchors(control_names=CONTROLS))
    probes = {"dns_servers": dns_servers, "dns_public": public_servers(*public)}
    results = await run_probes(["dns_servers"], world, probes=probes)
    return results["dns_servers"]


@asynccontextmanager
async def servers(*handlers, delay=0.0):
    async with AsyncExitStack() as stack:
        running = [await stack.enter_async_context(nano_dns(handler, delay)) for handler in handlers]
        yield [Resolver(LOOPBACK, each.port) for each in running]


async def measured_at(*handlers, delay=0.0, target=HOST, public=()):
    async with servers(*handlers, delay=delay) as resolvers:
        return await measured(*resolvers, target=target, public=public)


async def test_a_healthy_server_is_ok_with_every_answer_in_the_data():
    result = await measured_at(HEALTHY)
    assert result.outcome == "ok"
    assert result.data["control"] is True
    assert result.data["rewritten"] is False
    (server,) = result.data["servers"]
    assert server["state"] == "answers"
    assert server["target"][0]["addresses"] == ("198.51.100.7",)
    assert server["uncached_samples"] == 3
    assert result.contacted == (LOOPBACK,)
    assert result.ms < 1000


async def test_random_names_are_new_each_time_and_spread_over_the_control_names():
    async with nano_dns(HEALTHY) as dns:
        for _ in range(2):
            await measured(Resolver(LOOPBACK, dns.port))
    names = {each.name for each in dns.asked} - {HOST, *CONTROLS}
    assert len(names) == 6
    assert {name.partition(".")[2] for name in names} == set(CONTROLS)


async def test_no_server_configured():
    assert (await measured()).outcome == "none_configured"


async def test_a_closed_port_is_unreachable_and_says_so():
    result = await measured(Resolver(LOOPBACK, free_udp_port()))
    assert result.outcome == "unreachable"
    assert result.detail == f"{LOOPBACK} refused port (ECONNREFUSED)"


async def test_silent_servers_are_asked_again_side_by_side_then_unreachable():
    result = await measured_at(*[lambda q: None] * 3)
    assert result.outcome == "unreachable"
    assert result.detail.count("silent, 4 tries") == 3
    assert result.ms < 2700


async def test_one_silent_beside_a_working_one():
    result = await measured_at(lambda q: None, HEALTHY)
    assert result.outcome == "some_dead"
    assert [server["state"] for server in result.data["servers"]] == ["silent", "answers"]


@pytest.mark.parametrize("code", ["SERVFAIL", "REFUSED"])
async def test_refusing_everything(code):
    assert (await measured_at(lambda q: rcode(q, code))).outcome == "refusing"


async def test_trouble_with_one_name_is_not_the_servers():
    result = await measured_at(lambda q: rcode(q, "SERVFAIL") if q.name == HOST else HEALTHY(q))
    assert result.outcome == "ok"
    assert result.data["servers"][0]["target"][0]["rcode"] == "SERVFAIL"


async def test_two_of_three_packets_lost_is_neither_dead_nor_slow():
    def lossy(question):
        return HEALTHY(question) if question.number == 3 else None

    result = await measured_at(lossy)
    assert result.outcome == "ok"
    assert result.data["servers"][0]["tries"] == 3


async def test_every_uncached_name_slow():
    result = await measured_at(HEALTHY, delay=0.6)
    assert result.outcome == "slow"
    assert result.data["servers"][0]["uncached_ms"] > 550


@pytest.mark.parametrize(
    ("public", "outcome"), [((20.0, 40.0), "slow"), ((620.0, 580.0), "ok"), ((), "slow")]
)
async def test_slow_is_only_what_public_servers_are_quicker_than(public, outcome):
    assert (await measured_at(HEALTHY, delay=0.6, public=public)).outcome == outcome


async def test_every_look_up_waits_for_a_server_that_ignores_ipv6():
    result = await measured_at(lambda q: HEALTHY(q) if q.rdtype == "A" else None)
    assert (result.outcome, result.data["servers"][0]["ignores_ipv6"]) == ("slow", True)


async def test_ipv6_silence_beside_other_loss_is_loss():
    def lossy(question):
        if question.rdtype == "AAAA" or (question.name == CONTROLS[0] and question.number == 1):
            return None
        return HEALTHY(question)

    assert (await measured_at(lossy)).outcome == "ok"


async def test_addresses_for_names_that_exist_nowhere():
    result = await measured_at(lambda q: answer(q, "203.0.113.80"))
    assert result.data["rewritten"] is True


async def test_entries_that_cannot_be_servers_are_not_asked():
    result = await measured(
        Resolver("0.0.0.0"),
        Resolver("255.255.255.255"),
        Resolver("rubbish", valid=False),
        Resolver("ff02::1"),
    )
    assert result.outcome == "invalid"
    assert result.contacted == ()


async def test_an_impossible_entry_beside_a_working_server_is_no_fault():
    async with servers(HEALTHY) as resolvers:
        assert (await measured(Resolver("0.0.0.0"), *resolvers)).outcome == "ok"


async def test_an_address_as_target_is_not_looked_up():
    async with nano_dns(HEALTHY) as dns:
        result = await measured(Resolver(LOOPBACK, dns.port), target="198.51.100.7")
    assert result.outcome == "ok"
    assert "198.51.100.7" not in {each.name for each in dns.asked}


def said(state, rcode="", ms=None, addresses=()):
    return DnsAnswer(LOOPBACK, "x.example", "A", state, rcode, addresses, ms)


def record(*answers, random=(), nobody_there=False):
    return record_of(Resolver(LOOPBACK), (), tuple(answers), tuple(random), nobody_there)


FINE = record(said("answered", "NOERROR", 10.0))
SILENT = record(said("silent"))
REFUSING = record(said("answered", "REFUSED", 10.0))
NO_ROUTE = record(said("no_route"))
NO_OWNER = record(said("silent"), nobody_there=True)
INVALID = passed_over(Resolver("0.0.0.0"))
SLOW = record(random=[said("answered", "NXDOMAIN", 501.0)] * 3)
TWO_SLOW = record(random=[said("answered", "NXDOMAIN", 900.0)] * 2)


@pytest.mark.parametrize(
    ("servers", "outcome"),
    [
        ([FINE], "ok"),
        ([FINE, SILENT], "some_dead"),
        ([FINE, REFUSING], "some_dead"),
        ([FINE, NO_OWNER], "some_dead"),
        ([FINE, NO_ROUTE], "ok"),
        ([FINE, INVALID], "ok"),
        ([SLOW], "slow"),
        ([SLOW, FINE], "slow"),
        ([FINE, SLOW], "ok"),
        ([TWO_SLOW], "ok"),
        ([SLOW, SILENT], "some_dead"),
        ([SILENT], "unreachable"),
        ([SILENT, INVALID], "unreachable"),
        ([NO_ROUTE], "unreachable"),
        ([REFUSING], "refusing"),
        ([REFUSING, SILENT], "refusing"),
        ([NO_OWNER], "invalid"),
        ([NO_OWNER, INVALID], "invalid"),
        ([INVALID], "invalid"),
        ([], "none_configured"),
    ],
)
def test_what_the_servers_say_together(servers, outcome):
    assert judge(servers) == outcome


def own_subnet(gateway):
    adapter = Adapter("eth0", AdapterKind.ETHERNET, True, True, 1500, (Address("192.0.2.10", 24, 4),))
    return HostState("linux", (adapter,), (Route(4, "0.0.0.0/0", gateway, "eth0"),))


@pytest.mark.parametrize(
    ("gateway", "server", "state", "expected"),
    [
        ("192.0.2.1", "192.0.2.53", NeighbourState.FAILED, True),
        ("192.0.2.1", "192.0.2.53", NeighbourState.RESOLVING, True),
        ("192.0.2.1", "192.0.2.53", NeighbourState.REACHABLE, False),
        ("192.0.2.1", "192.0.2.1", NeighbourState.FAILED, False),
        ("192.0.2.1", "198.51.100.53", NeighbourState.FAILED, False),
    ],
)
def test_an_own_subnet_address_nobody_owns(gateway, server, state, expected):
    host = own_subnet(gateway)
    table = [Neighbour(server, "eth0", state)]
    assert dns_servers.nobody_there(host, table, server) is expected
