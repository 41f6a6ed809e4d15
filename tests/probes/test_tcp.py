import asyncio
import errno

import pytest

from tests.support.loopback import (
    HERE,
    closed_port,
    dns_readings,
    probe_context,
    serving,
    silent_port,
    stalls,
)
from tshoot.probes import tcp
from tshoot.probes.deadline import Deadline
from tshoot.probes.tcp_connect import TcpAnswer, both_families, connect_all, connect_outcome, most_telling
from tshoot.target import Target


async def reading(port, addresses=(HERE,), public=()):
    context = probe_context(
        target=Target("service.test", port=port), readings=dns_readings(addresses, public), seconds=3
    )
    return await tcp.run(context)


async def test_connects():
    async with serving(stalls) as port:
        found = await reading(port)
    assert found.outcome == "ok"
    assert found.data.address == HERE
    assert found.data.source == "system"
    assert found.contacted == (HERE,)


async def test_refused():
    found = await reading(closed_port())
    assert found.outcome == "refused"
    assert found.data.connects[0].reason == "ECONNREFUSED"
    assert found.data.address == ""


async def test_one_address_that_works_is_enough():
    async with serving(stalls) as port:
        found = await reading(port, ("127.0.0.2", HERE))
    assert found.outcome == "ok"
    assert found.data.address == HERE
    assert [each.state for each in found.data.connects] == ["refused", "ok"]


async def test_unreachable_is_told_from_silence():
    # The system refuses a TCP connection to the broadcast address without sending anything.
    found = await reading(closed_port(), ("255.255.255.255",))
    assert found.outcome == "unreachable"


async def test_silence_is_timeout_in_time_and_closes_everything():
    with silent_port() as port:
        answers = await connect_all((HERE,), port, Deadline.after(0.3))
    assert [answer.state for answer in answers] == ["timeout"]


async def test_a_silent_address_does_not_hold_up_one_that_connects():
    async with asyncio.timeout(2):
        async with serving(stalls, host="127.0.0.2") as port:
            answers = await connect_all(("127.0.0.2", "255.255.255.255"), port, Deadline.after(3))
    assert [answer.state for answer in answers] == ["ok", "unreachable"]


async def test_without_an_address_it_is_skipped():
    found = await reading(closed_port(), (), ())
    assert found.outcome == "skipped"
    assert found.contacted == ()


async def test_addresses_of_other_resolvers_serve_when_the_own_one_fails():
    async with serving(stalls) as port:
        found = await reading(port, (), (HERE,))
    assert found.outcome == "ok"
    assert found.data.source == "public"


async def test_over_ipv6():
    async with serving(stalls, host="::1") as port:
        found = await reading(port, ("::1",))
    assert found.outcome == "ok"
    assert found.data.connects[0].family == 6


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, ""), "refused"),
        (ConnectionResetError(errno.ECONNRESET, ""), "reset"),
        (ConnectionAbortedError(errno.ECONNABORTED, ""), "reset"),
        (PermissionError(errno.EPERM, ""), "blocked_locally"),
        (PermissionError(errno.EACCES, ""), "blocked_locally"),
        (OSError(errno.ENETUNREACH, ""), "unreachable"),
        (OSError(errno.EHOSTUNREACH, ""), "unreachable"),
        (TimeoutError(errno.ETIMEDOUT, ""), "timeout"),
    ],
)
def test_what_an_error_says(error, outcome):
    assert connect_outcome(error) == outcome


def test_the_most_telling_of_several_failures():
    answers = [TcpAnswer("a", 4, state) for state in ("timeout", "unreachable", "reset", "refused")]
    assert most_telling(answers).state == "refused"
    assert most_telling(answers[:2]).state == "unreachable"


def test_both_families_are_tried():
    many = [f"192.0.2.{last}" for last in range(1, 9)]
    assert both_families([*many, "2001:db8::1"]) == ("2001:db8::1", "192.0.2.1", "192.0.2.2", "192.0.2.3")
    assert both_families(["192.0.2.1", "192.0.2.1"]) == ("192.0.2.1",)
    assert both_families([]) == ()


async def test_cancelling_leaves_no_socket_open(recwarn):
    with silent_port() as port:
        task = asyncio.create_task(reading(port))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not [warning for warning in recwarn if issubclass(warning.category, ResourceWarning)]
