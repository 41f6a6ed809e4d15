"""Whose word counts, from the readings of the other name probes."""

import pytest

from tests.support.worlds import made_probe, world
from tshoot.host.model import Adapter, AdapterKind, Address, HostState, Resolver
from tshoot.probes import dns_name
from tshoot.probes.dns_answer import DnsAnswer
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_server_record import ServersData, record_of
from tshoot.probes.dns_system import SystemData
from tshoot.probes.hosts_file import HostsFileData, Override
from tshoot.probes.model import Reading
from tshoot.probes.runner import run_probes
from tshoot.target import Target

HOST = "login.example"
TRUE, OTHER, LIE = "142.250.1.1", "23.1.1.1", "192.168.12.9"
IPV6 = "2606:4700::7"
NOTHING = Reading("timeout", "no result")


def system(outcome, *addresses):
    return Reading(outcome, "", SystemData(HOST, addresses))


def answers(*addresses, code="NOERROR", state="answered"):
    return tuple(
        DnsAnswer("192.0.2.1", HOST, kind, state, code, tuple(a for a in addresses if (":" in a) == v6))
        for kind, v6 in (("A", False), ("AAAA", True))
    )


def servers(*said, control=True, rewritten=False):
    records = tuple(record_of(Resolver("192.0.2.1"), each, (), ()) for each in said)
    return Reading("ok", "", ServersData(records, control, rewritten))


def others(*addresses, denied=False, control=False):
    return Reading("ok", "", OthersData(HOST, addresses, denied, control))


def hosts(*names):
    return Reading("clean", "", HostsFileData(tuple(Override(name, LIE, 1) for name in names)))


NO_OVERRIDE = hosts()


async def judged(system, servers, public, encrypted=NOTHING, hosts=NO_OVERRIDE, target=HOST, host=None):
    readings = {
        "hosts_file": hosts,
        "dns_system": system,
        "dns_servers": servers,
        "dns_public": public,
        "dns_encrypted": encrypted,
    }
    probes = {name: made_probe(name, _giving(reading)) for name, reading in readings.items()}
    for name, reading in readings.items():
        probes[name].SPEC.outcomes[reading.outcome] = "as given"
    probes["dns_name"] = dns_name
    results = await run_probes(["dns_name"], world(Target(target), host), probes=probes)
    return results["dns_name"]


def _giving(reading):
    async def code(context):
        return reading

    return code


async def test_everybody_agrees():
    result = await judged(system("ok", TRUE), servers(answers(TRUE)), others(TRUE))
    assert (result.outcome, result.data["own"], result.data["own_by"]) == ("agree", (TRUE,), "system")


async def test_content_networks_answer_by_place():
    result = await judged(system("ok", OTHER), servers(answers(OTHER)), others(TRUE), others(TRUE))
    assert result.outcome == "differs"


async def test_the_own_resolver_lies():
    result = await judged(system("ok", LIE), servers(answers(LIE)), others(TRUE))
    assert (result.outcome, result.data["others"]) == ("bogus", (TRUE,))


async def test_plain_answers_forged_on_the_way_are_seen_by_the_encrypted_one():
    result = await judged(system("ok", LIE), servers(answers(LIE)), others(LIE), others(TRUE))
    assert result.outcome == "bogus"


@pytest.mark.parametrize(
    ("said", "direct"),
    [
        (system("name_missing"), answers(code="NXDOMAIN")),
        (system("name_missing"), answers()),
        (system("ok", "0.0.0.0"), answers("0.0.0.0")),
        (system("ok", "0.0.0.0", "::"), answers("0.0.0.0", "::")),
    ],
)
async def test_the_own_resolver_hides_the_name(said, direct):
    assert (await judged(said, servers(direct), others(TRUE))).outcome == "blocked_here"


async def test_the_systems_answer_decides_where_servers_disagree():
    split = servers(answers("0.0.0.0"), answers(TRUE))
    assert (await judged(system("ok", "0.0.0.0"), split, others(TRUE))).outcome == "blocked_here"
    assert (await judged(system("ok", TRUE), split, others(TRUE))).outcome == "agree"


async def test_a_name_that_exists_nowhere():
    gone = servers(answers(code="NXDOMAIN"))
    assert (await judged(system("name_missing"), gone, others(denied=True))).outcome == "missing"


async def test_a_missing_name_without_any_control_is_not_judged():
    gone = servers(answers(code="NXDOMAIN"), control=False)
    assert (await judged(system("name_missing"), gone, others(denied=True))).outcome == "skipped"


async def test_the_control_of_the_others_counts_too():
    said = others(denied=True, control=True)
    assert (await judged(system("name_missing"), NOTHING, said)).outcome == "missing"


async def test_a_system_that_calls_names_missing_when_its_servers_are_dead():
    dead = servers(answers(state="silent", code=""))
    result = await judged(system("name_missing"), dead, others(TRUE))
    assert result.outcome == "skipped"


async def test_a_silent_system_leaves_it_to_the_servers():
    result = await judged(NOTHING, servers(answers(code="NXDOMAIN")), others(TRUE))
    assert (result.outcome, result.data["own_by"]) == ("blocked_here", "servers")


async def test_servers_that_refuse_say_nothing_about_the_name():
    refusing = servers(answers(code="SERVFAIL"))
    assert (await judged(system("failed"), refusing, others(TRUE))).outcome == "skipped"


async def test_nobody_to_compare_with_is_not_agreement():
    result = await judged(system("ok", TRUE), servers(answers(TRUE)), others(), others())
    assert (result.outcome, "other resolvers" in result.detail) == ("skipped", True)


async def test_an_overridden_name_is_judged_by_the_servers_alone():
    said = (system("ok", LIE), servers(answers(TRUE)), others(TRUE))
    assert (await judged(*said, hosts=hosts(HOST))).outcome == "agree"
    assert (await judged(*said, hosts=hosts("another.example"))).outcome == "bogus"


async def test_split_dns_is_no_lie():
    result = await judged(system("ok", "10.1.1.1"), servers(answers("10.1.1.1")), others(denied=True))
    assert result.outcome == "differs"


async def test_addresses_for_any_name_do_not_make_one_exist():
    said = servers(answers(OTHER), rewritten=True)
    assert (await judged(system("ok", OTHER), said, others(denied=True))).outcome == "missing"


async def test_a_lie_is_not_hidden_by_ipv6_this_computer_does_not_have():
    said = (system("ok", LIE, IPV6), servers(answers(LIE, IPV6)), others(TRUE, IPV6))
    adapter = Adapter("eth0", AdapterKind.ETHERNET, True, True, 1500, (Address("2600::5", 64, 6),))
    assert (await judged(*said)).outcome == "bogus"
    assert (await judged(*said, host=HostState("linux", (adapter,)))).outcome == "agree"


async def test_an_address_needs_no_comparison():
    result = await judged(NOTHING, NOTHING, NOTHING, target=TRUE)
    assert result.outcome == "not_applicable"
