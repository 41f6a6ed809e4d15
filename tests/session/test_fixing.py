"""A fix counts once each time it was done, whatever checks follow it."""

from datetime import UTC, datetime

import pytest

from tests.guide import flows as f
from tests.session.older import back_to
from tests.session.samples import OPENED, answered, checked, done
from tshoot.guide.model import Chosen, Measured, WentBack
from tshoot.session.figures import FixFigure
from tshoot.session.fixing import fixes_of
from tshoot.session.loading import load, recorded_from
from tshoot.session.migrations import STEPS, migrate
from tshoot.session.model import Recorded, Tried, Walked
from tshoot.session.store import open_store
from tshoot.session.walking import walked_by

AT = datetime(2026, 3, 4, tzinfo=UTC)


def restart(*results):
    """Restarted once; then a check after each other."""
    places = enumerate(results, 2)
    return [answered(), done(1), *(checked(place, result, line=1) for place, result in places)]


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (["fixed", "fixed"], "fixed"),
        (["not_fixed", "fixed"], "fixed"),
        (["fixed", "not_fixed"], "not_fixed"),
        (["fixed", "cannot_tell"], "fixed"),
        (["cannot_tell", "not_fixed", "cannot_tell"], "not_fixed"),
        (["cannot_tell", "cannot_tell"], "cannot_tell"),
    ],
)
@pytest.mark.parametrize("one_by_one", [True, False])
def test_the_first_check_decides_and_a_later_one_that_can_tell_corrects_it(store, results, told, one_by_one):
    events = restart(*results)
    if one_by_one:
        row = store.create(OPENED)
        for after, event in enumerate(events, 1):
            store.append(row.session, after, [event])
    else:
        store.create(OPENED, *events)
    counts = [int(told == name) for name in ("fixed", "not_fixed", "cannot_tell")]
    assert store.fixes() == (FixFigure("start", "restart", *counts),)


def test_done_twice_counts_twice_and_another_fix_between_takes_what_follows(store):
    again = [done(3), checked(4, "not_fixed", line=3)]
    other = [done(5, "cable"), checked(6, fix="cable", line=5), checked(7, fix="cable", line=5)]
    store.create(OPENED, *restart("not_fixed"), *again, *other)
    assert set(store.fixes()) == {
        FixFigure("start", "restart", 0, 2, 0),
        FixFigure("start", "cable", 1, 0, 0),
    }


@pytest.mark.parametrize(("keep", "left"), [(3, "not_fixed"), (2, None), (1, None)])
def test_going_back_leaves_what_was_said_before(store, keep, left):
    row = store.create(OPENED, *restart("not_fixed", "fixed"))
    store.append(row.session, row.last, [Walked(WentBack(keep), keep, (), 1.0)])
    assert [figure.not_fixed for figure in store.fixes()] == ([1] if left else [])


def test_an_export_and_the_store_itself_agree(store, tmp_path):
    row = store.create(OPENED, *restart("not_fixed", "fixed"))
    store.append(row.session, row.last, [Walked(WentBack(3), 3, (), 1.0), checked(3, "cannot_tell", line=1)])
    other = open_store(tmp_path / "other.db")
    load(other, recorded_from(store.export()))
    assert other.fixes() == store.fixes() == (FixFigure("start", "restart", 0, 1, 0),)
    other.close()


def test_what_earlier_versions_counted_is_counted_anew_and_once(store):
    """They wrote a line for each check, under the check's own number."""
    row = store.create(OPENED, answered(), done(1), checked(2, "fixed"), checked(3, "fixed"))
    store.create(OPENED, answered())
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM fixes")
        for line in (2, 3):
            connection.exec_driver_sql(
                "INSERT INTO fixes (session, line, flow, step, result, day)"
                f" SELECT id, {line}, 'start', 'restart', 'fixed', day FROM sessions"
                f" WHERE session = '{row.session}'"
            )
    back_to(store, 2)
    assert store.fixes()[0].fixed == 2
    migrate(store.engine)
    assert store.fixes() == (FixFigure("start", "restart", 1, 0, 0),)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT max(version) FROM tshoot_schema").scalar() == len(STEPS) + 1
        assert connection.exec_driver_sql("SELECT line FROM fixes").scalar() == 1
    store.append(row.session, row.last, [checked(4, "not_fixed", line=1)])
    assert store.fixes() == (FixFigure("start", "restart", 0, 1, 0),)


def test_two_checks_of_a_real_flow_after_one_action():
    steps = [
        f.do("restart", "first", "end"),
        f.verify("first", {"probe": "link", "fixed": ["ok"]}, "second", "second", "second"),
        f.verify("second", {"probe": "gateway", "fixed": ["ok"]}, "end", "end", "end"),
        f.end("end"),
    ]
    engine = f.engine(f.flow(steps))
    state, kept, events = engine.start("main")[0], (), []
    for event in (Chosen("restart", "done"), Measured("first", "ok"), Measured("second", "down")):
        after = engine.handle(state, event)[0]
        events += walked_by(engine, kept, event, after, 1.0)
        state, kept = after, after.transcript
    recorded = [Recorded("k3v9", number, AT, "", event) for number, event in enumerate(events, 1)]
    assert fixes_of(recorded) == (Tried(0, "main", "restart", "not_fixed"),)
