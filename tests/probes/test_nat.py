"""Hops and what they say of translation; DNS64 by its prefix."""

from __future__ import annotations

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.probes.hosts import adapter, context, default, host
from tests.support.loopback import probe_context
from tests.support.nanodns import LOOPBACK, nano_dns, zone
from tshoot.host.model import AdapterKind, HostState, Resolver
from tshoot.probes import nat, nat64
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.deadline import Deadline
from tshoot.probes.hops import Hop, first_hops, reporter
from tshoot.probes.nat import judge
from tshoot.probes.nat64 import prefix_in

ANCHORS = Anchors(operators=(Operator("a", ("127.0.0.1",), (), "", ""),))


@pytest.mark.parametrize(
    ("addresses", "outcome"),
    [
        (("192.168.12.1", "100.64.10.1", ""), "cgnat"),
        (("192.168.12.1", "", "100.127.255.1"), "cgnat"),
        (("", "100.64.10.1", ""), "cgnat"),
        (("192.168.1.1", "192.0.0.1", ""), "cgnat"),
        (("192.168.12.1", "192.168.0.1", "93.184.215.1"), "double"),
        (("10.0.0.1", "172.16.3.1", ""), "double"),
        (("192.168.12.1", "192.168.0.1", "100.64.10.1"), "double_cgnat"),
        (("192.168.12.1", "93.184.215.1", ""), "single"),
        (("192.168.12.1", "", "93.184.215.1"), "single"),
        # The first hop is the home's own gateway, whatever its address.
        (("100.64.10.1", "93.184.215.1", ""), "single"),
        # Homes and providers both use 10/8.
        (("192.168.12.1", "10.177.0.1", "93.184.215.1"), "unknown"),
        (("192.168.12.1", "", ""), "unknown"),
        (("", "", ""), "unknown"),
        # A private router further on is the provider's.
        (("192.168.12.1", "93.184.215.1", "192.168.5.1"), "single"),
        (("192.168.12.1", "100.128.0.1", ""), "single"),
    ],
)
def test_what_the_first_routers_say(addresses: tuple[str, ...], outcome: str) -> None:
    assert judge([Hop(number, address) for number, address in enumerate(addresses, 1)]) == outcome


def error(kind: int, address: str = "100.64.10.1", origin: int = 2, family: int = socket.AF_INET) -> bytes:
    head = struct.pack("=IBBBxII", 113, origin, kind, 0, 0, 0)
    return head + struct.pack("=HH", family, 0) + socket.inet_aton(address) + bytes(8)


def test_who_reported() -> None:
    assert reporter(error(11)) == "100.64.10.1"
    assert reporter(error(3, "192.0.2.7")) == "192.0.2.7"
    assert reporter(error(11, origin=1)) == ""
    assert reporter(error(12)) == ""
    assert reporter(error(11, family=0)) == ""


@given(st.binary(max_size=40))
def test_any_report_can_be_read(data: bytes) -> None:
    assert isinstance(reporter(data), str)


async def test_the_first_hop_of_a_real_way() -> None:
    hops = await first_hops("127.0.0.1", 2, Deadline.after(2.0))
    assert hops == (Hop(1, "127.0.0.1"), Hop(2, "127.0.0.1"))


async def test_a_real_measurement() -> None:
    home = host(adapter("eth0", "192.168.12.50/24"), routes=(default(),))
    found = await nat.run(context(home, ANCHORS))
    assert found.outcome == "single"
    assert found.detail == "127.0.0.1 > 127.0.0.1 > 127.0.0.1"
    assert found.contacted[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "state",
    [
        host(adapter("eth0", "192.168.12.50/24")),
        host(
            adapter("tun0", "10.8.0.2/24", kind=AdapterKind.TUNNEL),
            routes=(default("10.8.0.1", "tun0"),),
        ),
    ],
)
async def test_without_a_way_of_its_own_nothing_is_sent(state: HostState) -> None:
    found = await nat.run(context(state, ANCHORS))
    assert (found.outcome, found.contacted) == ("not_applicable", ())


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("64:ff9b::c000:aa", "64:ff9b::/96"),
        ("2607:7700:0:28::c000:ab", "2607:7700:0:28::/96"),
        ("2001:db8:c000:aa::", "2001:db8::/32"),
        ("2001:db8:122:344:c0:0:aa00:0", "2001:db8:122:344::/64"),
        ("2001:db8::1", ""),
        ("::", ""),
    ],
)
def test_the_prefix_in_an_answer(address: str, prefix: str) -> None:
    assert prefix_in([address]) == prefix


async def asked(*addresses: str, resolvers: int = 1) -> tuple[str, str]:
    async with nano_dns(zone({nat64.WELL_KNOWN_NAME: addresses})) as server:
        state = HostState(system="linux", resolvers=(Resolver(LOOPBACK, server.port),) * resolvers)
        found = await nat64.run(probe_context(host=state))
    return found.outcome, found.data.prefix


async def test_a_server_that_makes_up_addresses() -> None:
    assert await asked("192.0.0.170", "64:ff9b::c000:aa") == ("present", "64:ff9b::/96")


async def test_a_server_that_does_not() -> None:
    assert await asked("192.0.0.170") == ("absent", "")


async def test_an_address_for_everything_is_no_translation() -> None:
    assert await asked("192.0.0.170", "2001:db8::80") == ("absent", "")


async def test_without_servers_nothing_is_asked() -> None:
    found = await nat64.run(probe_context(host=HostState(system="linux")))
    assert found.outcome == "not_applicable"
