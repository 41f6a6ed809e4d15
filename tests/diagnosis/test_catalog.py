"""Reading causes.yaml: every problem at once, each at its place, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.probes.model import ProbeSpec
from tshoot.yamldoc import DocumentError

GOOD = """\
causes:
  - id: dns.unreachable
    severity: broken
    when: {dns_servers: [unreachable], internet: [ok]}
    explains: [dns_*, tcp]
    who: you
    say: The DNS server {dns_server} does not answer.
    agent: Silent.
    next: Restart the gateway.
    fix: {flow: connectivity, step: names-not-found}
"""


def load(tmp_path: Path, text: str) -> str:
    """The problems of ``text``, one a line; empty when there are none."""
    file = tmp_path / "causes.yaml"
    file.write_text(text)
    try:
        load_catalog(file)
    except DocumentError as error:
        return str(error).replace(f"{file}:", "")
    return ""


def test_a_cause_is_read(tmp_path: Path) -> None:
    file = tmp_path / "causes.yaml"
    file.write_text(GOOD)
    (cause,) = load_catalog(file).causes
    assert cause.when == {"dns_servers": {"unreachable"}, "internet": {"ok"}}
    assert cause.explains == ("dns_system", "dns_servers", "dns_public", "dns_encrypted", "dns_name", "tcp")
    assert cause.fix is not None
    assert (cause.fix.step, cause.folds_under, cause.although_reached) == ("names-not-found", ("*",), False)
    assert load_catalog(file).by_id == {"dns.unreachable": cause}


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("    who: you", "    whos: you", "6:5", "Did you mean 'who'"),
        ("who: you", "who: your", "6:10", "Did you mean 'you'"),
        ("severity: broken", "severity: fatal", "3:15", "'fatal' is not known"),
        ("dns_servers: [unreach", "dns_server: [unreach", "4:12", "Did you mean 'dns_servers'"),
        ("[unreachable]", "[unreachabel]", "4:26", "Did you mean 'unreachable'"),
        ("internet: [ok]", "internet: ok", "4:50", "is text"),
        ("dns_*, tcp", "dns_*, tpc", "5:23", "Did you mean 'tcp'"),
        ("{dns_server}", "{dns_servre}", "7:10", "There is no value '{dns_servre}'"),
        ("    agent: Silent.\n", "", "2:5", "'agent' is missing"),
        ("    when: {dns_servers: [unreachable], internet: [ok]}\n", "", "2:5", "'when' is missing"),
        (", step: names-not-found", "", "10:10", "'step' is missing"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in GOOD
    said = load(tmp_path, GOOD.replace(old, new))
    assert any(line.startswith(f"{place} ") and words in line for line in said.splitlines()), said


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("who: you", "who: us").replace("[unreachable]", "[gone]") + GOOD[8:]
    said = load(tmp_path, text).splitlines()
    assert len(said) == 3
    assert "stands twice" in said[-1]
    assert said[-1].startswith("11:9 ")


def test_outcomes_are_checked_against_specs_where_given(tmp_path: Path) -> None:
    file = tmp_path / "causes.yaml"
    file.write_text(GOOD)
    spec = ProbeSpec(
        "dns_servers", "", "", {"ok": "fine"}, frozenset({"ok"}), "nothing", "none", deadline=1.0
    )
    with pytest.raises(DocumentError) as caught:
        load_catalog(file, {"dns_servers": spec})
    rules = {problem.rule for problem in caught.value.problems}
    assert rules == {"cause-outcome", "cause-evidence", "cause-explains"}


ASKED = """\
causes:
  - id: browser.only
    severity: broken
    asked: yes
    explains: []
    who: you
    say: The browser itself is in the way.
    agent: Asked.
    next: Try another one.
    fix: {flow: browser, step: which-browser}
"""


def test_a_cause_that_is_asked_needs_no_rule(tmp_path: Path) -> None:
    file = tmp_path / "causes.yaml"
    file.write_text(ASKED)
    (cause,) = load_catalog(file).causes
    assert (cause.asked, dict(cause.when), cause.explains) == (True, {}, ())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    asked: yes\n", "", "'when' is missing"),
        ("    asked: yes\n", "    asked: no\n", "'when' is missing"),
        ("    explains: []\n", "    explains: []\n    when: {http: [ok]}\n", "'when' has no place"),
        ("    explains: []\n", "    explains: []\n    any_of: {http: [ok]}\n", "'any_of' has no place"),
        ("    explains: []\n", "", "'explains' is missing"),
        ("    fix: {flow: browser, step: which-browser}\n", "", "'fix' is missing"),
        ("{flow: browser, step: which-browser}", "none", "'fix' is text"),
    ],
)
def test_every_other_cause_needs_one(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in load(tmp_path, ASKED.replace(old, new))


def test_only_a_note_may_have_nothing_to_fix(tmp_path: Path) -> None:
    note = ASKED.replace("severity: broken", "severity: note").replace("asked: yes", "when: {http: [ok]}")
    note = note.replace("{flow: browser, step: which-browser}", "none")
    assert load(tmp_path, note) == ""
    assert "'nothing' is not known for 'fix'" in load(tmp_path, note.replace("fix: none", "fix: nothing"))


def test_the_shipped_catalogue_holds_the_whole_vocabulary() -> None:
    causes = load_catalog().causes
    assert {cause.id for cause in causes if cause.severity != "note"} == HEADLINES
    assert [cause.id for cause in causes if cause.asked] == ["browser.only"]
    assert all(cause.fix is not None for cause in causes if cause.severity != "note")
