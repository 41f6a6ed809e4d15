"""What others did to a call, in words."""

import pytest

from tests.desk.calls import Desk, small
from tshoot.desk import moves
from tshoot.desk.meanwhile import happened


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("anna", "anna took the call over"),
        ("bo", "anna handed the call over to bo"),
        ("", "anna left the call for others to take"),
    ],
)
def test_who_has_the_call_now_is_told_as_it_was(to, words):
    desk = Desk(small()).begin()
    known = len(desk.events)
    desk.keep(moves.handed_over(desk.call, to, ""))
    (line,) = happened(desk.call.engine, desk.events[known:])
    assert line.endswith(words)
