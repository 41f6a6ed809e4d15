"""``tshoot check --save``, ``tshoot evidence`` and ``tshoot run --evidence``: nothing is measured here."""

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tests.test_plain import Typed
from tshoot.checkup import Checkup, judge
from tshoot.cli import check as check_command
from tshoot.cli import saving
from tshoot.cli.check import check
from tshoot.cli.evidence import evidence
from tshoot.cli.run import run
from tshoot.evidence.document import prepare
from tshoot.evidence.files import write_json
from tshoot.evidence.telling import code_for
from tshoot.redaction import load_rules
from tshoot.target import Target

TARGET = Target(HOST, service="t-mobile", title="T-Mobile account")
OWN = "2607:fb92:1:12::50"
ADDRESS = {"address": ("ok", {"addresses": [{"adapter": "eth0", "ip": OWN, "prefix": 64}]})}


def checkup(**changes):
    results = battery(**ADDRESS, **changes)
    return Checkup(TARGET, results, judge(results, TARGET), 900.0)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "evidence.json"
    write_json(path, prepare(checkup(**DNS_DEAD).report(), None, datetime.now(UTC)).document, replace=False)
    return path


@pytest.fixture
def measured(monkeypatch):
    """`tshoot check` without a network: the battery is given."""

    async def checked(world, seconds, listener):
        said = checkup(**DNS_DEAD)
        return said, code_for(said)

    monkeypatch.setattr(check_command, "_checked", checked)
    monkeypatch.setattr("tshoot.checkup.make_world", lambda target: type("World", (), {"host": None}))


def saving_check(*arguments, answer=None, monkeypatch=None):
    if monkeypatch is not None:
        monkeypatch.setattr(saving, "asks", lambda: True)
    return CliRunner().invoke(check, ["--no-history", *map(str, arguments)], input=answer)


def test_a_check_tells_its_code(measured):
    text, document = saving_check(), saving_check("--json")
    code = code_for(checkup(**DNS_DEAD))
    assert f"Code to read out to support: {code}" in text.stdout
    assert json.loads(document.stdout)["code"] == code
    assert json.loads(document.stdout)["signals"]["target"]


def test_a_script_saves_without_being_asked(measured, tmp_path):
    path = tmp_path / "evidence.json"
    done = saving_check("--json", "--save", path)
    assert done.return_value == 1 or done.exit_code in (0, 1)
    assert json.loads(done.stdout)["cause"] == "dns.unreachable"
    assert "Saved" in done.stderr
    document = json.loads(path.read_text())
    assert document["evidence"]["redacted"] is True
    assert OWN not in path.read_text()


def test_nothing_is_overwritten_unasked(measured, tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text("mine")
    refused = saving_check("--save", path)
    assert (refused.exit_code, path.read_text()) == (2, "mine")
    assert "--yes" in refused.output
    saving_check("--save", path, "--yes", "--no-redact")
    assert OWN in path.read_text()


@pytest.mark.parametrize("place", ["folder", "missing/evidence.json"])
def test_a_place_that_can_not_be_written_is_told_before_measuring(tmp_path, place):
    (tmp_path / "folder").mkdir()
    refused = saving_check("--save", tmp_path / place)
    assert refused.exit_code == 2
    assert "folder" in refused.output


def test_options_of_save_need_save():
    assert saving_check("--no-redact").exit_code == 2
    assert saving_check("--yes").exit_code == 2
    assert saving_check("--watch", "--save", "x.json").exit_code == 2


@pytest.mark.parametrize(("answer", "there"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_a_person_sees_what_leaves_and_is_asked(measured, tmp_path, monkeypatch, answer, there):
    path = tmp_path / "evidence.json"
    done = saving_check("--save", path, answer=answer, monkeypatch=monkeypatch)
    assert f"{OWN} became <public-ip-" in done.stderr
    assert "Save it?" in done.stderr
    assert path.exists() == there
    assert ("Not saved." in done.stderr) != there


def test_a_person_is_asked_before_a_file_is_replaced(measured, tmp_path, monkeypatch):
    path = tmp_path / "evidence.json"
    path.write_text("mine")
    done = saving_check("--save", path, answer="n\n", monkeypatch=monkeypatch)
    assert "exists. Replace it?" in done.stderr
    assert path.read_text() == "mine"
    saving_check("--save", path, answer="y\n", monkeypatch=monkeypatch)
    assert json.loads(path.read_text())["cause"] == "dns.unreachable"


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("markdown", "# ✗ Does not work"),
        ("html", "<!DOCTYPE html>"),
        ("json", "{"),
        ("text", "✗ Does not work"),
    ],
)
def test_a_report_is_written_in_every_format(measured, saved, format, begins):
    assert saving_check("--format", format).stdout.startswith(begins)
    assert call("show", saved, "--format", format).stdout.startswith(begins)


def test_json_and_another_format_are_a_contradiction(saved):
    assert saving_check("--json", "--format", "html").exit_code == 2
    assert call("show", saved, "--json", "--format", "html").exit_code == 2
    assert saving_check("--watch", "--format", "html").exit_code == 2


def call(*arguments):
    return CliRunner().invoke(evidence, list(map(str, arguments)))


def test_show_judges_a_file_again(saved):
    text = call("show", saved)
    assert text.exit_code == 0
    assert "Does not work: T-Mobile account" in text.stdout
    assert "From a file saved" in text.stdout
    document = json.loads(call("show", saved, "--json", "--explain").stdout)
    assert (document["schema"], document["cause"]) == ("tshoot.report/1", "dns.unreachable")
    assert document["explanation"]["fired"]["cause"] == "dns.unreachable"


def test_show_takes_a_code_in_pieces(saved):
    code = call("code", saved).stdout.splitlines()[-1]
    assert code == code_for(checkup(**DNS_DEAD))
    pieces = code.lower().split("-")
    text = call("show", *pieces)
    assert "Does not work: T-Mobile account" in text.stdout
    assert "From a code: how each probe ended" in text.stdout
    assert json.loads(call("show", code, "--json").stdout)["cause"] == "dns.unreachable"


def test_the_code_is_spelt_and_stands_alone_on_the_last_line(saved):
    *words, code = call("code", saved).stdout.splitlines()
    assert len(words) == len(code.split("-"))
    assert all(len(line.split()) == 4 for line in words)


def test_a_slip_is_told_with_its_group(saved):
    code = call("code", saved).stdout.splitlines()[-1]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    refused = call("show", wrong)
    assert refused.exit_code == 2
    assert f"Group {len(code.split('-'))} (" in refused.output
    assert "Ask for that part again" in refused.output


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": "tshoot.report/1"}'])
@pytest.mark.parametrize("command", ["show", "code", "redact"])
def test_a_bad_file_is_told_as_usage(tmp_path, content, command):
    path = tmp_path / "evidence.json"
    path.write_text(content)
    refused = call(command, path)
    assert refused.exit_code == 2
    assert "Error:" in refused.output


@pytest.mark.parametrize("command", ["show", "code", "redact"])
def test_a_missing_file_is_told_as_usage(command):
    refused = call(command, "nowhere.json")
    assert refused.exit_code == 2
    assert "can't be read" in refused.output


def test_redact_prints_a_copy_and_lists_what_went(saved):
    done = call("redact", saved)
    document = json.loads(done.stdout)
    assert OWN not in done.stdout
    assert document["evidence"]["redacted"] is True
    assert f"{OWN} became <public-ip-" in done.stderr


def test_redact_writes_a_copy(saved, tmp_path):
    copy = tmp_path / "copy.json"
    assert call("redact", saved, "-o", copy).exit_code == 0
    assert OWN not in copy.read_text()
    assert OWN in saved.read_text()
    assert call("redact", saved, "-o", saved).exit_code == 2
    assert call("redact", saved, "-o", saved, "--yes").exit_code == 0
    assert OWN not in saved.read_text()


@pytest.mark.parametrize("by", ["file", "code"])
def test_a_flow_runs_on_a_file_and_on_a_code(saved, by):
    given = saved if by == "file" else code_for(checkup(**DNS_DEAD))
    done = CliRunner().invoke(run, ["connectivity", "--evidence", str(given), "--no-input", "--json"])
    session = json.loads(done.stdout)
    assert session["steps"][0]["outcome"] == "dns.unreachable"


def test_a_flow_refuses_a_code_with_a_slip():
    code = code_for(checkup(**DNS_DEAD))
    done = CliRunner().invoke(
        run, ["connectivity", "--evidence", code[:-1] + "Z" * (code[-1] != "Z"), "--json"]
    )
    assert done.exit_code == 2


def test_on_a_real_terminal_it_asks(saved, tmp_path):
    """A pseudo-terminal on stdin, stdout and stderr, as a person has."""
    copy = tmp_path / "copy.json"
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "tshoot", "evidence", "redact", str(saved), "-o", str(copy)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    while b"Save it?" not in shown:
        shown += os.read(ours, 4096)
    assert not copy.exists()
    os.write(ours, b"y\n")
    assert program.wait(30) == 0
    os.close(ours)
    assert json.loads(copy.read_text())["evidence"]["redacted"] is True


@pytest.mark.parametrize("arguments", [("show", ""), ("show", " ", " ")])
def test_nothing_given_is_told(arguments):
    done = CliRunner().invoke(evidence, arguments)
    assert done.exit_code == 2
    assert "Name a file" in done.output


@pytest.fixture
def code_at_the_end(monkeypatch):
    """Walks to the end by the first answer each time; nothing is measured."""
    monkeypatch.setattr("tshoot.cli.dialogue._lines", lambda wanted: Typed(*"1" * 60))

    def told(*given):
        arguments = ["connectivity", "--plain", "--no-record", *(f"--evidence={one}" for one in given)]
        said = CliRunner().invoke(run, arguments).output.splitlines()
        (line,) = [line for line in said if line.startswith("Code for support: ")]
        return line.removeprefix("Code for support: ")

    return told


def test_the_code_at_the_end_is_the_one_that_was_given(code_at_the_end):
    assert code_at_the_end("156B-CJH6") == "156B-CJH6"


@pytest.mark.parametrize("rules", [None, load_rules()], ids=["whole", "redacted"])
def test_the_code_at_the_end_is_that_of_the_file(tmp_path, code_at_the_end, rules):
    path, report = tmp_path / "evidence.json", checkup(**DNS_DEAD).report()
    write_json(path, prepare(report, rules, datetime.now(UTC)).document, replace=False)
    assert code_at_the_end(path) == code_for(report)
