import asyncio
import struct
import time
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.loopback import HERE, closed_port, probe_context
from tshoot.probes import clock
from tshoot.probes.anchors import Anchors, TimeServer
from tshoot.probes.captive import CaptiveData
from tshoot.probes.clock_sources import TimeSource, verdict
from tshoot.probes.deadline import Deadline
from tshoot.probes.http import HttpData
from tshoot.probes.http_date import ServerDate
from tshoot.probes.model import Reading
from tshoot.probes.portal_answer import CheckAnswer
from tshoot.probes.sntp import NotUsable, ask_time, question, read_answer

EPOCH = 2_208_988_800


def stamp(moment):
    seconds = moment + EPOCH
    return struct.pack("!II", int(seconds) % 2**32, int(seconds % 1 * 2**32))


def packet(request, ahead=0.0, *, flags=0x24, stratum=2, ref=b"LAB\0", originate=None, sent=None):
    """A server's answer; ``ahead`` is how far it is ahead of this computer."""
    now = stamp((sent if sent is not None else time.time()) + ahead)
    head = bytes([flags, stratum, 0, 0]) + bytes(8) + ref + now
    return head + (originate if originate is not None else request[40:48]) + now + now


class Server(asyncio.DatagramProtocol):
    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.asked += 1
        for reply in self.answer(data, self.asked):
            self.transport.sendto(reply, address)


@asynccontextmanager
async def serving_time(answer):
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(lambda: Server(answer), local_addr=(HERE, 0))
    try:
        yield transport.get_extra_info("sockname")[1], server
    finally:
        transport.close()


def right(ahead=0.0, **given):
    return lambda request, number: [packet(request, ahead, **given)]


def silent(request, number):
    return []


async def ask(answer, seconds=2.0):
    async with serving_time(answer) as (port, server):
        return await ask_time(HERE, port, Deadline.after(seconds)), server


async def test_two_exchanges_with_a_right_server():
    found, server = await ask(right())
    assert len(found.samples) == 2
    assert server.asked == 2
    assert abs(found.best.ahead) < 0.2
    assert found.best.round_trip < 0.5


@pytest.mark.parametrize("ahead", [3600.0, -3600.0, 40 * 365 * 86400.0])
async def test_an_offset_in_either_direction(ahead):
    found, _ = await ask(right(ahead))
    assert abs(found.best.ahead + ahead) < 0.5


async def test_a_kiss_of_death_ends_the_asking():
    found, server = await ask(right(stratum=0, ref=b"RATE"))
    assert found.samples == ()
    assert found.reason == "refused (RATE)"
    assert server.asked == 1


async def test_a_wrong_originate_timestamp_is_no_answer():
    found, server = await ask(right(originate=b"\x01" * 8), seconds=0.7)
    assert found.samples == ()
    assert found.reason == "no answer"
    assert server.asked == 2


async def test_a_forged_packet_before_the_right_one_does_no_harm():
    def answer(request, number):
        return [packet(request, 9999.0, originate=b"\x02" * 8), b"short", packet(request)]

    found, _ = await ask(answer)
    assert abs(found.best.ahead) < 0.2


async def test_a_lost_packet_is_sent_again():
    found, server = await ask(lambda request, number: [packet(request)] if number > 1 else [])
    assert len(found.samples) == 2
    assert server.asked == 3


@pytest.mark.parametrize(
    "given",
    [{"flags": 0xE4}, {"flags": 0x23}, {"stratum": 16}],
    ids=["unsynchronised", "not a server", "no stratum"],
)
async def test_an_unusable_answer_tells_no_time(given):
    found, _ = await ask(right(**given))
    assert found.samples == ()
    assert found.reason


async def test_a_port_without_a_server():
    found = await ask_time(HERE, closed_port(), Deadline.after(1))
    assert found.samples == ()
    assert found.reason == "ConnectionRefusedError"


async def test_the_question_tells_nothing_of_this_computer():
    seen = []
    await ask(lambda request, number: seen.append(request) or [packet(request)])
    assert all(len(request) == 48 and request[1:40] == bytes(39) for request in seen)
    assert seen[0][40:] != seen[1][40:]


def test_the_roll_over_of_2036():
    rolls = 2**32 - EPOCH
    answer = packet(question(b"12345678"), 20.0, sent=rolls - 10)
    assert abs(read_answer(answer, rolls - 10, 0.0).ahead + 20) < 0.01


@given(st.binary(max_size=80))
def test_garbage_is_refused_or_read_but_never_fails(garbage):
    try:
        read_answer(garbage, time.time(), 0.1)
    except NotUsable as refusal:
        assert str(refusal)


# ---------------------------------------------------------------- the probe


def captive_reading(*ahead, outcome="open"):
    checks = tuple(CheckAnswer(f"web{number}", f"w{number}.test", "right") for number in range(len(ahead)))
    dates = tuple(ServerDate(f"w{number}.test", value, 1.0) for number, value in enumerate(ahead))
    return Reading(outcome, "", CaptiveData(checks, dates))


async def reading(*answers, readings=None, seconds=3.0):
    async with _servers(answers) as ports:
        servers = tuple(TimeServer(f"op{number}", HERE, "", port) for number, port in enumerate(ports))
        context = probe_context(anchors=Anchors(time_servers=servers), readings=readings, seconds=seconds)
        return await clock.run(context)


@asynccontextmanager
async def _servers(answers):
    if not answers:
        yield ()
        return
    async with serving_time(answers[0]) as (port, _), _servers(answers[1:]) as ports:
        yield (port, *ports)


async def test_a_right_clock_is_settled_without_waiting_for_http():
    began = time.monotonic()
    found = await reading(right(), right())
    assert found.outcome == "ok"
    assert time.monotonic() - began < 1
    assert found.contacted == (HERE, HERE)


async def test_a_clock_that_is_behind():
    found = await reading(right(7200.0), right(7200.5))
    assert found.outcome == "wrong"
    assert -7202 < found.data.offset_seconds < -7199
    network = datetime.fromisoformat(found.data.network_time).timestamp()
    assert abs(network - (time.time() + 7200)) < 5
    assert "behind" in found.detail


async def test_a_clock_that_is_ahead_by_a_minute():
    found = await reading(right(-60.0), right(-60.0))
    assert found.outcome == "skewed"
    assert 59 < found.data.offset_seconds < 61


async def test_one_server_alone_accuses_nobody():
    nothing = {"captive": Reading("blocked", ""), "http": Reading("skipped", "")}
    found = await reading(right(7200.0), silent, readings=nothing, seconds=0.8)
    assert found.outcome == "unclear"
    assert found.data.offset_seconds is None


async def test_servers_that_disagree_are_unclear():
    nothing = {"captive": Reading("blocked", ""), "http": Reading("skipped", "")}
    found = await reading(right(7200.0), right(), readings=nothing)
    assert found.outcome == "unclear"


async def test_a_web_server_breaks_the_tie():
    found = await reading(right(7200.0), right(), readings={"captive": captive_reading(0.4)})
    assert found.outcome == "ok"


async def test_web_servers_alone_are_enough():
    readings = {"captive": captive_reading(900.0, 901.0), "http": Reading("skipped", "")}
    found = await reading(silent, silent, readings=readings, seconds=1.0)
    assert found.outcome == "wrong"


async def test_the_target_counts_as_one_source():
    date = HttpData(date=ServerDate("service.test", 900.0, 1.0))
    readings = {"captive": captive_reading(900.5), "http": Reading("ok", "", date)}
    found = await reading(silent, readings=readings, seconds=1.0)
    assert found.outcome == "wrong"


async def test_a_portal_tells_no_time():
    readings = {
        "captive": captive_reading(900.0, 901.0, outcome="redirected"),
        "http": Reading("skipped", ""),
    }
    found = await reading(silent, silent, readings=readings, seconds=0.8)
    assert found.outcome == "unclear"


async def test_when_nothing_answers_it_says_so_in_time():
    began = time.monotonic()
    found = await reading(silent, silent, seconds=0.6)
    assert found.outcome == "unclear"
    assert found.detail == "no time source answered"
    assert time.monotonic() - began < 1.5


def source(operator, ahead, kind="sntp"):
    return TimeSource(operator, kind, ahead, 0.01 if kind == "sntp" else 1.0)


@pytest.mark.parametrize(
    ("ahead", "outcome"),
    [(29.0, "ok"), (-29.0, "ok"), (31.0, "skewed"), (299.0, "skewed"), (-301.0, "wrong")],
)
def test_thresholds(ahead, outcome):
    assert verdict([source("a", ahead), source("b", ahead)]).outcome == outcome


def test_the_same_operator_twice_is_one_voice():
    assert verdict([source("a", 900.0), source("a", 900.0, "http")]).outcome == "unclear"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(-4000, 4000)), max_size=6))
def test_nobody_is_accused_by_one_operator(told):
    found = verdict([source(operator, ahead) for operator, ahead in told])
    if found.outcome in ("wrong", "skewed"):
        assert found.operators >= 2
        near = {operator for operator, ahead in told if abs(ahead - found.ahead) <= 5}
        assert len(near) >= 2
