"""What a row of measurements means for a watch: states, when it is over. Times are given, none pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.guide.following import SETTLED_SECONDS, Change, Following, changes
from tshoot.guide.model import Watch


def watch(until=("ok",), gone=("dead",), at_most=2):
    return Watch("main", "back", "gateway", {}, True, "watch", until=until, gone=gone, at_most=at_most)


def follow(outcomes, every=3.0, **more):
    following = Following(watch(**more))
    ticks = []
    for number, outcome in enumerate(outcomes, 1):
        ticks.append(following.tick(outcome, number * every))
        if following.over:
            break
    return [tick.state for tick in ticks], following.over


@pytest.mark.parametrize(
    ("outcomes", "states", "over"),
    [
        (["ok", "dead", "dead", "lossy", "ok"], ["here", "gone", "gone", "back", "there"], True),
        (["dead", "ok"], ["gone", "there"], True),
        (["lossy", "ok"], ["awaited", "there"], True),
        (["ok", "ok", "ok", "ok", "ok", "ok"], ["here"] * 6, False),
        (["ok"] * 7, ["here"] * 6 + ["there"], True),  # 21 seconds: it has not gone, and will not
        (["dead", "lossy", "dead"], ["gone", "back", "gone"], False),
    ],
)
def test_states(outcomes, states, over):
    assert follow(outcomes) == (states, over)


def test_without_gone_the_first_wanted_outcome_is_enough():
    assert follow(["ok"], gone=()) == (["there"], True)
    assert follow(["dead", "ok"], gone=()) == (["awaited", "there"], True)


def test_the_limit_ends_it_whatever_was_seen():
    following = Following(watch(at_most=1))
    assert following.left(45.0) == 15.0
    following.tick("dead", 59.9)
    assert not following.over
    following.tick("dead", 60.0)
    assert following.over
    assert following.left(75.0) == 0.0


def test_changes_are_the_states_with_their_begin():
    following = Following(watch())
    row = [following.tick(each, at) for each, at in [("ok", 1.0), ("dead", 4.0), ("dead", 7.0), ("ok", 10.0)]]
    assert changes(row) == (Change("here", 1.0), Change("gone", 4.0), Change("there", 10.0))
    assert changes(()) == ()


@given(st.lists(st.sampled_from(["ok", "lossy", "dead", "error"]), max_size=60))
def test_there_is_said_once_at_the_end_and_only_of_what_is_wanted(outcomes):
    states, over = follow(outcomes)
    assert "there" not in states[:-1]
    if states[-1:] == ["there"]:
        assert over
        assert outcomes[len(states) - 1] == "ok"
        assert len(states) * 3 >= SETTLED_SECONDS or set(outcomes[: len(states)]) != {"ok"}
