"""How far it is: counted for the steps, expected for the minutes."""

import pytest

from tests.guide import flows as small
from tshoot.guide.model import Chosen, Measured
from tshoot.guide.progress import TimeLeft, minutes_words, step_number
from tshoot.guide.setup import load_shipped

FIXING = small.flow(
    [
        small.ask("which", {"long": "restart", "short": "good"}),
        small.do("restart", "check", "sad", minutes=10, likely="usual"),
        small.verify("check", {"probe": "gateway", "fixed": ["ok"]}, "good", "more", "sad"),
        small.do("more", "check-more", "sad", minutes=4, likely="often"),
        small.verify("check-more", {"probe": "gateway", "fixed": ["ok"]}, "good", "sad", "sad"),
        small.end("good"),
        small.end("sad", "unresolved"),
    ]
)


def state_after(flow, events=(), others=()):
    return small.walk(small.engine(flow, *others), events)[0]


def minutes(flow, events=(), others=()):
    flows = {each.flow: each for each in (flow, *others)}
    return TimeLeft(flows).minutes(state_after(flow, events, others))


def test_a_fix_counts_in_full_and_the_next_as_often_as_the_first_fails():
    # 10 min, then in half of the cases 4 min; reading takes a little.
    left = minutes(FIXING, [Chosen("which", "long")])
    assert left == pytest.approx(12, abs=0.6)


def test_a_question_counts_each_answer_alike():
    whole = minutes(FIXING)
    assert whole == pytest.approx(minutes(FIXING, [Chosen("which", "long")]) / 2, abs=0.3)


def test_the_further_the_less_is_left():
    first = minutes(FIXING, [Chosen("which", "long")])
    later = minutes(FIXING, [Chosen("which", "long"), Chosen("restart", "done"), Measured("check", "dead")])
    assert later < first


def test_a_used_flow_and_what_follows_it_both_count():
    inner = small.flow([small.do("wait", "over", "over", minutes=3), small.end("over")], "inner")
    outer = small.flow(
        [
            small.use("go", "inner", {"resolved": "then"}),
            small.do("then", "end", "end", minutes=5),
            small.end("end"),
        ]
    )
    assert minutes(outer, others=[inner]) == pytest.approx(8, abs=0.5)
    assert minutes(outer, [Chosen("wait", "done")], [inner]) == pytest.approx(5, abs=0.5)


def test_a_circle_comes_to_an_end():
    round_and_round = small.flow(
        [
            small.do("try", "check", "over", minutes=2, likely="often", at_most=3, exhausted="over"),
            small.verify("check", {"probe": "gateway", "fixed": ["ok"]}, "over", "try", "over"),
            small.end("over"),
        ]
    )
    assert minutes(round_and_round) == pytest.approx(2 / 0.25, abs=0.8)


def test_steps_are_counted_by_what_the_person_did():
    assert step_number(state_after(FIXING)) == 1
    assert step_number(state_after(FIXING, [Chosen("which", "long"), Chosen("restart", "done")])) == 3


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0.0, "about a minute left"),
        (1.4, "about a minute left"),
        (3.6, "about 4 min left"),
        (10.0, "about 10 min left"),
        (12.4, "about 10 min left"),
        (13.0, "about 15 min left"),
    ],
)
def test_minutes_are_told_no_more_exactly_than_they_are_known(left, words):
    assert minutes_words(left) == words


def test_every_shipped_step_has_a_sensible_time():
    flows = load_shipped()
    left = TimeLeft(flows)
    for name in flows:
        for step, value in left._of_flow(name).items():
            assert 0 <= value < 60, (name, step, value)
