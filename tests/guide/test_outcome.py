"""What a session came to: what was wrong, what fixed it, what was tried besides."""

import pytest

from tests.guide import flows as small
from tshoot.guide.model import Chosen, Measured
from tshoot.guide.outcome import Outcome, outcome_of

FLOW = small.flow(
    [
        small.diagnose("look", {"dns.unreachable": "first"}, "good"),
        small.do("first", "again", "second"),
        small.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "second", "sad"),
        small.do("second", "check", "sad"),
        small.verify("check", {"probe": "internet", "fixed": ["ok"]}, "good", "sad", "sad"),
        small.end("good"),
        small.end("sad", "unresolved"),
    ]
)
DEAD = Measured("look", "dns.unreachable", "short", values={"summary": "The DNS server is silent."})


def after(*events):
    guide = small.engine(FLOW)
    state, _ = small.walk(guide, events)
    return outcome_of(guide, state)


def test_a_fix_that_was_proven_is_named():
    found = after(DEAD, Chosen("first", "done"), Measured("again", "none"))
    assert found == Outcome("The DNS server is silent.", "Do first")


def test_what_did_not_help_is_named_apart():
    found = after(
        DEAD,
        Chosen("first", "done"),
        Measured("again", "dns.unreachable", "still"),
        Chosen("second", "done"),
        Measured("check", "ok"),
    )
    assert found == Outcome("still", "Do second", ("Do first",))


def test_what_could_not_be_done_was_not_tried():
    found = after(DEAD, Chosen("first", "cannot"), Chosen("second", "done"), Measured("check", "dead"))
    assert found == Outcome("The DNS server is silent.", "", ("Do second",))


BY_HAND = small.flow(
    [
        small.do("restart", "there", "sad"),
        small.verify("there", {"probe": "gateway", "fixed": ["ok"]}, "gone", "sad", "sad"),
        small.ask("gone", {"yes": "good", "no": "second", "leave": "sad"}),
        small.do("second", "again", "sad"),
        small.verify("again", {"probe": "gateway", "fixed": ["ok"]}, "good", "good", "sad"),
        small.end("good"),
        small.end("sad", "unresolved"),
    ]
)
RESTARTED = (Chosen("restart", "done"), Measured("there", "ok"))


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([Chosen("gone", "yes")], Outcome("", "Do restart")),
        ([Chosen("gone", "leave")], Outcome("", "", ("Do restart",))),
        ([], Outcome("", "", ("Do restart",))),
        (
            [Chosen("gone", "no"), Chosen("second", "done"), Measured("again", "ok")],
            Outcome("", "Do second", ("Do restart",)),
        ),
        (
            [Chosen("gone", "no"), Chosen("second", "done"), Measured("again", "dead")],
            Outcome("", "", ("Do restart", "Do second")),
        ),
    ],
)
def test_only_what_lasted_until_it_was_solved_has_fixed_it(events, outcome):
    guide = small.engine(BY_HAND)
    assert outcome_of(guide, small.walk(guide, [*RESTARTED, *events])[0]) == outcome


def test_nothing_wrong_is_nothing_to_tell():
    assert after(Measured("look", "none", "All is well.")) == Outcome()
    assert after(Measured("look", "unknown", "Not clear.")) == Outcome()
