"""The ticket of a call: what was found, tried and not tried, as it happened."""

import re
from dataclasses import replace
from datetime import timedelta

from tests.desk.calls import BEGAN, Desk, file, small
from tests.diagnosis.situations import DNS_DEAD
from tshoot.desk import moves
from tshoot.desk.checks import checks_since
from tshoot.desk.formats import written
from tshoot.desk.ticket import NotTried, TriedFix
from tshoot.desk.ticket_of import ticket_of
from tshoot.guide.setup import load_shipped


def made(desk):
    return ticket_of(desk.call, "T-Mobile account", "I can't get online")


def test_a_fix_is_told_with_before_and_after():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done").give(file())
    ticket = made(desk)
    assert [(fix.action, fix.before, fix.after, fix.result) for fix in ticket.tried] == [
        ("Do restart", "down", "works", "fixed")
    ]
    assert (ticket.end.outcome, ticket.end.words) == ("resolved", "Solved.")
    assert ticket.not_tried == ()
    assert ticket.end.next == ()
    assert [given.source for given in ticket.evidence] == ["file", "file"]


def test_a_fix_that_nobody_checked_says_so():
    ticket = made(Desk(small()).begin(evidence=file(link="down")).choose("done"))
    assert ticket.tried[0].after == ""
    assert ticket.end.words == "Still open."
    assert ticket.end.next[0] == "Go on at: What do you see?"


def test_what_was_put_off_is_not_tried():
    ticket = made(Desk(small()).begin(evidence=file(link="down")).choose("cannot"))
    assert NotTried("Do restart", "the caller can't do that now") in ticket.not_tried
    assert ticket.end.outcome == "unresolved"
    assert ticket.end.next[0].startswith("Call support")


def test_an_action_that_one_went_back_past_was_tried_all_the_same():
    desk = Desk(small()).begin().choose("says-ok", "this", "done").back(0)
    assert [fix.action for fix in made(desk).tried] == ["Do restart"]
    assert isinstance(made(desk).tried[0], TriedFix)


def test_where_a_finding_is_known_from_is_told():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done", "says-down")
    assert [(one.what, one.outcome, one.source) for one in made(desk).found] == [
        ("Network adapter", "down", "file"),
        ("Network adapter", "down", "answer"),
    ]


def test_what_a_cause_calls_for_is_named_where_nobody_came_to_it():
    elsewhere = Desk(small()).begin(evidence=file(**DNS_DEAD))
    (fix,) = made(elsewhere).not_tried
    assert fix.action == "Restart the gateway, or use another DNS server for now"
    assert fix.why == "called for by dns.unreachable; the call did not come to it"
    on_the_way = Desk(dict(load_shipped())).begin("start", evidence=file(**DNS_DEAD))
    assert made(on_the_way).not_tried == ()


def test_questions_notes_agents_and_times_are_told():
    desk = Desk(small()).begin(evidence=file())
    desk.keep(moves.noted(desk.call, "Calls from the garden."))
    desk.agent = "bo"
    desk.keep(moves.taken_over("bo"))
    desk.choose("that")
    ticket = made(desk)
    assert [(one.question, one.answer) for one in ticket.told] == [("What about which?", "The that one")]
    assert [(note.text, note.agent, note.step) for note in ticket.notes] == [
        ("Calls from the garden.", "anna", "What about which?")
    ]
    assert [shift.agent for shift in ticket.shifts] == ["anna", "bo"]
    assert (ticket.opened, ticket.closed, ticket.seconds) == (BEGAN, BEGAN + timedelta(minutes=3), 180.0)


def test_what_is_noted_after_the_end_makes_no_call_longer():
    desk = Desk(small()).begin()
    desk.keep(moves.closed("unresolved", "Hung up."))
    closed = desk.events[-1].at
    desk.keep(moves.noted(desk.call, "Called again, and is happy."))
    desk.keep(moves.labelled("Ticket 5"))
    ticket = made(desk)
    assert (ticket.closed, ticket.seconds) == (closed, (closed - BEGAN).total_seconds())
    desk.keep(moves.closed("resolved", ""))
    assert made(desk).closed == desk.events[-1].at
    desk.keep(moves.reopened())
    assert made(desk).closed is None


def test_the_end_of_the_flow_is_the_end_of_the_call_also_where_it_is_closed_so_later():
    desk = Desk(small()).begin().choose("says-ok", "that")
    ended = desk.events[-1].at
    assert desk.call.record.row.state == "resolved"
    desk.keep(moves.closed("resolved", ""))
    assert made(desk).closed == ended
    assert (ended - BEGAN).total_seconds() == desk.call.record.row.took


def test_what_came_on_another_day_is_told_with_its_day():
    desk = Desk(small()).begin(evidence=file(link="down"))
    desk.keep(moves.noted(desk.call, "First."))
    first = len(desk.events)
    desk.choose("done")
    desk.keep(moves.noted(desk.call, "Called back."))
    desk.events[first:] = [
        replace(recorded, at=recorded.at + timedelta(days=1)) for recorded in desk.events[first:]
    ]
    text = written(made(desk), "text")
    day = (BEGAN + timedelta(days=1)).astimezone().strftime("%Y-%m-%d")
    assert re.search(rf"- {day} \d\d:\d\d .*: not checked", text)
    assert re.search(rf"- {day} \d\d:\d\d anna.*: Called back.", text)
    assert re.search(r"- \d\d:\d\d anna.*: First.", text)


def test_the_same_call_gives_the_same_ticket():
    desk = Desk(small()).begin(evidence=file())
    assert made(desk) == made(desk)


def test_a_reason_for_closing_is_the_summary():
    desk = Desk(small()).begin()
    desk.keep(moves.closed("unresolved", "Hung up."))
    assert made(desk).end.summary == "Hung up."


def test_what_a_check_found_is_told_with_what_was_before():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done")
    before = desk.call
    desk.give(file())
    assert checks_since(before, desk.call) == ("Checked again. Before: down. Now: works.",)
    assert checks_since(desk.call, desk.call) == ()
    again = Desk(small()).begin(evidence=file(link="down")).choose("done")
    before = again.call
    again.choose("says-down")
    assert checks_since(before, again.call) == ("Checked again: no change yet, still down.",)
