import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tshoot.probes.bind import Source
from tshoot.probes.connect import ConnectState, connect, knock
from tshoot.probes.deadline import Deadline
from tshoot.probes.refusal import refusal_of, refused_datagram, refused_route, shared_refusal
from tshoot.probes.sockaddr import socket_address


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def refusing() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port whose queue is full: the system drops every further SYN."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            yield port


async def test_an_open_port(listening):
    made = await connect("127.0.0.1", listening, 1)
    assert made.state is ConnectState.OPEN
    assert made.answered
    assert 0 < made.ms < 500


async def test_a_reset_is_an_answer(refusing):
    made = await connect("127.0.0.1", refusing, 1)
    assert made.state is ConnectState.REFUSED
    assert made.answered


async def test_silence_ends_at_its_time(silent):
    made = await connect("127.0.0.1", silent, 0.1)
    assert made.state is ConnectState.SILENT
    assert not made.answered
    assert 90 < made.ms < 400


async def test_ipv6_by_literal():
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        made = await connect("::1", server.getsockname()[1], 1)
    assert made.state is ConnectState.OPEN


async def test_a_source_that_is_not_here_is_told_and_not_raised(listening):
    made = await connect("127.0.0.1", listening, 1, Source("lo", "192.0.2.77"))
    assert made.state is ConnectState.UNREACHABLE


async def test_a_source_is_used(listening):
    made = await connect("127.0.0.1", listening, 1, Source("lo", "127.0.0.9"))
    assert made.state is ConnectState.OPEN


async def test_cancelling_closes_the_socket(silent):
    task = asyncio.create_task(connect("127.0.0.1", silent, 30))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_no_name_is_ever_resolved(monkeypatch, listening):
    def trap(*args: object, **kwargs: object) -> None:
        raise AssertionError("asked the resolver")

    monkeypatch.setattr(socket, "getaddrinfo", trap)
    assert (await connect("127.0.0.1", listening, 1)).state is ConnectState.OPEN
    with pytest.raises(ValueError, match="localhost"):
        await connect("localhost", listening, 1)


async def test_knocking_stops_at_the_first_open_port(listening):
    log: list[str] = []
    ended = await knock(["127.0.0.1", "127.0.0.2"], listening, Deadline.after(2), log=log)
    assert [each.state for each in ended] == [ConnectState.OPEN]
    assert log == ["127.0.0.1"]


async def test_knocking_goes_on_to_the_second_address_after_a_refusal(listening):
    log: list[str] = []
    ended = await knock(["127.0.0.2", "127.0.0.1"], listening, Deadline.after(2), log=log)
    assert [each.state for each in ended] == [ConnectState.REFUSED, ConnectState.OPEN]
    assert log == ["127.0.0.2", "127.0.0.1"]


async def test_two_refusals_settle_it_at_once(refusing):
    began = time.monotonic()
    ended = await knock(["127.0.0.1", "127.0.0.2"], refusing, Deadline.after(5))
    assert [each.state for each in ended] == [ConnectState.REFUSED] * 2
    assert time.monotonic() - began < 0.5


async def test_knocking_on_silence_tries_again_and_keeps_its_time(silent):
    log: list[str] = []
    began = time.monotonic()
    ended = await knock(["127.0.0.1"], silent, Deadline.after(1.0), log=log)
    assert {each.state for each in ended} == {ConnectState.SILENT}
    assert len(log) == 2
    assert 0.9 < time.monotonic() - began < 1.4


def test_socket_addresses_keep_their_family_and_zone():
    assert socket_address("10.0.0.1", 80) == (socket.AF_INET, ("10.0.0.1", 80))
    index = socket.if_nametoindex("lo")
    assert socket_address("fe80::1%lo", 80) == (socket.AF_INET6, ("fe80::1", 80, 0, index))
    assert socket_address("fe80::1%7", 80)[1][3] == 7
    assert socket_address("fe80::1%nosuch0", 80)[1][3] == 0


def test_refusals_are_told_apart_by_their_number():
    assert refusal_of(PermissionError(1, "")) == refusal_of(PermissionError(13, "")) == "not_permitted"
    assert refusal_of(OSError(101, "")) == "no_route"
    assert refusal_of(ConnectionRefusedError(111, "")) is None
    assert refusal_of(None) is None


def test_loopback_is_never_refused():
    assert refused_route("127.0.0.1") is None
    assert refused_datagram("127.0.0.1") is None


def test_one_way_out_is_enough():
    assert shared_refusal(["no_route", None]) is None
    assert shared_refusal(["no_route", "not_permitted"]) == "not_permitted"
    assert shared_refusal([]) is None
