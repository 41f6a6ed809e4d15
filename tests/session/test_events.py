"""Events as plain data and back; what a newer version wrote is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.conftest import BEGIN
from tests.session.samples import OPENED, SOLVED, answered, checked
from tshoot.guide.model import Chosen, Judged, Measured, Taken, WentBack
from tshoot.session.events_json import KINDS, event_from, kind_of_event, payload_of
from tshoot.session.model import (
    Aim,
    Assigned,
    Closed,
    EvidenceGiven,
    Finished,
    Foreign,
    Labelled,
    Noted,
    Opened,
    Place,
    Recorded,
    Reopened,
    Tried,
    Walked,
)
from tshoot.session.record import fold
from tshoot.session.words import merged, words_in, words_of

NAMES = st.text("abcxyz-_.é", min_size=1, max_size=8)
ANY = st.text(max_size=12)
MAPS = st.dictionaries(NAMES, ANY, max_size=3)
BY = st.sampled_from(["person", "probe", "answers", "default"])
TAKEN = st.builds(Taken, NAMES, NAMES, NAMES, ANY, BY, ANY, MAPS, MAPS)
STEPS = st.one_of(
    st.builds(Chosen, NAMES, NAMES, BY),
    st.builds(Measured, NAMES, NAMES, ANY, BY, MAPS, MAPS),
    st.builds(Judged, NAMES, NAMES, NAMES, ANY, ANY, BY),
    st.builds(WentBack, st.none() | st.integers(0, 99)),
)
PLACES = st.none() | st.builds(Place, NAMES, NAMES, ANY, ANY, ANY)
TRIED = st.none() | st.builds(Tried, st.integers(0, 99), NAMES, NAMES, NAMES)
PATHS = NAMES.map(lambda name: f"/{name}")
EVENTS = st.one_of(
    st.builds(
        Opened,
        st.sampled_from(["wizard", "dialogue", "desk"]),
        NAMES,
        MAPS,
        st.builds(Aim, ANY, ANY, st.integers(1, 65535), PATHS),
        MAPS,
        ANY,
        st.sampled_from(["this-device", "caller"]),
        ANY,
        PLACES,
    ),
    st.builds(
        Walked,
        STEPS,
        st.integers(0, 99),
        st.lists(TAKEN, max_size=3).map(tuple),
        st.integers(0, 9999).map(lambda hundredths: hundredths / 100),
        PLACES,
        TRIED,
    ),
    st.builds(Noted, NAMES, ANY, ANY, st.booleans()),
    st.builds(EvidenceGiven, MAPS, st.sampled_from(["file", "code", "live"]), NAMES),
    st.builds(Assigned, NAMES),
    st.builds(Labelled, NAMES),
    st.builds(Finished, NAMES, ANY, ANY, ANY, ANY),
    st.builds(Closed, NAMES, NAMES),
    st.just(Reopened()),
    st.builds(Foreign, st.just("painted"), MAPS),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["kind", "flow", "event", "taken", "keep", "place", "tried", "line", "how", "report"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(EVENTS)
def test_an_event_is_the_same_after_it_was_kept(event):
    stored = json.loads(json.dumps(payload_of(event)))
    assert event_from(kind_of_event(event), stored) == event


@given(st.sampled_from([*KINDS, "painted", ""]), ANYTHING)
def test_whatever_is_stored_can_be_read_and_folded(kind, payload):
    event = event_from(kind, payload)
    if isinstance(event, Foreign):
        assert event.kind == kind
    record = fold("abc", [Recorded("abc", 1, BEGIN, "", OPENED), Recorded("abc", 2, BEGIN, "", event)])
    assert record.row.last == 2
    words_in([event])


def test_what_a_newer_version_wrote_is_kept_and_counts_for_nothing():
    event = event_from("painted", {"colour": "red", "deep": [1, None]})
    assert payload_of(event) == {"colour": "red", "deep": [1, None]}
    with_it = fold("abc", [Recorded("abc", 1, BEGIN, "", OPENED), Recorded("abc", 2, BEGIN, "", event)])
    without = fold("abc", [Recorded("abc", 1, BEGIN, "", OPENED)])
    assert with_it.row.last == 2
    assert with_it.transcript == without.transcript
    assert with_it.row.title == without.row.title


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        (Noted("a\x1b]52;c;ZXZpbA==\x07b\nsecond\u202eline"), "a�]52;c;ZXZpbA==�b\nsecond�line"),
        (Noted("x" * 9000), "x" * 3999 + "…"),
        (Labelled("  Ms.\n Smith\t "), "Ms. Smith"),
        (Assigned("y" * 300), "y" * 79 + "…"),
    ],
)
def test_what_was_typed_is_cleaned_before_it_is_kept(event, kept):
    assert next(iter(payload_of(event).values())) == kept


def test_the_record_of_a_walk_with_a_step_back():
    events = [
        OPENED,
        answered(),
        Noted("Hm.", "start", "restart"),
        checked(1, "not_fixed"),
        Walked(WentBack(0), 0, (), 4.0, OPENED.place),
        answered(choice="speed", seconds=7.0),
        EvidenceGiven({"schema": "tshoot.report/1"}, "file", "a.json"),
        SOLVED,
        Closed("resolved"),
    ]
    record = fold(
        "abc", [Recorded("abc", number, BEGIN, "", event) for number, event in enumerate(events, 1)]
    )
    assert [(line.step, line.value) for line in record.transcript] == [("which", "speed")]
    assert record.seconds == (7.0,)
    assert record.row.seconds == 2.5 + 1.0 + 4.0 + 7.0
    assert [note.text for note in record.notes] == ["Hm."]
    assert [(given.source, given.name) for given in record.evidence] == [("file", "a.json")]
    assert len(record.walked) == 4
    assert (record.finish, record.closed) == (SOLVED, Closed("resolved"))
    again = fold("abc", [Recorded("abc", 1, BEGIN, "", event) for event in [*events, Reopened()]])
    assert again.closed is None
    assert (
        fold("abc", [Recorded("abc", 1, BEGIN, "", event) for event in [*events, answered()]]).finish is None
    )


def test_a_step_left_open_over_night_is_not_a_night_of_work():
    events = [OPENED, answered(seconds=50_000.0)]
    record = fold(
        "abc", [Recorded("abc", number, BEGIN, "", event) for number, event in enumerate(events, 1)]
    )
    assert record.row.seconds == 3600.0
    assert record.seconds == (50_000.0,)


def test_words_are_compared_without_case_accents_and_marks():
    assert words_of("Don't — DNS.unreachable, naïve Straße 5G") == {
        "don",
        "t",
        "dns",
        "unreachable",
        "naive",
        "strasse",
        "5g",
    }
    assert words_of("東京 wifi") == {"東", "京", "wifi"}


@given(st.text(max_size=80))
def test_a_word_is_nothing_but_letters_and_digits(text):
    for word in words_of(text):
        assert 0 < len(word) <= 40
        assert word.isalnum() or all(char.isalnum() or not char.isascii() for char in word)
        assert not set(word) & set("'\"\\ :*&|!()_-")
    assert words_of(*words_of(text)) == words_of(text)


def test_words_are_merged_in_order_and_not_without_end():
    assert merged("", frozenset({"b", "a"})) == "a b"
    assert merged("a b", frozenset({"c", "a"})) == "a b c"
    known = " ".join(f"w{number}" for number in range(3000))
    assert merged(known, frozenset({"more"})) == known
