"""Percent in words: only while somebody waits for a whole check, and not more often than is useful."""

import io
from itertools import pairwise

from tshoot.plain.page import Page
from tshoot.plain.progress import LineProgress
from tshoot.probes.model import ProbeResult
from tshoot.probes.registry import battery, specs


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Check:
    """A check whose probes end one after another, each after ``seconds``."""

    def __init__(self, seconds=1.0):
        self.clock, self.out, self.seconds = Clock(), io.StringIO(), seconds
        self.progress = LineProgress(Page(self.out), self.clock)

    def run(self, names=None):
        names = battery() if names is None else names
        for name in names:
            self.progress.started(specs()[name])
        for name in names:
            self.clock.now += self.seconds
            self.progress.finished(ProbeResult(name, "ok"))

    def lines(self):
        return self.out.getvalue().splitlines()


def percents(lines):
    assert all(line.endswith(" percent checked.") for line in lines)
    return [int(line.split()[0]) for line in lines]


def test_a_slow_check_is_told_in_five_lines():
    check = Check()
    check.progress.waiting = True
    check.run()
    told = percents(check.lines())
    assert len(told) == 5
    assert told == sorted(told)
    assert told[-1] == 100
    assert all(later - earlier >= 15 for earlier, later in pairwise(told))


def test_what_is_over_at_once_is_not_told():
    check = Check(0.01)
    check.progress.waiting = True
    check.run()
    assert check.lines() == []


def test_nothing_is_told_while_nobody_waits():
    check = Check()
    check.run()
    check.progress.waiting = True
    check.progress.waiting = False
    check.run()
    assert check.lines() == []


def test_a_second_check_begins_at_nothing():
    check = Check()
    check.run()
    check.progress.waiting = True
    check.run()
    assert percents(check.lines())[0] <= 25


def test_probes_that_belong_to_no_check_do_not_count():
    check = Check()
    check.progress.waiting = True
    check.run(["browsers", "gateway_uptime"])
    assert check.lines() == []
