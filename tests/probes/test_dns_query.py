"""One question to one server, over real sockets on loopback."""

import asyncio
import gc
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.nanodns import (
    LOOPBACK,
    answer,
    free_udp_port,
    nano_dns,
    rcode,
    truncated,
    with_wrong_id,
)
from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import DnsAnswer, denies
from tshoot.probes.dns_library import addresses_in, question, read_message
from tshoot.probes.dns_query import ask

NAME = "login.example"


async def asked(handler, rdtype="A", seconds=2.0, **server):
    async with nano_dns(handler, **server) as dns:
        said = await ask(LOOPBACK, NAME, rdtype, Deadline.after(seconds), dns.port)
    return said, dns


async def test_addresses_of_the_asked_type_come_back():
    said, dns = await asked(lambda q: answer(q, "198.51.100.7", "2001:db8::7"), "AAAA")
    assert (said.state, said.rcode, said.addresses) == ("answered", "NOERROR", ("2001:db8::7",))
    assert said.usable
    assert said.tries == len(dns.asked) == 1


@pytest.mark.parametrize(
    ("code", "usable", "missing"),
    [("NXDOMAIN", True, True), ("SERVFAIL", False, False), ("REFUSED", False, False)],
)
async def test_a_response_code_is_a_definite_answer_and_never_repeated(code, usable, missing):
    said, dns = await asked(lambda q: rcode(q, code))
    assert (said.state, said.rcode, said.usable, said.no_such_name) == ("answered", code, usable, missing)
    assert len(dns.asked) == 1


async def test_a_lost_packet_is_sent_again_and_does_not_read_as_slow():
    said, dns = await asked(lambda q: answer(q, "198.51.100.7") if q.number > 1 else None)
    assert said.addresses == ("198.51.100.7",)
    assert said.tries == len(dns.asked) == 2
    assert said.ms < 300


async def test_a_late_answer_is_timed_from_the_sending_it_answers():
    said, _ = await asked(lambda q: answer(q, "198.51.100.7") if q.number == 1 else None, delay=0.6)
    assert said.addresses == ("198.51.100.7",)
    assert said.tries == 2
    assert said.ms >= 590


async def test_silence_ends_at_the_deadline():
    began = time.monotonic()
    said, dns = await asked(lambda q: None, seconds=0.7)
    assert (said.state, said.tries, len(dns.asked)) == ("silent", 2, 2)
    assert 0.65 < time.monotonic() - began < 1.0


async def test_a_closed_port_is_known_at_once():
    began = time.monotonic()
    said = await ask(LOOPBACK, NAME, "A", Deadline.after(5), free_udp_port())
    assert (said.state, said.error) == ("refused_port", "ECONNREFUSED")
    assert time.monotonic() - began < 1.0


async def test_an_answer_to_another_question_is_not_taken():
    said, _ = await asked(lambda q: with_wrong_id(q, "203.0.113.66"), seconds=0.3)
    assert (said.state, said.addresses) == ("garbled", ())


async def test_the_right_answer_behind_a_forged_one_counts():
    said, _ = await asked(lambda q: [with_wrong_id(q, "203.0.113.66"), b"rubbish", answer(q, "198.51.100.7")])
    assert said.addresses == ("198.51.100.7",)


async def test_an_answer_from_another_port_is_not_taken():
    """An injected packet comes from elsewhere; the connected socket never hands it over."""
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind((LOOPBACK, 0))
    loop = asyncio.get_running_loop()
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setblocking(False)
    server.bind((LOOPBACK, 0))

    async def serve():
        wire, peer = await loop.sock_recvfrom(server, 512)
        message = read_message(wire)
        message.flags |= 0x8000
        other.sendto(message.to_wire(), peer)

    with other, server:
        serving = asyncio.create_task(serve())
        said = await ask(LOOPBACK, NAME, "A", Deadline.after(0.3), server.getsockname()[1])
        await serving
    assert said.state == "silent"


async def test_a_truncated_answer_is_fetched_over_tcp():
    many = tuple(f"198.51.100.{n}" for n in range(1, 90))
    said, dns = await asked(lambda q: answer(q, *many) if q.transport == "tcp" else truncated(q))
    assert (said.transport, set(said.addresses)) == ("tcp", set(many))
    assert [each.transport for each in dns.asked] == ["udp", "tcp"]


async def test_a_truncated_answer_without_tcp_is_no_denial():
    said, _ = await asked(truncated, tcp=False)
    assert (said.state, said.cut_off, said.usable) == ("answered", True, False)
    assert not denies((said,))


async def test_an_unusable_server_address_is_no_route():
    said = await ask("no-address", NAME, "A", Deadline.after(1))
    assert (said.state, said.tries) == ("no_route", 0)


async def test_cancelling_leaves_no_socket_behind():
    """An open one would warn, and warnings are errors here."""
    asked = asyncio.Event()
    async with nano_dns(lambda q: asked.set()) as dns:
        task = asyncio.create_task(ask(LOOPBACK, NAME, "A", Deadline.after(5), dns.port))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    gc.collect()


@given(st.binary(max_size=600))
def test_any_bytes_are_a_message_or_none(wire):
    message = read_message(wire)
    if message is not None:
        assert isinstance(addresses_in(message, "A"), tuple)


@given(st.data())
def test_a_damaged_answer_never_raises(data):
    wire = bytearray(question(NAME, "A").to_wire())
    wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    message = read_message(bytes(wire))
    assert message is None or addresses_in(message, "A") == ()


def said(rdtype, code, *addresses):
    return DnsAnswer(LOOPBACK, NAME, rdtype, "answered", code, addresses)


@pytest.mark.parametrize(
    ("answers", "denied"),
    [
        ((said("A", "NXDOMAIN"),), True),
        ((said("A", "NOERROR"), said("AAAA", "NOERROR")), True),
        ((said("A", "NOERROR"),), False),
        ((said("AAAA", "NOERROR"), said("A", "SERVFAIL")), False),
        ((said("A", "NOERROR", "198.51.100.7"), said("AAAA", "NXDOMAIN")), False),
        ((), False),
    ],
)
def test_a_denial_needs_no_such_name_or_no_data_of_either_family(answers, denied):
    assert denies(answers) is denied
