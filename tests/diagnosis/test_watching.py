"""The state machine behind --watch: what is told, when, and what never is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.diagnosis.model import Diagnosis, Rung
from tshoot.diagnosis.watching import QUIET, TIMELINE, Tick, Watch

SEEN = {
    ".": ("healthy", "none"),
    "d": ("broken", "dns.unreachable"),
    "w": ("broken", "wan.down"),
    "l": ("degraded", "wan.lossy"),
    "s": ("degraded", "wan.slow"),
    "?": ("unknown", "unknown"),
}
LETTERS = st.text(st.sampled_from("".join(SEEN)), max_size=80)


def tick(letter, began, lasts=1.0, rungs=(), measured=True):
    verdict, cause = SEEN[letter]
    diagnosis = Diagnosis(verdict, cause, "likely", f"it is {cause}", "", (), rungs, measured)
    return Tick(began, began + lasts, diagnosis)


def watched(letters, every=5.0, lasts=1.0):
    """The events of a watch by the place of the check that told them, and the watch."""
    watch = Watch(0.0)
    told = [watch.observe(tick(letter, place * every, lasts)) for place, letter in enumerate(letters)]
    return {place: event for place, event in enumerate(told) if event is not None}, watch


@pytest.mark.parametrize(
    ("letters", "events"),
    [
        ("......", []),
        ("..d......", []),
        ("..d....d....d....", []),
        ("..dd", [(3, "raised", "dns.unreachable")]),
        ("..dw", [(3, "raised", "wan.down")]),
        (".d.d.d", [(5, "raised", "dns.unreachable")]),
        ("..dd....", [(3, "raised", "dns.unreachable"), (7, "cleared", "none")]),
        ("..dd...d...d...d", [(3, "raised", "dns.unreachable")]),
        ("..dd...?....", [(3, "raised", "dns.unreachable"), (11, "cleared", "none")]),
        (
            "..dd....dd.......",
            [(3, "raised", "dns.unreachable"), (7, "cleared", "none"), (9, "raised", "dns.unreachable")],
        ),
        (
            "..dd....dd........",
            [
                (3, "raised", "dns.unreachable"),
                (7, "cleared", "none"),
                (9, "raised", "dns.unreachable"),
                (17, "cleared", "none"),
            ],
        ),
        ("llll", [(3, "raised", "wan.lossy")]),
        ("l.ll.", []),
        ("l.lsl", [(4, "raised", "wan.lossy")]),
        ("llll.......", [(3, "raised", "wan.lossy")]),
        ("llll........", [(3, "raised", "wan.lossy"), (11, "cleared", "none")]),
        ("lllldd", [(3, "raised", "wan.lossy"), (5, "changed", "dns.unreachable")]),
        ("ddwww", [(1, "raised", "dns.unreachable")]),
        ("ddwwww", [(1, "raised", "dns.unreachable"), (5, "changed", "wan.down")]),
        ("ddwwddwwddww", [(1, "raised", "dns.unreachable")]),
        ("ddllllllll", [(1, "raised", "dns.unreachable"), (5, "changed", "wan.lossy")]),
        ("ddlslslsls", [(1, "raised", "dns.unreachable"), (9, "changed", "wan.slow")]),
        ("????", [(3, "raised", "unknown")]),
    ],
)
def test_what_is_told_when(letters, events):
    told, _ = watched(letters)
    assert [(place, event.kind, event.after.cause) for place, event in told.items()] == events


def test_a_spike_of_three_seconds_is_told_by_no_cadence():
    for lasts in (0.1, 0.5, 0.9):
        assert watched(".ddd......", every=1.0, lasts=lasts)[0] == {}
    assert watched("." + "d" * 6, every=1.0)[0][5].kind == "raised"


def test_times_are_those_of_the_checks_not_of_the_telling():
    told, watch = watched("..dd....")
    assert (told[3].after.since, told[3].at) == (10.0, 16.0)
    assert (told[7].after.since, told[7].at) == (20.0, 36.0)
    assert [(state.level, state.since) for state in watch.timeline] == [
        ("well", 0.0),
        ("outage", 10.0),
        ("well", 20.0),
    ]


def test_a_fault_from_the_beginning_leaves_no_healthy_time_before_it():
    _, watch = watched("dd")
    assert [state.level for state in watch.timeline] == ["outage"]


def test_the_first_check_that_works_settles_the_beginning_without_a_word():
    told, watch = watched("d.")
    assert told == {}
    assert [(state.level, state.since) for state in watch.timeline] == [("unsettled", 0.0), ("well", 5.0)]
    assert [state.level for state in watched(".")[1].timeline] == ["well"]


def test_what_was_before_the_first_check_is_no_state():
    watch = Watch(0.0)
    for began in (0.3, 5.3):
        watch.observe(tick("d", began))
    assert [(state.level, state.since) for state in watch.timeline] == [("outage", 0.3)]


def test_a_return_within_the_grace_is_flapping_and_a_late_one_is_not():
    soon, _ = watched("dd....dd")
    assert [event.flapping for event in soon.values()] == [False, False, True]
    late, _ = watched("dd...." + "." * 20 + "dd")
    assert [event.flapping for event in late.values()] == [False, False, False]


def test_checks_without_a_measurement_have_no_opinion():
    watch = Watch(0.0)
    for place in range(20):
        assert watch.observe(tick("?", place * 5.0, measured=False)) is None
    assert watch.state.level == "unsettled"
    assert watch.tally.checks == 20
    assert watch.worst is None


def test_checks_around_a_pause_are_not_in_a_row():
    watch = Watch(0.0, longest_gap=20.0)
    assert watch.observe(tick("d", 0.0)) is None
    assert watch.observe(tick("d", 3600.0)) is None
    assert watch.observe(tick("d", 3605.0)).after.since == 3600.0


def test_the_worst_moment_is_the_first_of_the_gravest():
    watch = Watch(0.0)
    two = (Rung("dns", "bad", ""), Rung("service", "bad", ""))
    for place, (letter, rungs) in enumerate([("l", two), ("d", two[:1]), ("w", two), ("d", two), ("?", two)]):
        watch.observe(tick(letter, place * 5.0, rungs=rungs))
    assert watch.worst.began == 10.0
    assert watch.worst.diagnosis.cause == "wan.down"


def test_trouble_too_short_to_tell_is_counted():
    _, watch = watched(".d....l.....dd")
    assert watch.tally.untold == 2
    assert watch.tally.verdicts == {"healthy": 10, "broken": 3, "degraded": 1}


@given(LETTERS, st.sampled_from([1.0, 5.0, 30.0]))
def test_flapping_input_never_alternates_the_output(letters, every):
    told, _ = watched(letters, every)
    places = list(told)
    assert all(later - earlier >= 2 for earlier, later in pairwise(places))
    states = [event.after for event in told.values()]
    assert all(a.level != b.level or a.cause != b.cause for a, b in pairwise(states))


@given(
    st.integers(0, 30), st.sampled_from("dwls?"), st.integers(QUIET, 30), st.sampled_from([1.0, 5.0, 30.0])
)
def test_a_single_bad_check_is_never_raised(before, letter, after, every):
    assert watched("." * before + letter + "." * after, every)[0] == {}


@given(LETTERS, st.sampled_from("dwls?"), st.sampled_from([1.0, 5.0, 30.0]), st.floats(0.01, 6.0))
def test_a_permanent_fault_is_always_told_by_its_name(past, letter, every, lasts):
    _, watch = watched(past + letter * 24, max(every, lasts), lasts)
    assert watch.state.cause == SEEN[letter][1]


@given(LETTERS, st.sampled_from([1.0, 5.0]))
def test_lasting_health_is_always_told(past, every):
    _, watch = watched(past + "." * QUIET, every)
    assert watch.state.level == "well"


@given(st.sampled_from([3.0, 5.0, 30.0]))
def test_an_outage_every_other_check_is_told_and_stays_told(every):
    assert [event.kind for event in watched("d." * 40, every)[0].values()] == ["raised"]


@given(LETTERS)
def test_memory_stays_bounded(letters):
    _, watch = watched((letters or "dd........") * 20)
    assert len(watch.timeline) <= TIMELINE
    assert len(watch._recent) <= QUIET


def test_old_states_are_counted_when_they_leave():
    _, watch = watched(("dd" + "." * 8) * 150)
    assert len(watch.timeline) == TIMELINE
    assert watch.tally.forgotten == 300 - TIMELINE
