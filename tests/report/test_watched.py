"""What a watch says: a line for each change, and the summary."""

import pytest

from tests.diagnosis.test_watching import tick, watched
from tshoot.diagnosis.model import Rung
from tshoot.diagnosis.watching import Watch
from tshoot.report.watched import duration, event_json, event_line, first_line, summary_lines


def clock(moment):
    return f"@{moment:g}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 s"), (0.4, "0 s"), (59, "59 s"), (59.6, "1 min"), (61, "1 min 1 s"), (3599.7, "1 h"),
        (7260, "2 h 1 min"), (90000, "25 h"),
    ],
)  # fmt: skip
def test_lengths_of_time(seconds, words):
    assert duration(seconds) == words


def test_a_line_for_each_kind_of_change():
    events, _ = watched("dd....ddwwww........")
    assert [event_line(event, clock) for event in events.values()] == [
        "@6  ✗ Since @0: it is dns.unreachable (dns.unreachable)",
        "@26  ✓ Works again since @10. It lasted 10 s (dns.unreachable).",
        "@36  ✗ Again, since @30: it is dns.unreachable (dns.unreachable)",
        "@56  ✗ Changed, since @40: it is wan.down (wan.down)",
        "@96  ✓ Works again since @60. It lasted 20 s (wan.down).",
    ]


def test_the_first_check_is_told_as_it_is():
    assert first_line(tick("d", 3.0), clock) == "@4  ✗ First check: it is dns.unreachable"
    assert first_line(tick(".", 3.0), clock) == "@4  ✓ First check: it is none"


def test_an_event_as_json():
    events, _ = watched("dd")
    assert event_json(events[1], clock) == {
        "kind": "raised",
        "flapping": False,
        "before": {"level": "unsettled", "cause": "unknown", "since": "@0"},
        "after": {"level": "outage", "cause": "dns.unreachable", "since": "@0"},
    }


def test_the_summary_has_the_counts_the_timeline_and_the_worst_moment():
    watch = Watch(0.0)
    rungs = (Rung("link", "ok", "fine"), Rung("dns", "bad", "no answer"))
    for place, letter in enumerate("..l..dd....?"):
        watch.observe(tick(letter, place * 5.0, rungs=rungs))
    assert list(summary_lines(watch, "Example", 60.0, clock)) == [
        "Watched Example for 1 min: 12 checks, of which 8 worked, 1 not well, 2 failed, 1 not clear.",
        "How it went",
        "  @0  ✓ for 25 s: works",
        "  @25  ✗ for 10 s: it is dns.unreachable (dns.unreachable)",
        "  @35  ✓ for 25 s: works",
        "2 checks in trouble, too few in a row to be called a fault.",
        "Worst moment: @26, it is dns.unreachable (dns.unreachable)",
        "  dns: no answer",
    ]


def test_the_summary_of_nothing():
    (line,) = summary_lines(Watch(0.0), "Example", 0.3, clock)
    assert line == "Watched Example for 0 s: 0 checks, of which 0 worked, 0 not well, 0 failed, 0 not clear."


def test_one_bad_check_is_neither_health_nor_a_fault():
    _, watch = watched("d")
    assert list(summary_lines(watch, "Example", 6.0, clock))[1:4] == [
        "How it went",
        "  @0  ? for 6 s: too few checks to tell",
        "1 check in trouble, too few in a row to be called a fault.",
    ]


def test_a_long_watch_says_that_its_beginning_is_left_out():
    _, watch = watched(("dd" + "." * 8) * 150)
    lines = list(summary_lines(watch, "Example", 8000.0, clock))
    assert lines[1] == "How it went (the last 200 states)"
    assert len(lines) < 210
