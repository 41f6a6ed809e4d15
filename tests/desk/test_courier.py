"""Parcels under way: what arrives, how often, and what a death in between costs."""

import asyncio

import pytest

from tests.desk.boxes import MemoryBox
from tests.desk.receiver import receiving, reset, taken_then_reset
from tshoot.desk.courier import Courier
from tshoot.desk.parcel import CLAIM_SECONDS, packed
from tshoot.desk.webhook import Delivery, Webhook

SECRET = b"a secret of this test"


class Clock:
    """Jumps to whatever is due next."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


async def carried(courier, clock, box, rounds):
    for _ in range(rounds):
        await courier.round()
        clock.now = max([clock.now, *(parcel.due for parcel in box.parcels.values())])


@pytest.mark.parametrize(
    "behaviours",
    [
        [500, 503, 200],
        [reset, 502, 200],
        [(429, {"Retry-After": "30"}), 200],
        [taken_then_reset, 200],
        [taken_then_reset, taken_then_reset, reset, 200],
    ],
)
async def test_in_the_end_the_ticket_is_there_once(behaviours):
    box, clock, told = MemoryBox(), Clock(), []
    box.put(packed("key", "session", b"{}", clock.now))
    with receiving(*behaviours) as receiver:
        courier = Courier(box, Webhook(receiver.url, SECRET), told.append, clock)
        await carried(courier, clock, box, len(behaviours) + 2)
    assert box.parcels["key"].state == "delivered"
    assert receiver.kept == {"key": b"{}"}
    assert len(receiver.requests) == len(behaviours)
    assert [parcel.state for parcel in told] == ["waiting"] * (len(behaviours) - 1) + ["delivered"]


async def test_retry_after_is_waited_for():
    box, clock = MemoryBox(), Clock()
    box.put(packed("key", "session", b"{}", clock.now))
    with receiving((429, {"Retry-After": "30"}), 200) as receiver:
        courier = Courier(box, Webhook(receiver.url, SECRET), clock=clock)
        await courier.round()
        clock.now += 29
        await courier.round()
        assert len(receiver.requests) == 1
        clock.now += 1
        await courier.round()
    assert box.parcels["key"].state == "delivered"


async def test_a_courier_that_dies_while_sending_is_followed_by_the_next():
    box, clock = MemoryBox(), Clock()
    box.put(packed("key", "session", b"{}", clock.now))
    assert box.claim(clock.now).attempts == 1  # … and here the first one dies
    with receiving() as receiver:
        courier = Courier(box, Webhook(receiver.url, SECRET), clock=clock)
        await courier.round()
        assert receiver.requests == []
        clock.now += CLAIM_SECONDS
        await courier.round()
    assert (box.parcels["key"].state, box.parcels["key"].attempts) == ("delivered", 2)
    assert len(receiver.kept) == 1


async def test_a_courier_that_was_given_up_on_changes_nothing_afterwards():
    box, clock = MemoryBox(), Clock()
    box.put(packed("key", "session", b"{}", clock.now))
    late = box.claim(clock.now)
    clock.now += CLAIM_SECONDS
    box.claim(clock.now)
    box.settle(late)
    assert (box.parcels["key"].state, box.parcels["key"].attempts) == ("sending", 2)


async def test_two_couriers_send_each_parcel_once():
    box, clock = MemoryBox(), Clock()
    for number in range(6):
        box.put(packed(f"key-{number}", "session", b"{}", clock.now))
    with receiving() as receiver:
        couriers = [Courier(box, Webhook(receiver.url, SECRET), clock=clock) for _ in range(2)]
        await asyncio.gather(*(courier.round() for courier in couriers))
    assert len(receiver.requests) == 6
    assert {parcel.state for parcel in box.parcels.values()} == {"delivered"}


async def test_the_courier_runs_until_it_is_cancelled_and_waits_for_nobody():
    box, clock, hung = MemoryBox(), Clock(), asyncio.Event()
    loop = asyncio.get_running_loop()
    box.put(packed("key", "session", b"{}", clock.now))

    def hangs(webhook, key, body):
        loop.call_soon_threadsafe(hung.set)
        import time

        time.sleep(0.3)
        return Delivery("delivered", "status 200")

    running = asyncio.create_task(Courier(box, Webhook("", SECRET), clock=clock, carry=hangs).run())
    await hung.wait()
    running.cancel()
    began = loop.time()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert loop.time() - began < 0.25
    assert box.parcels["key"].state == "sending"
