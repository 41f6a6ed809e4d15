"""Figures of many sessions against what the made-up sessions hold; moving sessions to another store."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles

import pytest

from benchmarks import store_data
from tests.session.older import back_to
from tests.session.samples import OPENED, SOLVED, answered, checked
from tshoot.guide.model import WentBack
from tshoot.session.figures import CauseFigure, Figures, FixFigure, StopFigure
from tshoot.session.loading import BadExport, load, recorded_from
from tshoot.session.migrations import migrate
from tshoot.session.model import Closed, Labelled, Recorded, Reopened, Walked
from tshoot.session.record import fold
from tshoot.session.store import open_store


def test_no_sessions_no_figures(store):
    assert store.figures() == Figures()
    assert store.fixes() == ()


def test_what_fixed_where_people_stop_and_how_long_it_took(store, clock):
    store.create(OPENED, answered(seconds=60.0), checked(1, "not_fixed"), checked(2, fix="other"), SOLVED)
    store.create(OPENED, answered(seconds=120.0), checked(1), SOLVED)
    store.create(OPENED, answered(then="cable", title="Check the cable"))
    store.create(OPENED, answered(then="cable", title="Check the cable"), Closed("set_aside"))
    clock.now += timedelta(days=1)
    store.create(OPENED, answered())
    found = store.figures()
    assert found.sessions == 5
    assert found.states == {"resolved": 2, "open": 2, "set_aside": 1}
    assert found.causes == (CauseFigure("", 3, 0), CauseFigure("dns.unreachable", 2, 2))
    assert found.minutes == pytest.approx((62 / 60, 62 / 60, 121 / 60))
    assert found.stops == (
        StopFigure("start", "cable", "Check the cable", 2),
        StopFigure("start", "restart", "Restart the gateway", 1),
    )
    assert found.fixes == (FixFigure("start", "restart", 1, 1, 0), FixFigure("start", "other", 1, 0, 0))
    assert found.fixes[0].share == 0.5
    assert found.days == ((date(2026, 3, 4), 4), (date(2026, 3, 5), 1))
    assert store.figures(clock.now).sessions == 1
    assert store.figures(clock.now).fixes == ()
    assert len(store.figures(most=1).causes) == 1
    assert store.fixes() == found.fixes


CALL = replace(OPENED, kind="desk")


def test_a_call_takes_from_its_beginning_to_its_end_a_session_alone_its_steps(store, clock):
    for opened, minutes in ((CALL, (7.0,) * 3), (OPENED, (1.05,) * 3)):
        row = store.create(opened, answered(seconds=60.0))
        clock.now = row.opened + timedelta(minutes=7, seconds=-1)
        store.append(row.session, 2, [answered(keep=1, seconds=3.0), SOLVED])
        clock.now += timedelta(hours=3)
        store.append(row.session, 4, [Closed("resolved"), Labelled("4711")])
        assert store.row(row.session).seconds == 63.0
        assert store.figures().minutes == pytest.approx(minutes)
        assert store.row(row.session) == store.record(row.session).row
        store.delete(row.session)


def test_a_call_that_went_on_ends_when_it_ends_again(store, clock):
    row = store.create(CALL, answered(), Closed("unresolved"))
    clock.now = row.opened + timedelta(minutes=30, seconds=-1)
    store.append(row.session, 3, [Reopened(), Closed("resolved")])
    assert store.figures().minutes == pytest.approx((30.0,) * 3)


def test_the_minutes_of_a_store_of_before_are_found_in_its_events(store, clock):
    call = store.create(CALL, answered(seconds=60.0))
    clock.now += timedelta(minutes=10)
    store.append(call.session, 2, [SOLVED])
    alone = store.create(OPENED, answered(seconds=60.0), SOLVED)
    back_to(store, 2)
    migrate(store.engine)
    for row in (call, alone):
        assert store.row(row.session) == store.record(row.session).row
    assert store.figures().minutes[2] > 10


def test_a_call_that_was_a_mistake_or_a_test_counts_nowhere(store):
    store.create(OPENED, answered(), checked(1), Closed("set_aside"))
    alone = store.figures(), store.fixes()
    store.create(CALL, answered(cause="dns.unreachable"), checked(1, "not_fixed"), Closed("set_aside"))
    assert (store.figures(), store.fixes()) == alone
    assert store.figures(store_data.SINCE) == alone[0]
    assert store.count() == 2


def test_a_check_that_was_undone_is_not_counted_and_one_made_again_once(store):
    row = store.create(OPENED, answered(), checked(1, "not_fixed"))
    store.append(row.session, 3, [Walked(WentBack(1), 1, (), 1.0)])
    assert store.fixes() == ()
    store.append(row.session, 4, [checked(1, "fixed")])
    assert store.fixes() == (FixFigure("start", "restart", 1, 0, 0),)
    store.delete(row.session)
    assert store.fixes() == ()


def test_a_check_that_tells_nothing_has_no_share(store):
    store.create(OPENED, answered(), checked(1, "cannot_tell"))
    assert store.fixes() == (FixFigure("start", "restart", 0, 0, 1),)
    assert store.fixes()[0].share is None


def test_figures_of_many_are_what_counting_gives(store):
    events = list(store_data.sessions(120, 12))
    assert load(store, events) == (120, 0)
    of_one = {}
    for recorded in events:
        of_one.setdefault(recorded.session, []).append(recorded)
    records = [fold(name, some) for name, some in of_one.items()]
    assert set(store.sessions()) == {record.row for record in records}
    for since in (None, store_data.SINCE + timedelta(days=300)):
        begun = [record for record in records if since is None or record.row.opened.date() >= since.date()]
        chosen = [record for record in begun if (record.row.kind, record.row.state) != ("desk", "set_aside")]
        found = store.figures(since, 1000)
        assert found.sessions == len(chosen)
        assert found.states == Counter(record.row.state for record in chosen)
        assert {figure.cause: figure.sessions for figure in found.causes} == Counter(
            record.row.cause for record in chosen
        )
        assert dict(found.days) == Counter(record.row.opened.date() for record in chosen)
        seconds = sorted(record.row.took for record in chosen if record.row.state == "resolved")
        exact = quantiles(seconds, n=4, method="inclusive")
        for minutes, wanted in zip(found.minutes, exact, strict=True):
            nearest = min(seconds, key=lambda spent, wanted=wanted: abs(spent - wanted))
            assert abs(minutes * 60 - wanted) <= abs(nearest - wanted) + 30
        tried = Counter()
        for name, some in of_one.items():
            if any(record.row.session == name for record in chosen):
                for recorded in some:
                    fix = getattr(recorded.event, "tried", None)
                    tried.update([(fix.step, fix.result)] if fix else [])
        assert {
            (figure.step, result): count
            for figure in found.fixes
            for result in ("fixed", "not_fixed", "cannot_tell")
            if (count := getattr(figure, result))
        } == tried


def test_sessions_move_to_another_store(store, tmp_path):
    load(store, store_data.sessions(40, 12))
    lines = list(store.export())
    other = open_store(tmp_path / "other.db")
    assert load(other, recorded_from(lines)) == (40, 0)
    assert load(other, recorded_from([*lines, "\n"])) == (0, 40)
    assert set(other.sessions()) == set(store.sessions())
    assert other.figures() == store.figures()
    for row in other.sessions(limit=5):
        assert other.events(row.session) == store.events(row.session)
    assert other.count() == 40
    row = other.create(OPENED)
    assert other.append(row.session, 1, [answered()]) == 2
    other.close()


def test_adding_goes_on_after_loading(store):
    load(store, store_data.sessions(3, 12))
    row = store.sessions(limit=1)[0]
    assert store.append(row.session, row.last, [Closed("handed_over")]) == row.last + 1
    assert store.create(OPENED).last == 1


LINE = {
    "schema": "tshoot.events/1",
    "session": "abcdefgh",
    "number": 1,
    "at": "2026-03-04T05:06:07.000Z",
    "who": "a\x1b[31mnna",
    "event": "noted",
    "data": {"text": "\x1b]52;c;x\x07"},
}


def test_what_comes_from_a_file_is_made_harmless():
    (recorded,) = recorded_from([json.dumps(LINE)])
    assert recorded.who == "a�[31mnna"
    assert recorded.event.text == "�]52;c;x�"
    assert recorded.at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "change", [{"schema": "x"}, {"session": "../../x"}, {"number": None}, {"at": "noon"}, {"session": 5}]
)
def test_a_line_that_is_no_event_is_refused_with_its_number(change):
    with pytest.raises(BadExport, match="Line 2 "):
        list(recorded_from([json.dumps(LINE), json.dumps({**LINE, **change})]))
    with pytest.raises(BadExport, match="Line 1 "):
        list(recorded_from(["[" * 100_000]))


def test_a_session_with_a_gap_is_refused_and_nothing_is_added(store):
    broken = [Recorded("abcdefgh", number, datetime.now(UTC), "", OPENED) for number in (1, 3)]
    with pytest.raises(BadExport, match="abcdefgh are not complete"):
        load(store, broken)
    assert store.count() == 0
