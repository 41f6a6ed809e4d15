"""The store, on both databases: what is added is there, in order, and nothing else."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from tests.session.conftest import BEGIN
from tests.session.samples import OPENED, SOLVED, answered, checked
from tshoot.session.errors import Conflict, NewerSchema, UnknownSession
from tshoot.session.listing import Filters
from tshoot.session.migrations import STEPS, migrate
from tshoot.session.model import Assigned, Closed, Labelled, Noted, Opened, Reopened
from tshoot.session.names import ALPHABET
from tshoot.session.record import fold
from tshoot.session.store import open_store


def test_what_was_added_is_read_again_also_by_another_program(store, address):
    row = store.create(OPENED, Labelled("Ms. Smith"), who="anna")
    assert store.append(row.session, 2, [answered(), Noted("She is on a train.", "start", "which")]) == 4
    other = open_store(address)
    events = other.events(row.session)
    other.close()
    assert [recorded.number for recorded in events] == [1, 2, 3, 4]
    assert [recorded.who for recorded in events] == ["anna", "anna", "", ""]
    assert [recorded.event for recorded in events] == [
        OPENED,
        Labelled("Ms. Smith"),
        answered(),
        Noted("She is on a train.", "start", "which"),
    ]
    assert events[0].at == BEGIN + timedelta(seconds=1)
    assert store.events(row.session, 3) == events[3:]


def test_the_line_is_what_the_events_add_up_to(store):
    row = store.create(OPENED)
    assert set(row.session) <= set(ALPHABET)
    assert (row.kind, row.service, row.flow, row.version, row.title) == (
        "wizard",
        "metro",
        "start",
        "1.0.0",
        "What goes wrong?",
    )
    assert (row.state, row.answered, row.last, row.opened, row.updated) == (
        "open",
        0,
        1,
        BEGIN + timedelta(seconds=1),
        BEGIN + timedelta(seconds=1),
    )
    store.append(row.session, 1, [answered(), checked(1), SOLVED, Assigned("anna"), Labelled("Bob")])
    row = store.row(row.session)
    assert (row.state, row.cause, row.step, row.agent, row.label) == (
        "resolved",
        "dns.unreachable",
        "end",
        "anna",
        "Bob",
    )
    assert (row.answered, row.seconds, row.last) == (1, 3.5, 6)
    assert row == store.record(row.session).row
    assert row == fold(row.session, store.events(row.session)).row


def test_going_back_from_the_end_opens_it_again(store):
    row = store.create(OPENED, answered(), SOLVED)
    assert row.ended
    store.append(row.session, 3, [answered(keep=0)])
    assert not store.row(row.session).ended
    store.append(row.session, 4, [Closed("handed_over")])
    assert store.row(row.session).state == "handed_over"
    store.append(row.session, 5, [Reopened()])
    assert store.row(row.session).state == "open"


def test_the_later_of_two_gets_what_the_first_wrote(store):
    row = store.create(OPENED)
    assert store.append(row.session, 1, [Noted("first")], who="anna") == 2
    with pytest.raises(Conflict, match="anna has gone on with session") as caught:
        store.append(row.session, 1, [Noted("second"), Noted("third")], who="ben")
    assert [(newer.number, newer.event) for newer in caught.value.newer] == [(2, Noted("first"))]
    assert len(store.events(row.session)) == 2
    assert store.append(row.session, 2, [Noted("second")], who="ben") == 3


def test_step_by_step_and_at_once_are_the_same(store, monkeypatch):
    more = [
        answered(),
        checked(1),
        Noted("Über die Brücke"),
        Labelled("Zoë"),
        Assigned("ben"),
        SOLVED,
        Reopened(),
    ]
    at_once, by_step = store.create(OPENED), store.create(OPENED)
    for events in ([each] for each in more):
        store.append(at_once.session, store.row(at_once.session).last, events, "anna")
    assert store.append(at_once.session, 8, [Noted("One."), Noted("Two.")]) == 10
    monkeypatch.setattr("tshoot.session.store.fits", lambda *_: False)
    for events in ([each] for each in more):
        store.append(by_step.session, store.row(by_step.session).last, events, "anna")
    store.append(by_step.session, 8, [Noted("One."), Noted("Two.")])
    one, other = (store.events(row.session) for row in (at_once, by_step))
    assert [each.event for each in one] == [each.event for each in other]
    assert [each.who for each in one] == [each.who for each in other]
    for row in (at_once, by_step):
        assert store.row(row.session) == store.record(row.session).row
    assert store.count(Filters(words="brucke two zoe")) == 2
    assert store.fixes()[0].fixed == 2


def test_what_was_added_elsewhere_is_noticed(store, address):
    row, other = store.create(OPENED), open_store(address)
    other.append(row.session, 1, [Noted("elsewhere")])
    with pytest.raises(Conflict):
        store.append(row.session, 1, [Noted("here")])
    assert store.append(row.session, 2, [Noted("here")]) == 3
    other.delete(row.session)
    with pytest.raises(UnknownSession):
        store.append(row.session, 3, [Noted("too late")])
    other.close()


def test_of_many_at_the_same_moment_one_wins(store):
    row = store.create(OPENED)
    won, lost, gate = [], [], Barrier(8)

    def add(name):
        gate.wait(10)
        try:
            won.append((name, store.append(row.session, 1, [Noted(name)], who=name)))
        except Conflict as conflict:
            lost.append([newer.who for newer in conflict.newer])

    threads = [Thread(target=add, args=(f"agent {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(won) == 1
    assert lost == [[won[0][0]]] * 7
    assert [recorded.event for recorded in store.events(row.session)][1:] == [Noted(won[0][0])]


def test_nothing_is_written_of_what_fails_half_way(store, monkeypatch):
    row = store.create(OPENED)

    def broken(*_):
        raise RuntimeError("half way")

    monkeypatch.setattr("tshoot.session.adding._add_events", broken)
    monkeypatch.setattr("tshoot.session.store.fits", lambda *_: False)
    with pytest.raises(RuntimeError, match="half way"):
        store.append(row.session, 1, [Noted("never")])
    assert store.row(row.session) == row
    assert store.sessions(Filters(words="never")) == ()


def test_a_name_that_is_taken_is_drawn_again(store, monkeypatch):
    taken = store.create(OPENED).session
    names = iter([taken, taken, "freename", taken, taken, taken, taken, taken])
    monkeypatch.setattr("tshoot.session.store.new_name", lambda: next(names))
    assert store.create(OPENED, answered(), checked(1)).session == "freename"
    with pytest.raises(IntegrityError):
        store.create(OPENED)
    assert store.count() == 2
    assert store.record("freename").row == store.row("freename")


def test_names_can_be_shortened_and_misread(store):
    row = store.create(OPENED)
    assert store.named(row.session[:6].upper()) == row.session
    assert store.named(f" {row.session[:4]}-{row.session[4:]} ") == row.session
    for wrong in ("uuuu", "", "%", "_"):
        with pytest.raises(UnknownSession, match="sessions list"):
            store.named(wrong)
    several = {store.create(OPENED).session[0] for _ in range(60)}
    with pytest.raises(UnknownSession, match="Several sessions begin with"):
        [store.named(first) for first in several]


def test_a_session_that_is_not_there(store):
    for call in (store.events, store.record, store.row, store.delete):
        with pytest.raises(UnknownSession, match="no session abc"):
            call("abc")
    with pytest.raises(UnknownSession):
        store.append("abc", 0, [Noted("x")])


@pytest.fixture
def several(store):
    """Four sessions, the newest first: desk by anna, desk by ben, wizard solved, dialogue."""
    desk = Opened("desk", "connectivity", place=OPENED.place)
    rows = [
        store.create(Opened("dialogue", "start", place=OPENED.place), answered()),
        store.create(OPENED, SOLVED),
        store.create(desk, Assigned("ben"), Labelled("Zoë")),
        store.create(desk, Assigned("anna"), Labelled("adam")),
    ]
    return [row.session for row in reversed(rows)]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), [0, 1, 2, 3]),
        (Filters(state="open"), [0, 1, 3]),
        (Filters(state="ended"), [2]),
        (Filters(state="resolved"), [2]),
        (Filters(kind="desk"), [0, 1]),
        (Filters(kind="desk", agent="ben"), [1]),
        (Filters(agent=""), [2, 3]),
        (Filters(service="metro"), [2]),
        (Filters(origin="home"), [2]),
        (Filters(flow="start"), [2, 3]),
        (Filters(answered=True), [3]),
        (Filters(words="zoe"), [1]),
        (Filters(words="cant get onl"), []),
        (Filters(words="get ONL"), [0, 1, 2, 3]),
        (Filters(words="dns unreach"), [2]),
        (Filters(words="dns.unreachable"), [2]),
        (Filters(words="restart gateway"), [3]),
        (Filters(words="restart", state="ended"), []),
        (Filters(words="reach"), []),
        (Filters(words="'):*|!&\"*"), []),
        (Filters(words="  "), [0, 1, 2, 3]),
    ],
)
def test_filters_and_words(store, several, filters, found, monkeypatch):
    for many in (1, 1500):  # by reading in order, and by the index
        monkeypatch.setattr("tshoot.session.finding.MANY", many)
        rows = store.sessions(filters, limit=10)
        assert [several.index(row.session) for row in rows] == found
    assert store.count(filters) == len(found)


def test_orders_and_pages(store, several):
    def shown(**how):
        return [several.index(row.session) for row in store.sessions(**how)]

    assert shown(order="opened") == [0, 1, 2, 3]
    assert shown(order="agent") == [2, 3, 0, 1]
    assert shown(order="label") == [2, 3, 0, 1]
    assert shown(limit=2) == [0, 1]
    assert shown(limit=2, offset=2) == [2, 3]
    assert shown(limit=2, offset=4) == []
    store.append(several[3], 2, [Noted("new")])
    assert shown(limit=1) == [3]


def test_later_words_are_found_and_old_ones_still(store):
    row = store.create(OPENED, Labelled("Miller"))
    store.append(row.session, 2, [Labelled("Smith"), Noted("He speaks 日本語 and naïve French")])
    for words in ("miller", "smith", "naive", "本", "日本", "MILL smi"):
        assert store.count(Filters(words=words)) == 1, words


def test_deleted_completely(store, several):
    store.append(several[1], 3, [Noted("Unmistakable"), checked(0)])
    assert store.count(Filters(words="unmistak")) == 1
    store.delete(several[1])
    assert store.count(Filters(words="unmistak")) == 0
    assert store.count() == 3
    with store.reading() as connection:
        for table in ("events", "texts", "fixes"):
            sql = f"SELECT count(*) FROM {table} WHERE session NOT IN (SELECT id FROM sessions)"
            assert connection.exec_driver_sql(sql).scalar() == 0
    assert "Unmistakable" not in "".join(store.export())


def test_pruned_by_age(store, several, clock):
    clock.now += timedelta(days=91)
    store.append(several[2], 2, [Noted("again")])
    assert store.prune(timedelta(days=90)) == 3
    assert [row.session for row in store.sessions()] == [several[2]]
    assert store.prune(timedelta(days=90)) == 0


def test_export_tells_everything(store):
    row = store.create(OPENED, answered(), who="anna")
    lines = [json.loads(line) for line in store.export()]
    assert [(line["session"], line["number"], line["event"], line["who"]) for line in lines] == [
        (row.session, 1, "opened", "anna"),
        (row.session, 2, "walked", "anna"),
    ]
    assert lines[0]["at"] == "2026-03-04T05:06:08.000Z"
    assert lines[0]["data"]["flow"] == "start"
    assert lines[1]["schema"] == "tshoot.events/1"
    other = store.create(OPENED)
    assert len(list(store.export())) == 3
    assert [json.loads(line)["session"] for line in store.export(other.session)] == [other.session]


def test_a_newer_schema_is_left_alone_and_an_older_one_is_brought_up(store, address):
    def step(connection):
        connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN colour TEXT")

    row = store.create(OPENED)
    migrate(store.engine, [*STEPS, step])
    migrate(store.engine, [*STEPS, step])
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT colour FROM sessions").scalar() is None
    assert store.row(row.session) == row
    with pytest.raises(NewerSchema, match="Update this program"):
        open_store(address)


def test_two_that_start_together_make_the_tables_once(address):
    failed, gate = [], Barrier(4)

    def start():
        gate.wait(10)
        try:
            open_store(address).close()
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
