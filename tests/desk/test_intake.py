"""What a caller sends or reads out, before it is kept."""

import json
from pathlib import Path

import pytest

from tests.desk.calls import Desk, report, small
from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tshoot.catalog.services import resolve_target
from tshoot.checkup import Checkup, judge
from tshoot.desk.intake import likely_files, take_in
from tshoot.desk.pieces import read_piece
from tshoot.evidence.document import redact_again
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.telling import code_for
from tshoot.redaction import load_rules


def code(**changes):
    results, target = battery(**changes), resolve_target("t-mobile")
    return code_for(Checkup(target, results, judge(results, target), 10.0))


def written(path, document):
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f"  {text}\n"]
)
def test_a_code_is_taken_in_however_it_is_typed(typed):
    evidence = take_in(typed(code(**DNS_DEAD)), files=True)
    assert (evidence.source, evidence.name) == ("code", code(**DNS_DEAD))
    piece = read_piece(1, None, evidence)
    assert piece.record.cause == "dns.unreachable"
    assert piece.target.service == "t-mobile"


def test_a_code_with_a_slip_is_refused_with_the_group_that_is_wrong():
    right = code(**DNS_DEAD)
    wrong = ("8" if right[1] != "8" else "9").join([right[:1], right[2:]])
    with pytest.raises(EvidenceError, match="Group 1"):
        take_in(wrong, files=True)


def test_a_code_at_the_desk_asks_nothing_that_it_says():
    desk = Desk(small()).begin(evidence=take_in(code(), files=True))
    assert desk.at == "which"
    assert desk.lines() == [("look", "ok", "probe")]


def test_file_code_and_live_run_lead_to_the_same_step(tmp_path):
    from tshoot.guide.setup import load_shipped

    flows = dict(load_shipped())
    path = written(tmp_path / "report.json", report(**DNS_DEAD))
    by_file = Desk(flows).begin("start", evidence=take_in(str(path), files=True))
    by_code = Desk(flows).begin("start", evidence=take_in(code(**DNS_DEAD), files=True))
    assert by_file.at == by_code.at
    assert by_file.lines() == by_code.lines()


def test_what_is_private_is_taken_out_of_a_file_before_it_is_kept(tmp_path):
    document = report(
        link=("ok", {"adapters": [{"name": "eth0", "mac": "ac:de:48:00:11:22"}], "in_use": "eth0"})
    )
    evidence = take_in(str(written(tmp_path / "report.json", document)), files=True)
    assert "ac:de:48:00:11:22" not in json.dumps(evidence.report)
    assert evidence.report["evidence"]["redacted"] is True


HOME = {"adapters": [{"name": "eth0", "mac": "ac:de:48:00:11:22"}], "in_use": "eth0"}


def test_what_a_file_says_of_itself_is_not_believed():
    """Whoever wrote it may have had other rules, or none."""
    document = report(link=("ok", HOME))
    document["evidence"] = {"version": 1, "saved": "2026-05-04T11:00:00Z", "redacted": True, "replaced": []}
    evidence = take_in(json.dumps(document), files=False)
    assert "ac:de:48:00:11:22" not in json.dumps(evidence.report)
    assert evidence.report["evidence"]["replaced"]


def test_an_agents_own_rules_are_applied_to_what_was_redacted_before(tmp_path):
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "redaction.yaml").write_text(
        "rules: [{id: badge, token: badge, pattern: 'ZZ-[0-9]{4}', reason: 'It tells who it is.'}]"
    )
    document = redact_again(report(link=("ok", {"note": "ticket ZZ-4711"})), load_rules()).document
    assert "ZZ-4711" in json.dumps(document)
    evidence = take_in(json.dumps(document), files=False, rules=load_rules([tmp_path]))
    assert "ZZ-4711" not in json.dumps(evidence.report)


def test_the_name_of_a_file_is_not_kept(tmp_path):
    path = written(tmp_path / "jane-doe-2065550187.json", report())
    assert take_in(str(path), files=True).name == "a file"
    assert take_in(path.read_text(), files=False).name == "pasted"


def test_a_file_that_was_redacted_is_kept_as_it_is(tmp_path):
    once = take_in(str(written(tmp_path / "one.json", report())), files=True).report
    again = take_in(str(written(tmp_path / "two.json", once)), files=True).report
    assert again == once


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is not JSON"),
        (f'{{"elapsed_ms": {"1" * 5000}}}', "is not JSON"),
        ("[]", "This is no tshoot.report/1"),
        ('{"schema": "tshoot.report/1"}', "no list of probes"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path, content, says):
    path = tmp_path / "report.json"
    path.write_text(content)
    with pytest.raises(EvidenceError, match=says):
        take_in(str(path), files=True)


@pytest.mark.parametrize("text", ["{", f'{{"elapsed_ms": {"1" * 5000}}}'])
def test_a_text_that_is_no_report_is_refused(text):
    with pytest.raises(EvidenceError, match="not a whole report"):
        take_in(text, files=False)


@pytest.mark.parametrize("text", ["", "  ", "/nowhere/report.json", "no-such-file.json"])
def test_nothing_and_missing_files_are_told(text):
    with pytest.raises(EvidenceError):
        take_in(text, files=True)


def test_a_quoted_name_as_terminals_drop_it_is_understood(tmp_path):
    path = written(tmp_path / "with space.json", report())
    assert take_in(f"'{path}'", files=True).source == "file"


@pytest.mark.parametrize("indent", [None, 2])
def test_the_text_of_a_report_is_taken_in_as_its_file_is(tmp_path, indent):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report(**DNS_DEAD), indent=indent))
    by_file, pasted = take_in(str(path), files=True), take_in(f"\n{path.read_text()}", files=False)
    assert (pasted.report, pasted.source) == (by_file.report, by_file.source)


@pytest.mark.parametrize("cut", [1, 100, -2])
def test_half_a_report_is_told(cut):
    with pytest.raises(EvidenceError, match="not a whole report"):
        take_in(json.dumps(report())[:cut], files=False)


def test_too_much_is_told():
    with pytest.raises(EvidenceError, match="too large"):
        take_in('{"a": "' + "é" * 2_200_000 + '"}', files=False)


def test_where_no_file_may_be_opened_none_is_looked_at(tmp_path, monkeypatch):
    path = written(tmp_path / "report.json", report())
    monkeypatch.chdir(tmp_path)
    named = code(**DNS_DEAD)
    (tmp_path / named).write_text("{}")
    names = (str(path), "report.json", f"'{path}'", "~/report.json", "/nowhere/a.json", "/etc/passwd")
    for name in names:
        with pytest.raises(EvidenceError, match="no file can be opened by its name"):
            take_in(name, files=False)
    assert take_in(named, files=False).source == "code"
    with pytest.raises(EvidenceError, match="paste the text"):
        take_in("  ", files=False)


def test_the_newest_files_are_offered(tmp_path):
    import os

    for number, name in enumerate(["old.json", "new.json", "other.txt"]):
        path = written(tmp_path / name, {})
        os.utime(path, (number, number))
    assert [path.name for path in likely_files((tmp_path, Path("/nowhere")))] == ["new.json", "old.json"]


def test_a_home_folder_of_nobody_is_no_crash():
    with pytest.raises(EvidenceError, match="can't be read: No such file"):
        take_in("~nobody-has-this-name/report.json", files=True)
