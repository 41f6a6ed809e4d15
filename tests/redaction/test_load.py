"""Rules are data: what a file may say, and how its mistakes are told."""

import pytest

from tshoot.redaction import Redactor, load_rules
from tshoot.redaction.patterns import PatternError, bounded_pattern
from tshoot.yamldoc import DocumentError

OWN = """
rules:
  - id: badge
    token: badge
    pattern: 'B-\\d{4}'
    reason: It names an employee.
  - id: desk
    token: desk
    fields: [desk]
    reason: It tells where somebody sits.
keep:
  hosts: [status.example.net]
  addresses: [203.0.113.7]
  phones: [425-555-0100]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_CONFIG", str(tmp_path / "config" / "config.toml"))
    (tmp_path / "catalog").mkdir()
    return tmp_path


def overlay(folder, text):
    (folder / "catalog" / "redaction.yaml").write_text(text)
    return load_rules([folder])


def test_the_shipped_rules_are_in_order():
    rules = load_rules()
    assert len(rules.rules) > 15
    assert all(rule.reason and rule.token for rule in rules.rules)
    assert {"t-mobile.com", "metrobyt-mobile.com", "dns.google"} <= rules.keep.domains
    assert {"1.1.1.1", "2001:4860:4860::8888", "162.159.200.1"} <= rules.keep.addresses
    assert {"8009378997", "8888638768"} <= rules.keep.phones


def test_a_folder_of_flows_adds_rules(folder):
    redactor = Redactor(overlay(folder, OWN))
    said = redactor.document(
        {"desk": "4 West", "note": "B-1234 at 203.0.113.7, 425-555-0100, a.status.example.net"}
    )
    assert said.document == {
        "desk": "<desk-1>",
        "note": "<badge-1> at 203.0.113.7, 425-555-0100, a.status.example.net",
    }


def test_a_file_of_one_s_own_adds_rules_everywhere(folder, monkeypatch):
    from tshoot.paths import own_redaction_file

    own_redaction_file().parent.mkdir(parents=True)
    own_redaction_file().write_text(OWN)
    assert Redactor(load_rules()).text("B-1234").document == "<badge-1>"
    monkeypatch.delenv("TSHOOT_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "elsewhere"))
    assert own_redaction_file().name == "redaction.yaml"
    assert Redactor(load_rules()).text("B-1234").document == "B-1234"


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("rules: [{id: a, token: a, reason: r}]", "redaction-what", (1, 9)),
        ("rules:\n  - {id: a, token: a, reason: r, pattern: '(a'}", "redaction-pattern", (2, 43)),
        ("rules:\n  - {id: a, token: a, reason: r, pattern: '(a+)+b'}", "redaction-pattern", (2, 43)),
        ("rules:\n  - {id: a, token: A 1, reason: r, find: host}", "redaction-token", (2, 20)),
        ("rules:\n  - {id: a, token: a, reason: r, find: hots}", "redaction-find", (2, 40)),
        ("rules:\n  - {id: email, token: a, reason: r, find: host}", "redaction-duplicate", (2, 10)),
        ("keep: {networks: [10.0.0.0/99]}", "redaction-network", (1, 19)),
        ("keep: {hosts: [a b]}", "redaction-host", (1, 16)),
        ("keep: {addresses: [1.2.3]}", "redaction-address", (1, 20)),
        ("ruels: []", "field-unknown", (1, 1)),
        ("rules: [{id: a", "yaml-syntax", (2, 1)),
    ],
)
def test_a_mistake_is_told_with_its_place(folder, text, rule, place):
    with pytest.raises(DocumentError) as caught:
        overlay(folder, text)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.line, problem.column) == (rule, *place)
    assert problem.file.endswith("redaction.yaml")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|a){30}b",
        "(a{1,9}){1,9}b",
        "a*",
        "a+b",
        "x{1,5000}",
        r"(a)\1",
        "(?:a?){40}b",
        ".{0,60}.{0,60}x",
        "",
    ],
)
def test_a_pattern_that_could_take_for_ever_is_refused(pattern):
    with pytest.raises(PatternError):
        bounded_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["a{1,60}", r"(?<!\d)\d{9}(?!\d)", "(?:[a-f]{2}:){5}", "(?:a{1,9}+b){1,9}+", "a|bc?"]
)
def test_a_bounded_pattern_is_taken(pattern):
    assert bounded_pattern(pattern).pattern == pattern
