"""The desk on a store: what is kept, what is sent, what somebody else's work means."""

import json

import pytest

from tests.desk.calls import file, small
from tests.diagnosis.situations import DNS_DEAD
from tshoot.desk import moves
from tshoot.desk.agent import own_name, remember, remembered
from tshoot.desk.desk import PAGE, Desk, Overtaken
from tshoot.desk.ticket import ticket_json
from tshoot.desk.ticket_of import ticket_of
from tshoot.session.listing import Filters


@pytest.fixture
def desk(store):
    return Desk(store, small(), "anna")


def test_what_was_done_is_there_for_the_next_who_opens_the_call(desk):
    call = desk.do(desk.begin("main", "Ticket 4711"), lambda one: moves.chosen(one, "says-ok", 2.0))
    again = Desk(desk.store, small(), "bo").open(call.session)
    assert again.state == call.state
    assert again.record.row.title == "What about which?"


def test_the_table_names_the_question_that_is_asked_instead_of_measuring(desk):
    assert desk.begin("main", "Ticket 4711").record.row.title == "What do you see?"


def test_somebody_who_was_quicker_is_named_and_nothing_is_written(desk):
    call = desk.begin("main", "Ticket 4711")
    bo = Desk(desk.store, small(), "bo")
    bo.do(call, lambda one: moves.noted(one, "Mine"))
    with pytest.raises(Overtaken) as late:
        desk.do(call, lambda one: moves.chosen(one, "says-ok", 1.0))
    assert late.value.call.last == call.last + 1
    (words,) = late.value.words
    assert "bo noted: Mine" in words
    assert desk.store.record(call.session).transcript == ()


def test_only_a_page_is_read(desk):
    for number in range(PAGE + 3):
        desk.begin("main", f"Call {number}")
    first = desk.page(Filters())
    assert (len(first.rows), first.first, first.total) == (PAGE, 0, PAGE + 3)
    assert first.rows[0].label == f"Call {PAGE + 2}"
    last = desk.page(Filters(), PAGE)
    assert [row.label for row in last.rows] == ["Call 2", "Call 1", "Call 0"]
    assert desk.page(Filters(), 10 * PAGE).first == PAGE
    assert desk.page(Filters(words="nothing")).rows == ()


def test_the_search_finds_labels_notes_and_causes_but_no_evidence(desk):
    call = desk.begin("main", "Garden", evidence=file("secret-name.json", **DNS_DEAD))
    desk.do(call, lambda one: moves.noted(one, "Greenhouse"))
    found = {words: desk.page(Filters(words=words)).total for words in ("garden", "green", "192", "secret")}
    assert found == {"garden": 1, "green": 1, "192": 0, "secret": 0}


def test_a_ticket_is_sent_once_however_often_it_is_asked_for(desk):
    call = desk.begin("main", "Ticket 4711")
    ticket = ticket_of(call, "", "A test")
    assert desk.send(ticket).key == desk.send(ticket).key
    changed = desk.do(call, lambda one: moves.noted(one, "More"))
    desk.send(ticket_of(changed, "", "A test"))
    assert len(desk.parcels(call.session)) == 2


def test_private_data_is_taken_out_of_a_ticket(desk):
    call = desk.begin("main", "Ticket 4711")
    call = desk.do(
        call, lambda one: moves.noted(one, "Mail jane.roe@example.org, 203.0.113.77, phone 425-555-0199")
    )
    ticket = ticket_of(call, "T-Mobile account", "A test")
    safe = desk.without_private_data(ticket)
    text = json.dumps(ticket_json(safe))
    for private in ("jane.roe@example.org", "425-555-0199"):
        assert private in json.dumps(ticket_json(ticket))
        assert private not in text
    assert "Ticket 4711" in text
    assert "anna" in text
    assert safe.redacted


def test_the_name_is_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "data"))
    assert remembered() == ""
    remember("Kim\x1b[31m")
    assert remembered() == "Kim�[31m"
    assert own_name()
