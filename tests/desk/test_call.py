"""What an agent is asked, what the caller's evidence answers, and what no longer counts."""

import pytest

from tests.desk.calls import Desk, file, report, small, small_steps
from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as f
from tshoot.desk import moves
from tshoot.desk.pieces import read_piece
from tshoot.guide.errors import EngineError, NothingEarlier
from tshoot.guide.model import Finish, Prompt
from tshoot.guide.setup import load_shipped
from tshoot.session.model import Assigned, EvidenceGiven, Finished

SHIPPED = dict(load_shipped())


def test_without_evidence_everything_is_asked():
    desk = Desk(small()).begin()
    assert isinstance(desk.call.wanted, Prompt)
    assert (desk.at, desk.call.wanted.kind) == ("look", "instead")
    desk.choose("says-ok", "this", "done")
    assert desk.at == "again"
    desk.choose("says-ok")
    assert isinstance(desk.call.wanted, Finish)
    assert isinstance(desk.events[-1].event, Finished)
    assert desk.lines() == [
        ("look", "ok", "person"),
        ("which", "this", "person"),
        ("restart", "done", "person"),
        ("again", "ok", "person"),
    ]


def test_what_the_file_says_is_not_asked():
    desk = Desk(small()).begin(evidence=file())
    assert desk.at == "which"
    assert desk.lines() == [("look", "ok", "probe")]
    assert desk.call.record.row.service == "t-mobile"


def test_evidence_from_before_the_fix_does_not_prove_it():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done")
    assert (desk.at, desk.call.wanted.kind) == ("again", "instead")


def test_a_new_file_after_the_fix_proves_it():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done").give(file())
    assert desk.call.wanted.outcome == "resolved"
    assert desk.lines()[-1] == ("again", "ok", "probe")


def test_a_new_file_before_the_fix_is_the_newest_but_proves_nothing_after_it():
    desk = Desk(small()).begin(evidence=file()).give(file(link="down")).choose("this")
    assert desk.call.pieces[-1].record.probes["link"].outcome == "down"
    desk.choose("done")
    assert desk.call.wanted.kind == "instead"


def test_a_fix_not_done_leaves_the_evidence_as_it_was():
    steps = [
        f.do("restart", "look", "look"),
        f.probe("look", "link", {"ok": "well", "*": "well"}, **f.instead("ok", "down")),
        f.end("well"),
    ]
    desk = Desk({"main": f.flow(steps)}).begin(evidence=file())
    desk.choose("cannot")
    assert isinstance(desk.call.wanted, Finish)


def test_a_check_where_nothing_was_done_takes_only_what_came_for_it():
    steps = [
        f.do("restart", "again", "again"),
        f.verify(
            "again", {"probe": "link", "fixed": ["ok"]}, "well", "well", "well", **f.instead("ok", "down")
        ),
        f.end("well"),
    ]
    desk = Desk({"main": f.flow(steps)}).begin(evidence=file()).choose("cannot")
    assert desk.call.wanted.kind == "instead"
    desk.give(file())
    assert isinstance(desk.call.wanted, Finish)


def test_a_watch_is_asked_and_without_a_question_offers_its_ways_out():
    steps = [
        f.watch("back", {"probe": "gateway", "until": ["ok"]}, "well", "well", "well"),
        f.end("well"),
    ]
    desk = Desk({"main": f.flow(steps)}).begin()
    assert (desk.call.wanted.kind, [one.id for one in desk.call.wanted.choices]) == (
        "watch",
        ["seen", "cannot_tell"],
    )
    desk.choose("seen")
    assert isinstance(desk.call.wanted, Finish)


def test_going_back_keeps_the_later_answers_as_suggestions_also_on_another_desk():
    desk = Desk(small()).begin().choose("says-ok", "this", "done").back(0)
    assert desk.at == "look"
    desk.choose("says-ok")
    assert desk.call.wanted.earlier == "this"


def test_there_is_nothing_to_go_back_to_at_the_first_question():
    with pytest.raises(NothingEarlier):
        Desk(small()).begin().back()


def test_an_action_stays_done_for_the_evidence_although_one_went_back():
    desk = Desk(small()).begin(evidence=file(link="down")).choose("done").back()
    assert desk.at == "restart"
    assert desk.call.lines.acted > 0
    assert [line.taken.step for line in desk.call.lines.undone] == ["restart"]
    desk.choose("cannot")
    assert desk.call.lines.undone == ()


def test_a_choice_that_is_not_offered_adds_nothing():
    desk = Desk(small()).begin()
    with pytest.raises(EngineError):
        moves.chosen(desk.call, "made-up", 1.0)


def test_evidence_offers_to_start_over_where_it_answers_what_was_asked():
    desk = Desk(small()).begin().choose("says-down")
    assert desk.at == "restart"
    position = moves.first_answerable(desk.call, file(), now=desk.now)
    assert position == 0
    desk.give(file(), position)
    assert desk.lines() == [("look", "ok", "probe")]
    assert desk.at == "which"


def test_evidence_does_not_offer_to_undo_an_action():
    desk = Desk(small()).begin().choose("says-down", "done")
    assert moves.first_answerable(desk.call, file(), now=desk.now) is None


def test_a_handed_over_call_goes_on_at_the_same_step_with_everything_known():
    desk = Desk(small()).begin(evidence=file()).choose("this")
    before = desk.call
    desk.keep(moves.handed_over(before, "", "Wants a call back."))
    assert desk.call.agent == ""
    desk.agent = "bo"
    desk.keep(moves.taken_over("bo"))
    assert desk.call.agent == "bo"
    assert (desk.at, desk.call.state) == ("restart", before.state)
    assert [(note.text, note.who, note.step) for note in desk.call.record.notes] == [
        ("Wants a call back.", "anna", "restart")
    ]
    assert [shift.agent for shift in desk.call.shifts] == ["anna", "", "bo"]


def test_a_closed_call_is_ended_and_can_be_opened_again():
    desk = Desk(small()).begin()
    desk.keep(moves.closed("unresolved", "Hung up."))
    assert (desk.call.record.row.state, desk.call.record.closed.reason) == ("unresolved", "Hung up.")
    desk.keep(moves.reopened())
    assert desk.call.record.row.state == "open"
    assert desk.at == "look"


def test_where_the_flow_changed_the_call_goes_on_at_the_last_step_that_fits():
    desk = Desk(small()).begin().choose("says-ok", "this")
    changed = [step for step in small_steps() if step["id"] != "which"]
    changed[0]["on"] = {"ok": "what", "*": "restart"}
    changed.append(f.ask("what", {"this": "restart", "that": "well"}))
    desk.flows = {"main": f.flow(changed)}
    assert desk.call.notice.startswith("This help has changed")
    assert desk.at == "what"
    desk.choose("this")
    assert [line[0] for line in desk.lines()] == ["look", "what"]
    assert desk.call.state.transcript == desk.call.record.transcript


def test_a_file_that_is_no_report_is_no_piece():
    assert read_piece(1, None, EvidenceGiven({"schema": "other"}, "file", "x")) is None


def test_what_a_report_means_is_judged_anew():
    told = {**report(**DNS_DEAD), "cause": "none", "summary": "All is well."}
    piece = read_piece(1, None, EvidenceGiven(told, "file", "x"))
    assert piece.diagnosis.cause == piece.record.cause == "dns.unreachable"


def test_the_shipped_start_with_a_dead_resolver_asks_nothing_that_the_file_says():
    desk = Desk(SHIPPED).begin("start", evidence=file(**DNS_DEAD))
    wanted = desk.call.wanted
    assert isinstance(wanted, Prompt)
    assert wanted.kind != "instead"
    assert {line[2] for line in desk.lines()} <= {"probe", "default"}
    assert desk.call.record.row.cause == "dns.unreachable"


def test_nobody_is_assigned_twice_by_beginning():
    events = Desk(small()).begin().events
    assert [recorded.event for recorded in events if isinstance(recorded.event, Assigned)] == [
        Assigned("anna")
    ]
