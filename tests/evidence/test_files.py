"""Evidence files: what they hold, how they are read, written and shown."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.diagnosis.cases import EVERY
from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.diagnosis.changes import Change
from tshoot.evidence.document import prepare, redact_again
from tshoot.evidence.errors import CodeError, EvidenceError
from tshoot.evidence.files import read_any, read_file, read_json, write_json
from tshoot.evidence.preview import preview
from tshoot.evidence.recorded import recorded_of
from tshoot.evidence.telling import code_for
from tshoot.redaction import TooDeep, load_rules
from tshoot.report.as_json import SCHEMA, to_json
from tshoot.report.as_text import to_text
from tshoot.target import Target

RULES = load_rules()
SAVED = datetime(2026, 11, 25, 22, 21, 7, tzinfo=UTC)
OWN = "2607:fb92:1:12::50"


TARGET = Target(HOST, title="Example")


def report(**changes):
    results = battery(**changes)
    check = Checkup(TARGET, results, judge(results, TARGET), 1234.0)
    return replace(check.report(), code=code_for(check))


PRIVATE = {"address": ("ok", {"addresses": [{"adapter": "eth0", "ip": OWN, "prefix": 64}]})}


@pytest.mark.parametrize("redact", [True, False])
@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_file_leads_to_the_same_judgement(case, redact):
    live = report(**case.changes)
    document = json.loads(json.dumps(prepare(live, RULES if redact else None, SAVED).document))
    again = recorded_of(document).report()
    assert (again.cause, again.verdict, again.confidence) == (live.cause, live.verdict, live.confidence)
    assert [each.cause for each in again.findings] == [each.cause for each in live.findings]
    assert [rung.state for rung in again.ladder] == [rung.state for rung in live.ladder]
    assert again.code == live.code


def test_a_file_is_a_report_with_one_more_field():
    document = prepare(report(**PRIVATE), RULES, SAVED).document
    assert document["schema"] == SCHEMA
    envelope = document["evidence"]
    assert (envelope["version"], envelope["saved"], envelope["redacted"]) == (1, "2026-11-25T22:21:07Z", True)
    assert {"rule", "type", "count"} == set(envelope["replaced"][0])
    assert {item["rule"] for item in envelope["replaced"]} == {"target-host", "public-address"}
    assert OWN not in json.dumps(document)
    assert "192.168.12.1" in json.dumps(document)


def test_unredacted_only_where_it_was_wanted():
    document = prepare(report(**PRIVATE), None, SAVED).document
    assert document["evidence"] == {
        "version": 1,
        "saved": "2026-11-25T22:21:07Z",
        "redacted": False,
        "replaced": [],
    }
    assert OWN in json.dumps(document)


def test_redacting_a_file_again_adds_to_its_list_and_keeps_its_day():
    whole = prepare(report(**PRIVATE), None, SAVED).document
    once = redact_again(whole, RULES)
    assert OWN not in json.dumps(once.document)
    twice = redact_again({**once.document, "note": "ann@example.com"}, RULES)
    envelope = twice.document["evidence"]
    assert envelope["saved"] == "2026-11-25T22:21:07Z"
    assert {item["rule"] for item in envelope["replaced"]} >= {"public-address", "email"}
    assert redact_again(twice.document, RULES).document == twice.document


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_redacting_a_second_time_changes_nothing(case):
    once = json.loads(
        json.dumps(redact_again(prepare(report(**case.changes), None, SAVED).document, RULES).document)
    )
    assert redact_again(once, RULES).document == once


def test_nothing_private_hides_in_the_envelope():
    document = prepare(report(), RULES, SAVED).document
    bad = {"saved": "ann@example.com", "replaced": [{"rule": "x", "type": "y"}, "z"], "by": "ann@example.com"}
    again = redact_again({**document, "evidence": bad, "code": "ann@example.com"}, RULES)
    assert "example.com" not in json.dumps(again.document)
    assert again.document["evidence"]["saved"] == ""
    assert again.document["code"] == document["code"]


def test_everything_that_was_known_comes_back():
    change = Change("resolver", "192.168.12.1", "10.0.0.53", "The DNS server was: …", "2026-11-24T10:00:00Z")
    live = replace(report(**DNS_DEAD), changed=(change,), service="t-mobile")
    recorded = recorded_of(json.loads(json.dumps(prepare(live, RULES, SAVED).document)))
    assert recorded.changed == (change,)
    assert (recorded.cause, recorded.saved, recorded.redacted) == (live.cause, "2026-11-25T22:21:07Z", True)
    assert recorded.target.service == "t-mobile"
    assert recorded.target.title == "T-Mobile account"
    assert recorded.report().changed == (change,)
    assert recorded.report().elapsed_ms == 1234


def test_a_report_of_an_older_version_without_signals_is_judged_from_its_data():
    document = dict(prepare(report(**DNS_DEAD), None, SAVED).document)
    for later in ("signals", "code", "evidence"):
        del document[later]
    recorded = recorded_of(document)
    assert recorded.redacted is None
    assert recorded.report().cause == "dns.unreachable"
    signals = redact_again(document, RULES).document["signals"]
    assert signals == report(**DNS_DEAD).signals
    assert recorded.report().code == report(**DNS_DEAD).code


def test_hostile_files_are_made_harmless():
    bad = "\x1b]52;c;AAAA\x07\u202e\x9b" + "x" * 9000
    document = {
        "schema": SCHEMA,
        "version": bad,
        "target": {"service": bad, "hosts": [bad, 7, None]},
        "signals": {"target": bad, "icmp": [], "chain": "fails", bad: "x"},
        "changed": [{"what": "resolver", "say": bad}, {"what": bad}, bad],
        "probes": [
            {
                "probe": "link",
                "outcome": bad,
                "detail": bad,
                "ms": "x",
                "data": {bad: [bad]},
                "contacted": [bad],
            }
        ],
        "evidence": bad,
        "elapsed_ms": float("inf"),
    }
    recorded = recorded_of(document)
    assert recorded.results["link"].outcome == "error"
    assert recorded.signals == {"chain": "fails"}
    shown = to_text(recorded.report(), 80, False) + json.dumps(to_json(recorded.report()), ensure_ascii=False)
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown)


def test_deep_files_are_refused(tmp_path):
    deep = "[" * 90 + "]" * 90
    path = tmp_path / "deep.json"
    path.write_text(
        f'{{"schema": "{SCHEMA}", "probes": [{{"probe": "link", "outcome": "ok", "data": {{"x": {deep}}}}}]}}'
    )
    with pytest.raises(EvidenceError, match="too deeply"):
        read_file(path)
    wide = {"schema": SCHEMA, "probes": [], "more": json.loads("[" * 300 + "]" * 300)}
    with pytest.raises(TooDeep):
        redact_again(wide, RULES)


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "evidence.json"
    write_json(path, {"a": 1}, replace=False)
    assert json.loads(path.read_text()) == {"a": 1}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_json(path, {"a": 2}, replace=False)
    assert json.loads(path.read_text()) == {"a": 1}
    write_json(path, {"a": 3}, replace=True)
    assert json.loads(path.read_text()) == {"a": 3}
    assert [each.name for each in tmp_path.iterdir()] == ["evidence.json"]


def test_without_links_nothing_is_overwritten_either(tmp_path, monkeypatch):
    def no_links(*_):
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "evidence.json"
    write_json(path, {"a": 1}, replace=False)
    with pytest.raises(FileExistsError):
        write_json(path, {"a": 2}, replace=False)
    assert json.loads(path.read_text()) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["evidence.json"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        write_json(tmp_path / "x.json", {"a": "\ud800"}, replace=True)
    assert not list(tmp_path.iterdir())


def test_a_file_or_a_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    live = report()
    write_json(tmp_path / "evidence.json", prepare(live, RULES, SAVED).document, replace=False)
    assert read_any("evidence.json").cause == "none"
    assert read_any(live.code.lower()).cause == "none"
    with pytest.raises(FileNotFoundError, match="no such file"):
        read_any("evidense.json")
    wrong = ("0" if live.code[1] != "0" else "2").join((live.code[0], live.code[2:]))
    with pytest.raises(CodeError, match=r"There is no file .* as a code: Group 1") as caught:
        read_any(wrong)
    assert caught.value.groups == (1,)


def test_the_preview_tells_what_leaves_and_what_was_replaced():
    seen = preview(prepare(report(**PRIVATE), RULES, SAVED))
    lines = list(seen.lines())
    assert "29 probes" in "\n".join(lines)
    assert any("× <public-ip>, " in line for line in lines)
    assert any(f"{OWN} became <public-ip-" in line for line in lines)
    assert seen.count == sum(item.count for item in seen.replaced)
    assert "Nothing was replaced" in "\n".join(preview(prepare(report(), None, SAVED)).lines())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_that_another_program_has_saved_anew_can_be_read(tmp_path, encoding):
    """A shell's `>` and simple editors write these on Windows."""
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"schema": "tshoot.report/1", "probes": []}), encoding=encoding)
    assert read_json(path)["schema"] == "tshoot.report/1"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_without_an_end_is_too_large():
    with pytest.raises(EvidenceError, match="too large"):
        read_json(Path("/dev/zero"))
