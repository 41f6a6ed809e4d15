import asyncio
import socket

import pytest

from tests.probes.hosts import adapter, context, default, host
from tests.support.worlds import FixedBackend
from tshoot.host.model import AdapterKind, Neighbour, NeighbourState, Route
from tshoot.probes import gateway, gateway_radio
from tshoot.probes.default_gateway import default_gateway, neighbour_state
from tshoot.probes.gateway_radio import is_home_gateway

ETH = adapter("eth0", "192.168.12.50/24")
TUN = adapter("tun0", "10.8.0.2/24", kind=AdapterKind.TUNNEL, point_to_point=True)
MODEM = adapter("wwan0", "10.9.8.7/30", kind=AdapterKind.CELLULAR, point_to_point=True)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ((default(),), ("192.168.12.1", "eth0")),
        ((default("fe80::1", family=6), default()), ("192.168.12.1", "eth0")),
        ((default("fe80::1", family=6),), ("fe80::1%eth0", "eth0")),
        ((default("fe80::1%eth0", family=6),), ("fe80::1%eth0", "eth0")),
        ((default("10.8.0.1", "tun0"), default(metric=100)), ("192.168.12.1", "eth0")),
    ],
)
def test_which_gateway_is_asked(routes, expected):
    assert default_gateway(host(ETH, TUN, routes=routes)) == expected


@pytest.mark.parametrize(
    "routes",
    [
        (),
        (default(None),),
        (default(None, "tun0"),),
        (default("10.9.8.5", "wwan0"), default(metric=600)),
        (Route(4, "192.168.12.0/24", "192.168.12.1", "eth0"),),
    ],
)
async def test_without_a_gateway_there_is_nothing_to_ask(routes):
    state = host(ETH, TUN, MODEM, routes=routes)
    reading = await gateway.run(context(state))
    assert (reading.outcome, reading.contacted) == ("not_applicable", ())
    assert (await gateway_radio.run(context(state))).outcome == "not_applicable"


async def test_a_gateway_on_loopback_is_measured_for_real():
    with socket.create_server(("127.0.0.1", 0)):
        reading = await gateway.run(context(host(ETH, routes=(default("127.0.0.1"),))))
    assert reading.outcome == "ok"
    assert reading.data.windows[0].lost == 0
    assert reading.contacted == ("127.0.0.1",)


async def test_the_deadline_is_kept_and_nothing_stays_open():
    before = len(asyncio.all_tasks())
    task = asyncio.create_task(gateway.run(context(host(ETH, routes=(default("127.0.0.1"),)))))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(asyncio.all_tasks()) == before


@pytest.mark.parametrize(
    ("state", "held", "expected"),
    [
        (NeighbourState.REACHABLE, True, "silent"),
        (NeighbourState.STALE, False, "silent"),
        (NeighbourState.RESOLVING, True, "dead"),
        (NeighbourState.FAILED, True, "dead"),
        (NeighbourState.RESOLVING, False, "timeout"),
        (NeighbourState.UNKNOWN, True, "timeout"),
        (None, True, "timeout"),
    ],
)
def test_silence_is_judged_by_the_neighbour_entry(state, held, expected):
    assert gateway.judge_silence(state, held) == expected


async def test_the_neighbour_table_is_searched_in_canonical_form():
    table = (
        Neighbour("192.168.12.9", "eth0", NeighbourState.FAILED),
        Neighbour("fe80:0::1%eth0", "eth0", NeighbourState.STALE),
    )
    backend = FixedBackend(host(), table)
    assert await neighbour_state(backend, "fe80::1%eth0") is NeighbourState.STALE
    assert await neighbour_state(backend, "192.168.12.1") is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.168.12.1", True),
        ("10.0.0.1", True),
        ("172.31.0.1", True),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("8.8.8.8", False),
        ("fe80::1%eth0", False),
    ],
)
def test_only_a_home_network_s_gateway_is_asked_for_its_radio(address, expected):
    assert is_home_gateway(address) is expected
