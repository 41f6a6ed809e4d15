"""The ticket on the screen: read, copied, saved, sent."""

import json
import re

import pytest

from tests.desk.calls import file, small
from tests.desk.receiver import receiving
from tests.diagnosis.situations import DNS_DEAD
from tests.tui.desk.desks import SIZES, desk_of, running
from tshoot.desk import courier as carrying
from tshoot.desk import moves
from tshoot.desk.courier import Courier
from tshoot.desk.formats import written
from tshoot.desk.outbox import StoreOutbox
from tshoot.desk.webhook import Webhook
from tshoot.session.model import Labelled
from tshoot.tui.desk import ticket

SECRET = b"a secret of this test"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return desk_of(str(tmp_path / "desk.db"), flows=small())


@pytest.fixture
def call(desk):
    begun = desk.begin("main", "Ticket 4711", evidence=file(**DNS_DEAD))
    return desk.do(begun, lambda one: moves.noted(one, "Mail jane.roe@example.org"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_ticket_is_shown_without_private_data(desk, call, size):
    async with running(desk, size) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("Still open")
        await shown.until("without private data")
        assert "c Copy" in shown.text
        assert "Send" not in shown.text


async def test_formats_and_private_data_on_demand(desk, call):
    async with running(desk, (120, 200)) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        assert "jane.roe" not in written(shown.app.screen.ticket, "markdown")
        await shown.press("v")
        await shown.until("WITH private data")
        assert "jane.roe" in written(shown.app.screen.ticket, "markdown")
        await shown.press("f", "f")
        await shown.until('"schema": "tshoot.ticket/1"')
        await shown.press("v")
        await shown.until("JSON, without private data")


async def test_copying_asks_first(desk, call):
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        await shown.press("c")
        await shown.until("Copy the ticket?")
        await shown.press("1")
        assert shown.app.clipboard == ""
        await shown.press("c")
        await shown.until("Copy the ticket?")
        await shown.press("2")
        await shown.until(lambda: shown.app.clipboard.startswith("# Ticket 4711"))
        assert "jane.roe" not in shown.app.clipboard


async def test_saving_writes_a_new_file_and_never_over_one(desk, call, tmp_path):
    path = tmp_path / f"ticket-{call.session}.md"
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        for _ in range(2):
            await shown.press("s")
            await shown.until("Save the ticket")
            await shown.press("enter")
            await shown.until(path.exists)
        await shown.until("is there already")
        assert path.read_text().startswith("# Ticket 4711")
        assert path.stat().st_mode & 0o777 == 0o600


async def test_sending_goes_through_the_outbox_and_tells_how_it_went(desk, call, monkeypatch):
    monkeypatch.setattr(carrying, "POLL_SECONDS", 0.05)
    with receiving(503, 200) as receiver:
        courier = Courier(StoreOutbox(desk.store), Webhook(receiver.url, SECRET))
        async with running(desk, courier=courier) as shown:
            await shown.on(call)
            await shown.press("t")
            await shown.until("p Send")
            await shown.press("p")
            await shown.until("try 1 did not get through (status 503)")
            await shown.until("The ticket arrived at ")
    assert len(receiver.kept) == 1
    (body,) = receiver.kept.values()
    document = json.loads(body)
    assert (document["schema"], document["label"]) == ("tshoot.ticket/1", "Ticket 4711")
    assert "jane.roe" not in body.decode()


async def test_what_was_not_sent_before_the_desk_closed_is_sent_at_the_next_start(
    desk, call, tmp_path, monkeypatch
):
    monkeypatch.setattr(carrying, "POLL_SECONDS", 0.05)
    with receiving() as receiver:
        async with running(desk) as shown:
            await shown.until("Ticket 4711")
            from tshoot.desk.ticket_of import ticket_of

            desk.send(ticket_of(call, "", "A test"))
        again = desk_of(str(tmp_path / "desk.db"), flows=small())
        courier = Courier(StoreOutbox(again.store), Webhook(receiver.url, SECRET))
        async with running(again, courier=courier) as shown:
            await shown.until(lambda: receiver.kept)
            await shown.until(lambda: again.parcels(call.session)[0].state == "delivered")
    assert len(receiver.requests) == 1


def refused_on(shown):
    return re.search(r"The receiver refused the ticket at \d\d:\d\d \(status 401\)\.", shown.text)


async def test_a_refused_ticket_says_so_and_can_be_sent_again(desk, call, monkeypatch):
    monkeypatch.setattr(carrying, "POLL_SECONDS", 0.05)
    with receiving(401, 200) as receiver:
        courier = Courier(StoreOutbox(desk.store), Webhook(receiver.url, SECRET))
        async with running(desk, courier=courier) as shown:
            await shown.on(call)
            await shown.press("t")
            await shown.until("p Send")
            await shown.press("p")
            await shown.until(lambda: refused_on(shown))
            # By its name in the table, wherever the agent is meanwhile.
            await shown.until("Ticket 4711: The receiver")
            await shown.press("p")
            await shown.until("The ticket arrived at ")
    assert len({headers["Idempotency-Key"] for headers, _ in receiver.requests}) == 1


async def test_it_is_told_that_what_arrived_is_not_what_stands_there(desk, call, monkeypatch):
    monkeypatch.setattr(carrying, "POLL_SECONDS", 0.05)
    with receiving() as receiver:
        courier = Courier(StoreOutbox(desk.store), Webhook(receiver.url, SECRET))
        async with running(desk, courier=courier) as shown:
            await shown.on(call)
            await shown.press("t")
            await shown.until("p Send")
            await shown.press("p")
            await shown.until("│ The ticket arrived at ")
            await shown.press("escape", "n")
            await shown.until("─ Note")
            await shown.type("One more")
            await shown.press("f2")
            await shown.until("anna: One more")
            await shown.press("t")
            await shown.until("An earlier version arrived at ")
            assert "p sends this one." in shown.text
            await shown.press("p")
            await shown.until("This ticket arrived at ")
            assert "Another version arrived at " in shown.text
    assert len(receiver.kept) == 2


async def test_saving_needs_a_name(desk, call):
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        await shown.press("s")
        await shown.until("Save the ticket")
        await shown.press("ctrl+u", "enter")
        await shown.until("Type a name for the file.")
        await shown.type("~nobody-has-this-name/t.md")
        await shown.press("enter")
        await shown.until("can't be written")


async def test_what_others_do_meanwhile_is_in_the_ticket_that_is_shown(desk, call, monkeypatch):
    monkeypatch.setattr(ticket, "REFRESH_SECONDS", 0.05)
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        latest = desk.open(call.session)
        desk.store.append(call.session, latest.last, [Labelled("Ticket 4712")], who="bo")
        await shown.until("# Ticket 4712")
