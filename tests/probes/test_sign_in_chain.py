import ssl
import time

import pytest

from tests.support.loopback import HERE, closed_port, dns_readings, probe_context, serving, stalls
from tshoot.probes import sign_in_chain
from tshoot.probes.system_names import SystemLookup
from tshoot.target import Target

CHAIN = ("id.test", "api.test")


@pytest.fixture(autouse=True)
def own_names(monkeypatch):
    """What the system's resolver says; a name that is not in it is one it can't tell."""
    known = {}

    async def look_up(name):
        return known.get(name, SystemLookup("failed", error="EAI_AGAIN"))

    monkeypatch.setattr(sign_in_chain, "system_lookup", look_up)
    return known


def server(authority, *names):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def reading(port, trusting, chain=CHAIN, names=None, seconds=4.0):
    context = probe_context(
        target=Target("service.test", chain=("service.test", *chain)),
        readings=dns_readings(),
        names={**dict.fromkeys(chain, (HERE,)), **(names or {})},
        tls=trusting,
        seconds=seconds,
    )
    return await sign_in_chain.run(context, port)


async def test_every_host_answers(authority, trusting):
    async with serving(stalls, server(authority, *CHAIN)) as port:
        found = await reading(port, trusting)
    assert found.outcome == "ok"
    assert [host.stage for host in found.data.hosts] == ["tls", "tls"]
    assert found.contacted == (HERE, HERE)


async def test_a_host_with_a_bad_certificate(authority, trusting):
    async with serving(stalls, server(authority, "id.test")) as port:
        found = await reading(port, trusting)
    assert found.outcome == "part_down"
    assert [host.state for host in found.data.hosts] == ["ok", "wrong_host"]
    assert "api.test" in found.detail


async def test_a_host_without_an_address(authority, trusting):
    async with serving(stalls, server(authority, *CHAIN)) as port:
        found = await reading(port, trusting, names={"api.test": ()})
    assert found.outcome == "part_down"
    assert (found.data.hosts[1].stage, found.data.hosts[1].state) == ("name", "unresolved")


async def test_a_host_whose_name_only_the_own_resolver_denies(authority, trusting, own_names):
    own_names["id.test"] = SystemLookup("ok", (HERE,))
    own_names["api.test"] = SystemLookup("name_missing", error="EAI_NONAME")
    async with serving(stalls, server(authority, *CHAIN)) as port:
        found = await reading(port, trusting)
    assert found.outcome == "part_down"
    assert (found.data.hosts[1].stage, found.data.hosts[1].state) == ("name", "name_missing")


async def test_the_own_resolvers_address_is_the_one_that_counts(authority, trusting, own_names):
    own_names["api.test"] = SystemLookup("ok", ("127.0.0.2",))
    async with serving(stalls, server(authority, *CHAIN)) as port:
        found = await reading(port, trusting)
    assert [host.state for host in found.data.hosts] == ["ok", "refused"]


async def test_a_host_that_refuses(authority, trusting):
    async with serving(stalls, server(authority, *CHAIN)) as port:
        found = await reading(port, trusting, names={"api.test": ("127.0.0.2",)})
    assert found.outcome == "part_down"
    assert (found.data.hosts[1].stage, found.data.hosts[1].state) == ("tcp", "refused")


async def test_no_host_answers(trusting):
    found = await reading(closed_port(), trusting)
    assert found.outcome == "all_down"


async def test_silence_keeps_the_deadline(trusting):
    began = time.monotonic()
    async with serving(stalls) as port:
        found = await reading(port, trusting, seconds=0.4)
    assert found.outcome == "all_down"
    assert {host.state for host in found.data.hosts} == {"timeout"}
    assert time.monotonic() - began < 1.5


async def test_without_a_chain_it_does_not_apply(trusting):
    found = await reading(closed_port(), trusting, chain=())
    assert found.outcome == "not_applicable"
    assert found.contacted == ()
