"""Reports as text, Markdown, HTML and JSON: everything is there, and nothing in them is markup of others."""

import json
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.diagnosis.cases import EVERY
from tests.diagnosis.situations import DNS_DEAD
from tests.report.test_report import report_of
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.diagnosis.changes import Change
from tshoot.report.as_json import to_json
from tshoot.report.as_markdown import escaped
from tshoot.report.rendering import FORMATS, format_of, render
from tshoot.target import Target

MARKED_UP = ("text", "markdown", "html")
CHANGE = Change(
    "resolver", "192.168.12.1", "10.0.0.53", "The DNS server was: 192.168.12.1.", "2026-11-24T10:00:00Z"
)
SESSION = {
    "schema": "tshoot.session/1",
    "flow": "connectivity",
    "title": "Get back online",
    "steps": [],
    "came_to": {"wrong": "The DNS server is silent.", "fixed": "Restart the gateway"},
    "path": [
        {"question": "", "say": "Checked: trouble finding names"},
        {"question": "How are you connected?", "say": "By Wi-Fi"},
    ],
    "fixes": [
        {
            "say": "Restart the gateway",
            "before": "trouble finding names",
            "after": "all is well",
            "result": "fixed",
        },
        {"say": "Wait", "before": "", "after": "", "result": ""},
    ],
    "notes": [{"about": "Restart the gateway", "text": "The light\nwas red"}],
    "end": {
        "outcome": "resolved",
        "words": "Solved.",
        "summary": "All is well.",
        "help": ["go to a store: works now."],
    },
    "code": "1RA4-XHCQ",
}


def check_document(**changes):
    target = Target(HOST, service="t-mobile", title="T-Mobile account")
    results = battery(**changes)
    report = Checkup(target, results, judge(results, target), 900.0).report(explained=True)
    return to_json(replace(report, changed=(CHANGE,), code="1RA4-XHCQ"))


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self._silent = set(), [], [], False
        self.declared = self.comments = 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._silent = tag in {"style", "title"}

    def handle_endtag(self, tag):
        self._silent = False

    def handle_data(self, data):
        if not self._silent:
            self.text.append(data)

    def handle_comment(self, data):
        self.comments += 1


def seen(html):
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong", "span"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
}
CLASSES = {"good", "warn", "bad", "unknown", "plain", "code"}
TOKENS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
    *("list_item_open", "list_item_close", "blockquote_open", "blockquote_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
}
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
INLINE = {"text", "strong_open", "strong_close", "text_special", "softbreak"}


def parsed(markdown):
    """Every token of CommonMark with GitHub's tables, bare links and strike-through.

    A bare name such as ``example.com`` is no link there (GFM 6.9), one that begins with ``www.`` is.
    """
    parser = MarkdownIt("gfm-like", {"linkify": True, "html": True})
    parser.linkify.set({"fuzzy_link": False})
    parser.linkify.add("www.", {"validate": re.compile(r"[^\s<]+")})
    tokens = parser.parse(markdown)
    return tokens, [child for token in tokens for child in token.children or ()]


def markdown_text(markdown):
    return "".join(child.content if child.content else " " for child in parsed(markdown)[1])


def assert_harmless(document):
    html = seen(render(document, "html"))
    assert html.tags <= TAGS
    assert not html.comments
    attributes = {(name, value) for tag, name, value in html.attributes if tag not in {"html", "meta"}}
    assert {name for name, _ in attributes} <= {"class", "scope"}
    assert {value for name, value in attributes if name == "class"} <= CLASSES
    tokens, inline = parsed(render(document, "markdown"))
    assert {token.type for token in tokens} <= TOKENS
    assert {token.type for token in inline} <= INLINE
    for format in FORMATS:
        bad = [char for char in render(document, format) if unicodedata.category(char) in ACTING]
        assert set(bad) <= {"\n"}, format


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_every_case_can_be_written(case, format):
    written = render(to_json(report_of(**case.changes)), format)
    assert written.endswith("\n")
    assert HOST in written.replace("\\", "")


@pytest.mark.parametrize("format", MARKED_UP)
def test_a_check_s_report_says_everything(format):
    document = check_document(**DNS_DEAD)
    written = render(document, format)
    plain = {
        "text": lambda: written,
        "markdown": lambda: markdown_text(written),
        "html": lambda: " ".join(seen(written).text),
    }[format]()
    plain = " ".join(plain.split())
    for wanted in (
        "✗ Does not work: T-Mobile account",
        document["summary"],
        document["next"],
        "dns.unreachable (strong evidence). Who can fix it: you.",
        document["findings"][0]["because"][0],
        "Since it last worked here",
        CHANGE.say,
        "Why dns.unreachable: each line is a condition",
        "What was checked",
        "Every probe",
        "Code to read out to support: 1RA4-XHCQ",
    ):
        assert " ".join(wanted.split()) in plain, wanted
    assert all(entry["probe"] in plain for entry in document["probes"])


@pytest.mark.parametrize("format", MARKED_UP)
def test_a_session_s_report_says_everything(format):
    document = {**SESSION, "report": check_document(**DNS_DEAD)}
    written = render(document, format)
    plain = {
        "text": lambda: written,
        "markdown": lambda: markdown_text(written),
        "html": lambda: " ".join(seen(written).text),
    }[format]()
    plain = " ".join(plain.split())
    for wanted in (
        "Get back online: Solved.",
        "What was wrong: The DNS server is silent.",
        "What helped: Restart the gateway",
        "How are you connected? By Wi-Fi",
        "trouble finding names",
        "all is well",
        "helped",
        "not checked",
        "The light",
        "was red",
        "go to a store",
        "The last check",
        "1RA4-XHCQ",
    ):
        assert wanted in plain, wanted


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "<!-- x",
    "&lt;b&gt; &#60;",
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "[x]: http://evil.example",
    "http://evil.example www.evil.example ann@evil.example mailto:ann@evil.example",
    "<http://evil.example>",
    "# heading\n## heading",
    "1. one\n2) two\n- three\n+ four\n* five",
    "1234567890. x",
    "---\n===\n***",
    "> quote",
    "| a | b |\n|---|---|\n| c | d |",
    "    code\n```\nfence\n~~~",
    "`code` *em* **strong** __x__ ~~gone~~ $x$ a_b_c",
    "line\\\nbreak  \n\nnext",
    "\x1b]52;c;AAAA\x07\x9b2J\x1b[31mred",
    "\u202eevil\u2066 \u2028next\u2029 \ufeff\u200b",
    "{{7*7}} ${7*7} <% x %>",
    ":smile: :::note\n:::",
    "\t| x",
    "\\",
    "<",
    "a" * 10_000,
    "\ud800",
    "",
]


def everywhere(bad):
    entry = {"probe": bad, "outcome": bad, "detail": bad, "ms": 1, "data": {bad: bad}}
    finding = {
        "cause": bad,
        "severity": bad,
        "confidence": bad,
        "because": [bad],
        "say": bad,
        "next": bad,
        "who": bad,
    }
    clue = {"part": bad, "name": bad, "wanted": [bad], "outcome": bad, "fits": True, "figures": bad}
    return {
        "schema": "tshoot.report/1",
        "version": bad,
        "target": {"service": bad, "hosts": [bad]},
        "verdict": bad,
        "cause": bad,
        "summary": bad,
        "next": bad,
        "findings": [finding, {**finding, "cause": "x"}, {**finding, "cause": "y", "severity": "note"}],
        "ladder": [{"rung": bad, "state": bad, "detail": bad}],
        "probes": [entry],
        "contacted": [bad, bad],
        "changed": [{"say": bad, "since": bad}],
        "explanation": {
            "fired": {"cause": bad, "clues": [clue], "why": bad},
            "nearest": [{"cause": bad, "against": [clue], "follows_from": [bad], "trouble": [bad]}],
        },
        "evidence": {"saved": bad, "replaced": [{"type": bad, "count": 3}]},
        "code": bad,
    }


def session_of(bad):
    return {
        "schema": "tshoot.session/1",
        "title": bad,
        "came_to": {"wrong": bad, "fixed": bad},
        "path": [{"question": bad, "say": bad}],
        "fixes": [{"say": bad, "before": bad, "after": bad, "result": bad}],
        "notes": [{"about": bad, "text": bad, "at": bad}],
        "end": {"outcome": bad, "words": bad, "summary": bad, "next": bad, "help": [bad]},
        "report": everywhere(bad),
        "code": bad,
    }


@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("document", [everywhere, session_of], ids=["check", "session"])
def test_hostile_texts_stay_texts(document, bad):
    assert_harmless(document(bad))


@pytest.mark.parametrize("bad", HOSTILE[:24], ids=range(24))
def test_markdown_reads_as_the_text_it_was(bad):
    text = " ".join("".join(char for char in bad if char.isprintable() or char == " ").split())
    _, inline = parsed(escaped(text) + "\n")
    assert "".join(child.content for child in inline) == text


JSONS = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(HOSTILE)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = sorted({*everywhere(""), *session_of("")})


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSONS, max_size=8))
def test_any_document_is_written_without_harm(document):
    assert_harmless(document)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_means_nothing_in_markdown(text):
    from tshoot.report.page import said

    tokens, inline = parsed(escaped(said(text)) + "\n")
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(child.content for child in inline) == said(text)


@pytest.mark.parametrize("text", ["see www.example.com", "https://example.com", "a@example.com", "0.KW"])
def test_what_would_be_a_link_is_none(text):
    plainly, escaped_ = parsed(text + "\n")[1], parsed(escaped(text) + "\n")[1]
    assert ("link_open" in {child.type for child in plainly}) is (text != "0.KW")
    assert "link_open" not in {child.type for child in escaped_}


def test_json_comes_back_as_it_was():
    document = check_document(**DNS_DEAD)
    assert json.loads(render(document, "json")) == document
    odd = {"a": "é \u202e \x7f \U000e0001 \U0001f600"}
    assert json.loads(render(odd, "json")) == odd


def test_html_fetches_and_runs_nothing():
    html = render(check_document(), "html")
    assert "default-src 'none'" in html
    assert "prefers-color-scheme: dark" in html
    assert "http://" not in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.md", "markdown"),
        ("a.HTML", "html"),
        ("a.json", "json"),
        ("a.txt", "text"),
        ("a.pdf", None),
        ("a", None),
    ],
)
def test_the_format_of_a_file_s_name(name, format):
    assert format_of(name) == format
