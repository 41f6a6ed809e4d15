"""A session as a document: path, fixes with before and after, notes, end; and as every kind of report."""

import json

import pytest

from tests.guide import flows as small
from tests.support.batteries import battery
from tshoot.checkup import Checkup, judge
from tshoot.evidence.preview import report_preview
from tshoot.evidence.telling import code_for
from tshoot.guide.driver import Walk
from tshoot.guide.model import Chosen, Finish, Measured
from tshoot.guide.notes import Note
from tshoot.guide.told import session_document
from tshoot.redaction import load_rules
from tshoot.report.as_json import to_json
from tshoot.report.rendering import FORMATS, render
from tshoot.target import Target

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


def told(*events, **more):
    guide = small.engine(FLOW)
    state, effect = small.walk(guide, events)
    finish = effect if isinstance(effect, Finish) else None
    return session_document(guide, Walk(state, (0.0,) * len(state.transcript), finish), **more)


def test_a_fix_has_its_before_and_after():
    document = told(
        DEAD,
        Chosen("first", "done"),
        Measured("again", "dns.unreachable", "still"),
        Chosen("second", "done"),
        Measured("check", "ok"),
    )
    assert document["schema"] == "tshoot.session/1"
    assert document["fixes"] == [
        {
            "say": "Do first",
            "before": "trouble finding names",
            "after": "trouble finding names",
            "result": "not_fixed",
        },
        {"say": "Do second", "before": "", "after": "works", "result": "fixed"},
    ]
    assert document["came_to"]["fixed"] == "Do second"
    assert [line["say"] for line in document["path"]][:2] == ["Checked: trouble finding names", "Do first"]
    assert document["end"]["words"] == "Solved."


def test_a_session_that_has_not_ended_says_so():
    document = told(DEAD, Chosen("first", "done"))
    assert document["end"]["outcome"] is None
    assert document["end"]["words"] == "Not finished yet."
    assert document["fixes"] == [{"say": "Do first", "before": "", "after": "", "result": ""}]


WATCHED = small.flow(
    [
        small.probe("look", "gateway", {"ok": "restart", "*": "restart"}),
        small.do("restart", "start", "sad"),
        small.watch("start", {"probe": "gateway", "until": ["ok"]}, "there", "there", "there"),
        small.verify("there", {"probe": "gateway", "fixed": ["ok"]}, "gone", "sad", "sad"),
        small.ask("gone", {"yes": "good", "no": "sad"}),
        small.end("good"),
        small.end("sad", "unresolved"),
    ]
)


@pytest.mark.parametrize(("answer", "said"), [("yes", "helped"), ("no", "its check was good")])
def test_what_was_before_is_from_before_the_action_and_helped_only_what_lasted(answer, said):
    guide = small.engine(WATCHED)
    began = (Measured("look", "silent"), Chosen("restart", "done"), Measured("start", "ok"))
    state, finish = small.walk(guide, [*began, Measured("there", "ok"), Chosen("gone", answer)])
    document = session_document(guide, Walk(state, (0.0,) * len(state.transcript), finish))
    (fix,) = document["fixes"]
    assert (fix["before"], fix["after"], fix["result"]) == ("silent", "works", "fixed")
    assert f"| {said} |" in render(document, "markdown")


def test_an_action_is_proven_by_the_next_check_unless_another_action_comes_first():
    document = told(
        DEAD,
        Chosen("first", "cannot"),
        Chosen("second", "done"),
        Measured("check", "dead"),
    )
    assert [fix["result"] for fix in document["fixes"]] == ["not_fixed"]


def test_an_action_that_was_done_again_is_told_once():
    flow = small.flow(
        [
            small.diagnose("look", {"dns.unreachable": "first"}, "good"),
            small.do("first", "again", "sad"),
            small.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "first", "sad")
            | {"at_most": 3, "exhausted": "sad"},
            small.end("good"),
            small.end("sad", "unresolved"),
        ]
    )
    guide = small.engine(flow)
    tried = (Chosen("first", "done"), Measured("again", "dns.unreachable", "still"))
    state, _ = small.walk(guide, (DEAD, *tried, *tried))
    document = session_document(guide, Walk(state, (0.0,) * len(state.transcript), None))
    (fix,) = document["fixes"]
    assert fix["say"] == "Do first (2 times)"
    written = render(document, "text")
    assert written.count("trouble finding names; no change; did not help") == 1
    assert "(not finished yet)" in written


def test_an_action_that_helped_when_it_was_done_again_is_said_to_have_helped():
    flow = small.flow(
        [
            small.diagnose("look", {"dns.unreachable": "first"}, "good"),
            small.do("first", "again", "sad"),
            small.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "first", "sad")
            | {"at_most": 3, "exhausted": "sad"},
            small.end("good"),
            small.end("sad", "unresolved"),
        ]
    )
    guide, done = small.engine(flow), Chosen("first", "done")
    way = (DEAD, done, Measured("again", "dns.unreachable", "still"), done, Measured("again", "none"))
    state, finish = small.walk(guide, way)
    document = session_document(guide, Walk(state, (0.0,) * len(state.transcript), finish))
    assert document["came_to"]["fixed"] == "Do first"
    assert "trouble finding names; all is well; helped" in render(document, "text")


@pytest.fixture
def whole():
    target = Target("account.t-mobile.com", service="t-mobile", title="T-Mobile account")
    own = {"address": ("ok", {"addresses": [{"ip": "203.0.113.9"}]})}
    results = battery(**own)
    check = Checkup(target, results, judge(results, target), 9.0)
    report = to_json(check.report()) | {"code": code_for(check)}
    note = Note("main", "first", "Ann's phone is 425-555-0123.\nSecond line", "Do first")
    return told(DEAD, Chosen("first", "done"), Measured("again", "none"), notes=[note], report=report)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_the_session(whole, format):
    written = render(whole, format).replace("\\", "")
    for wanted in ("Solved.", "Do first", "425-555-0123", "Second line", whole["code"], "T-Mobile account"):
        assert wanted in written or format == "json"
    assert format != "json" or json.loads(render(whole, format)) == json.loads(json.dumps(whole))


@pytest.mark.parametrize("format", FORMATS)
def test_the_preview_is_what_is_saved(whole, format):
    seen = report_preview(whole, load_rules())
    written = seen.render(format)
    assert "425-555-0123" not in written
    assert "203.0.113.9" not in written
    assert "phone-1" in written
    assert "425-555-0123" in seen.render(format, redact=False)
    lines = list(seen.preview().lines())
    assert any(" taken, " in line for line in lines)
    assert "  1 note" in lines
    assert any("425-555-0123 became <phone-1>" in line for line in lines)
    assert "Nothing was replaced" in " ".join(seen.preview(redact=False).lines())
    assert seen.file_name(format).startswith("tshoot-20")
    assert whole["code"] in written
