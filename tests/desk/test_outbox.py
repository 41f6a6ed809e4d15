"""The outbox in the store, on both databases."""

import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from tests.desk.boxes import MemoryBox
from tests.session.older import back_to
from tests.session.samples import OPENED
from tshoot.desk.courier import Courier
from tshoot.desk.outbox import StoreOutbox
from tshoot.desk.parcel import CLAIM_SECONDS, anew, packed, tried
from tshoot.desk.webhook import Delivery, Webhook
from tshoot.session.errors import UnknownSession
from tshoot.session.store import open_store

NOW = 1_000_000.0


@pytest.fixture
def session(store):
    return store.create(OPENED).session


@pytest.fixture
def box(store):
    return StoreOutbox(store)


def parcel(session, key="key", due=NOW):
    return packed(key, session, '{"label": "Ä"}'.encode(), due)


def test_what_is_put_in_is_there_for_the_next_who_opens_the_store(store, address, session, box):
    box.put(parcel(session))
    store.close()
    again = open_store(address)
    assert StoreOutbox(again).of_session(session) == (parcel(session),)
    again.close()


def test_the_same_ticket_is_kept_once(session, box):
    box.put(parcel(session))
    claimed = box.claim(NOW)
    assert box.put(parcel(session, due=NOW + 50)) == claimed
    assert len(box.of_session(session)) == 1


def test_the_one_that_waited_longest_is_next_and_only_once(session, box):
    box.put(parcel(session, "late", NOW))
    box.put(parcel(session, "early", NOW - 5))
    box.put(parcel(session, "not-yet", NOW + 5))
    assert [box.claim(NOW).key, box.claim(NOW).key, box.claim(NOW)] == ["early", "late", None]


def test_a_claim_is_over_after_its_time(session, box):
    box.put(parcel(session))
    first = box.claim(NOW)
    assert box.claim(NOW + CLAIM_SECONDS - 1) is None
    second = box.claim(NOW + CLAIM_SECONDS)
    assert (first.attempts, second.attempts) == (1, 2)
    box.settle(tried(first, Delivery("delivered", "status 200"), NOW, 0.5))
    assert box.of_session(session)[0].state == "sending"


def test_what_has_arrived_is_not_kept(session, box):
    box.put(parcel(session))
    box.settle(tried(box.claim(NOW), Delivery("delivered", "status 200"), NOW, 0.5))
    (kept,) = box.of_session(session)
    assert (kept.state, kept.body, kept.told) == ("delivered", b"", "status 200")


def test_what_was_refused_can_be_sent_again(session, box):
    box.put(parcel(session))
    box.settle(tried(box.claim(NOW), Delivery("refused", "status 401"), NOW, 0.5))
    assert box.claim(NOW + 10_000) is None
    (kept,) = box.of_session(session)
    box.renew(anew(kept, NOW))
    assert box.claim(NOW).body == kept.body


def test_a_deleted_session_takes_its_parcels_along(store, session, box):
    box.put(parcel(session))
    under_way = box.claim(NOW)
    store.delete(session)
    box.settle(replace(under_way, state="waiting"))
    assert box.of_session(session) == ()
    with pytest.raises(UnknownSession):
        box.put(parcel(session))


def test_it_keeps_the_promises_that_the_courier_is_tested_with(session, box):
    memory, told = MemoryBox(), []
    for one in (memory, box):
        steps = [one.put(parcel(session)), one.claim(NOW), one.claim(NOW)]
        one.settle(tried(steps[1], Delivery("again", "status 500"), NOW, 0.5))
        steps += [*one.of_session(session), one.claim(NOW + 1), one.claim(NOW + 2)]
        told.append(steps)
    assert told[0] == told[1]


def test_many_who_claim_at_once_get_each_parcel_once(session, box):
    for number in range(20):
        box.put(parcel(session, f"key-{number}"))
    claimed = []

    def claim():
        while (one := box.claim(NOW)) is not None:
            claimed.append(one.key)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Where a lock is skipped a thread may end early; what is left is still there to be claimed.
    claim()
    assert sorted(claimed) == sorted(f"key-{number}" for number in range(20))


def test_a_store_from_before_there_was_an_outbox_gets_one(store, address):
    back_to(store, 1)
    again = open_store(address)
    session = again.create(OPENED).session
    StoreOutbox(again).put(parcel(session))
    assert StoreOutbox(again).claim(NOW).session == session
    again.close()


def killed_while_sending(address):
    """A process that claims the parcel and dies."""
    code = (
        "import os, sys\n"
        "from tshoot.desk.outbox import StoreOutbox\n"
        "from tshoot.session.store import open_store\n"
        "parcel = StoreOutbox(open_store(sys.argv[1])).claim(float(sys.argv[2]))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(address), str(NOW)], timeout=60, check=False)
    assert done.returncode == -9


async def test_a_process_killed_while_it_sends_loses_nothing(address, session, box):
    box.put(parcel(session))
    killed_while_sending(address)
    assert box.of_session(session)[0].state == "sending"
    sent = []

    def carry(webhook, key, body):
        sent.append((key, body))
        return Delivery("delivered", "status 200")

    courier = Courier(box, Webhook("", b""), clock=lambda: NOW + CLAIM_SECONDS, carry=carry)
    await courier.round()
    assert sent == [("key", parcel(session).body)]
    assert box.of_session(session)[0].state == "delivered"
