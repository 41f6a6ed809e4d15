"""Which addresses the service probes get, and when."""

import asyncio
import socket
import threading
import time

import pytest

from tests.support.nanodns import LOOPBACK, nano_dns, rcode, zone
from tests.support.worlds import made_probe, world
from tshoot.probes.addresses import PATIENCE, resolve, target_addresses
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_system import SystemData
from tshoot.probes.model import Reading
from tshoot.probes.runner import run_probes
from tshoot.target import Target

HOST = "login.example"
OWN, PUBLIC = ("23.1.1.1",), ("142.250.1.1",)
SILENT = Reading("bad", "")
SYSTEM = Reading("ok", "", SystemData(HOST, OWN))
OTHERS = Reading("ok", "", OthersData(HOST, PUBLIC))


def giving(reading, after):
    """A probe's code: ``reading`` once ``after`` is set; None hangs until the battery ends."""

    async def code(context):
        if after is None:
            await asyncio.Event().wait()
        await after.wait()
        return reading

    return code


def at_once():
    event = asyncio.Event()
    event.set()
    return event


async def chosen(system, public=None, encrypted=None, target=HOST, deadline=3.0, **options):
    """What ``target_addresses`` says for (reading, event) pairs, and after how many seconds."""
    got = {}

    async def code(context):
        began = time.monotonic()
        got["addresses"] = await target_addresses(context, **options)
        got["seconds"] = time.monotonic() - began
        return Reading("ok", "")

    others = {"dns_system": system, "dns_public": public, "dns_encrypted": encrypted}
    probes = {name: made_probe(name, giving(*(said or (None, None)))) for name, said in others.items()}
    probes["asking"] = made_probe("asking", code, uses=tuple(others), deadline=deadline)
    settled = lambda results: "asking" in results  # noqa: E731
    await run_probes(["asking"], world(Target(target)), probes=probes, settled=settled)
    return got["addresses"], got["seconds"]


async def test_the_systems_answer_is_used_without_waiting_for_others():
    addresses, seconds = await chosen((SYSTEM, at_once()))
    assert (addresses.used, addresses.source, addresses.public) == (OWN, "system", ())
    assert seconds < PATIENCE / 2


async def test_both_sides_when_asked_for():
    addresses, _ = await chosen((SYSTEM, at_once()), (OTHERS, at_once()), public_too=True)
    assert (addresses.system, addresses.public, addresses.used) == (OWN, PUBLIC, OWN)


async def test_the_encrypted_answer_serves_as_well():
    addresses, _ = await chosen(
        (SYSTEM, at_once()), (SILENT, at_once()), (OTHERS, at_once()), public_too=True
    )
    assert addresses.public == PUBLIC


async def test_a_failed_system_is_replaced_at_once():
    addresses, seconds = await chosen((SILENT, at_once()), (OTHERS, at_once()))
    assert (addresses.used, addresses.source, addresses.system) == (PUBLIC, "public", ())
    assert seconds < PATIENCE / 2


async def test_a_hanging_system_is_replaced_after_a_moment():
    addresses, seconds = await chosen(None, (OTHERS, at_once()))
    assert (addresses.used, addresses.source) == (PUBLIC, "public")
    assert PATIENCE - 0.05 < seconds < PATIENCE + 0.4


async def test_nobody_knows():
    nobody = (SILENT, at_once())
    addresses, seconds = await chosen(nobody, nobody, nobody)
    assert (addresses.used, addresses.source) == ((), "")
    assert seconds < PATIENCE / 2


async def test_everybody_hangs_until_the_end():
    addresses, seconds = await chosen(None, deadline=0.3)
    assert (addresses.used, addresses.source) == ((), "")
    assert seconds < 0.5


async def test_an_address_is_itself():
    addresses, _ = await chosen(None, target="23.1.1.1")
    assert (addresses.used, addresses.source) == (("23.1.1.1",), "literal")


async def resolved(names, handler=None):
    """What ``resolve`` says of each of ``names``, with one public operator on loopback."""
    got = {}

    async def code(context):
        got["addresses"] = [await resolve(context, name) for name in names]
        return Reading("ok", "")

    async with nano_dns(handler or zone({})) as dns:
        anchors = Anchors((Operator("one", (LOOPBACK,), (), "one", "", dns_port=dns.port),))
        await run_probes(["a"], world(anchors=anchors), probes={"a": made_probe("a", code)})
    return got["addresses"], dns


@pytest.fixture
def failing_system(monkeypatch):
    def getaddrinfo(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


async def test_other_names_by_the_system_first():
    addresses, dns = await resolved(["localhost"])
    assert "127.0.0.1" in addresses[0]
    assert not dns.asked


async def test_a_literal_is_itself():
    assert (await resolved(["2606::7"]))[0] == [("2606::7",)]


async def test_a_failing_system_is_replaced_by_a_public_server(failing_system):
    addresses, _ = await resolved([HOST], zone({HOST: ("23.1.1.1", "2606::7")}))
    assert addresses == [("23.1.1.1", "2606::7")]


async def test_one_look_up_per_name(failing_system):
    addresses, dns = await resolved([HOST, HOST], zone({HOST: ("23.1.1.1",)}))
    assert addresses == [("23.1.1.1",)] * 2
    assert len(dns.asked) == 2


async def test_a_hanging_system_is_replaced_after_a_moment_too(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never.wait())
    began = time.monotonic()
    addresses, _ = await resolved([HOST], zone({HOST: ("23.1.1.1",)}))
    never.set()
    assert addresses == [("23.1.1.1",)]
    assert time.monotonic() - began < PATIENCE + 0.6


async def test_nobody_resolves_it(failing_system):
    addresses, _ = await resolved([HOST], lambda q: rcode(q, "SERVFAIL"))
    assert addresses == [()]
