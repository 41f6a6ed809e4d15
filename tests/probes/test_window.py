from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.probes.window import (
    Window,
    confirmed,
    connect_samples,
    contradicted,
    describe,
    figures,
    quickest_median,
    suspicious,
)


def window(text: str, ms: float = 10.0, method: str = "icmp raw") -> Window:
    """``text`` has one character per sample, ``x`` for a lost one."""
    return Window("192.0.2.1", method, tuple(None if char == "x" else ms for char in text))


CLEAN, ONE_LOST = window("." * 20), window("x" + "." * 19)
TWO_LOST, BURST = window("..x....x............"), window("....xxx.............")
SILENT = window("x" * 20)


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((CLEAN,), False),
        ((ONE_LOST,), False),
        ((TWO_LOST,), True),
        ((BURST,), True),
        ((ONE_LOST, ONE_LOST), True),
        ((CLEAN, TWO_LOST), False),
        ((ONE_LOST, SILENT), False),
        ((SILENT, SILENT), False),
        ((), False),
    ],
)
def test_loss_is_worth_a_second_look_only_where_no_window_is_clean(windows, expected):
    assert suspicious(windows) is expected


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((window("....xxx" + "." * 33),), False),
        ((window("..x....x" + "." * 32),), False),
        ((window("..x....x.x" + "." * 30),), True),
        ((window("x.x.x." + "." * 34), window("." * 40)), False),
        ((window("x.x.x." + "." * 34), window("." * 20 + "x.x" + "." * 17)), False),
        ((window("x.x.x." + "." * 34), window("." * 20 + "x.x.x" + "." * 15)), True),
        ((window("x.x.x." + "." * 34), window("." * 20 + "xxxx" + "." * 16)), False),
        ((window("x" * 40), window("x.x.x." + "." * 34)), True),
        ((window("x" * 40),), False),
        ((window("x...x...", method="tcp"),), True),
    ],
)
def test_loss_is_confirmed_by_separate_gaps_in_every_window(windows, expected):
    assert confirmed(windows) is expected


def share_confirmed(loss: float, rounds: int = 3000) -> float:
    random = Random(1)
    hits = 0
    for _ in range(rounds):
        pair = [window("".join("x" if random.random() < loss else "." for _ in range(40))) for _ in range(2)]
        hits += confirmed(pair)
    return hits / rounds


def test_an_ordinary_path_is_hardly_ever_called_lossy_and_a_bad_one_nearly_always():
    assert share_confirmed(0.01) < 0.005
    assert share_confirmed(0.10) > 0.70
    assert share_confirmed(0.30) > 0.99


def test_rationed_ping_is_contradicted_by_clean_connects():
    rationed, connects = window("x..x..x..x..x..x..x."), window("." * 16, method="tcp")
    assert contradicted([rationed], [connects])
    assert not contradicted([rationed], [window("." * 15 + "x", method="tcp")])
    assert not contradicted([rationed], [])
    assert not contradicted([window("x.x" + "." * 37)], [connects])


def test_a_connect_that_needed_a_retransmit_is_a_lost_sample():
    assert connect_samples([(10, True), (1012, True), (12, True)]) == (10, None, 12)


def test_slow_connects_alone_are_no_loss():
    assert connect_samples([(1200, True), (1500, True)]) == (1200, 1500)


def test_an_attempt_given_up_early_says_nothing():
    assert connect_samples([(10, True), (300, False), (1000, False)]) == (10, None)


@given(st.lists(st.none() | st.floats(0.01, 5000), max_size=60))
def test_figures_never_contradict_each_other(samples):
    made = Window("192.0.2.1", "icmp raw", tuple(samples))
    told = figures(made)
    assert told.sent == len(samples)
    assert told.lost + len(made.answers) == told.sent
    assert (told.median_ms is None) == (told.lost == told.sent)
    assert made.gaps <= made.lost


def test_the_words_for_a_window():
    assert describe(window("." * 20, 2.4)) == "192.0.2.1: 20 of 20 replies, 2 ms"
    assert describe(window("." * 20, 0.3)) == "192.0.2.1: 20 of 20 replies, under 1 ms"
    assert describe(window("xx")) == "192.0.2.1: 0 of 2 replies"
    assert describe(window("..x", method="tcp")) == "192.0.2.1: 2 of 3 TCP connects, 10 ms"


def test_the_quicker_address_tells_the_delay():
    assert quickest_median([window("...", 1500), window("...", 30), SILENT]) == 30
    assert quickest_median([SILENT]) is None
