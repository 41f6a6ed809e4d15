"""When a parcel is tried again, and when no more."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.desk.moments import clock
from tshoot.desk.parcel import (
    FIRST_WAIT,
    GIVE_UP_SECONDS,
    LONGEST_WAIT,
    anew,
    backoff,
    claimed,
    packed,
    parcel_words,
    sent_words,
    tried,
)
from tshoot.desk.webhook import Delivery

AGAIN = Delivery("again", "status 503")


def local(moment):
    return clock(datetime.fromtimestamp(moment, UTC))


def sent(deliveries, chance=0.5):
    """The parcel and the moments of its attempts when every delivery of ``deliveries`` comes in turn."""
    parcel, moments = packed("key", "session", b"{}", 1000.0), []
    for delivery in deliveries:
        moments.append(parcel.due)
        parcel = tried(claimed(parcel, parcel.due), delivery, parcel.due, chance)
        if parcel.state not in {"waiting", "sending"}:
            break
    return parcel, moments


def test_a_parcel_is_tried_at_once_and_arrives():
    parcel, moments = sent([Delivery("delivered", "status 200")])
    assert (parcel.state, moments, parcel.attempts) == ("delivered", [1000.0], 1)
    assert parcel_words(parcel, 1000.0) == f"The ticket arrived at {local(1000.0)}."


def test_the_waits_double_up_to_a_quarter_of_an_hour():
    _, moments = sent([AGAIN] * 14, chance=1.0)
    waits = [round(later - one) for one, later in pairwise(moments)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_every_wait_is_bounded(attempts, chance):
    assert FIRST_WAIT / 2 <= backoff(attempts, chance) <= LONGEST_WAIT


def test_chance_spreads_the_upper_half():
    assert backoff(4, 0.0) == 8.0
    assert backoff(4, 1.0) == 16.0


def test_retry_after_is_kept_to_where_it_is_longer():
    _, moments = sent([Delivery("again", "status 429", 600.0), Delivery("again", "status 429", 0.1), AGAIN])
    assert moments[1] - moments[0] == 600.0
    assert moments[2] - moments[1] >= 2.0


def test_after_a_day_it_is_given_up_and_says_so():
    parcel, moments = sent([AGAIN] * 1000)
    assert parcel.state == "given_up"
    assert moments[-1] <= 1000.0 + GIVE_UP_SECONDS
    assert 90 < parcel.attempts < 200
    at = local(moments[-1])
    words = f"Sending the ticket was given up at {at} after {parcel.attempts} tries (status 503)."
    assert parcel_words(parcel, moments[-1]) == words


def test_a_receiver_that_asks_for_more_than_a_day_is_given_up():
    parcel, _ = sent([Delivery("again", "status 503", 10 * GIVE_UP_SECONDS)])
    assert parcel.state == "given_up"


def test_a_refusal_ends_it_and_by_hand_it_starts_anew_under_its_key():
    parcel, _ = sent([Delivery("refused", "status 401")])
    assert parcel_words(parcel, 1000.0) == f"The receiver refused the ticket at {local(1000.0)} (status 401)."
    again = anew(parcel, 5000.0)
    assert (again.key, again.state, again.due, again.attempts) == ("key", "waiting", 5000.0, 0)


@pytest.mark.parametrize(("now", "wait"), [(1000.0, "2 s"), (500.0, "8 min")])
def test_while_it_is_under_way_the_next_try_is_told(now, wait):
    parcel, _ = sent([AGAIN])
    words = parcel_words(parcel, now)
    told = f"try 1 did not get through (status 503); the next is in {wait}."
    assert words == f"The ticket of {local(1000.0)}: {told}"


def delivered(key, moment):
    waiting = packed(key, "session", b"{}", moment)
    return tried(claimed(waiting, moment), Delivery("delivered", ""), moment, 0.5)


def test_of_several_days_the_day_is_told():
    day = 24 * 3600.0
    words = parcel_words(delivered("key", 10 * day), 12 * day)
    assert "1970-01-1" in words


def test_it_is_told_whether_this_very_ticket_was_sent():
    old, new = delivered("old", 1000.0), delivered("new", 1600.0)
    first, second = local(1000.0), local(1600.0)
    assert sent_words([], "new", 2000.0, can_send=True) == []
    assert sent_words([old], "old", 2000.0, can_send=True) == [f"The ticket arrived at {first}."]
    assert sent_words([old], "new", 2000.0, can_send=True) == [
        f"An earlier version arrived at {first}; p sends this one."
    ]
    assert sent_words([old, new], "new", 2000.0, can_send=True) == [
        f"Another version arrived at {first}.",
        f"This ticket arrived at {second}.",
    ]
    assert sent_words([old, new], "third", 2000.0, can_send=True) == [
        f"An earlier version arrived at {first}.",
        f"An earlier version arrived at {second}; p sends this one.",
    ]
    assert sent_words([old], "new", 2000.0, can_send=False) == [f"An earlier version arrived at {first}."]
