"""A ticket in its formats: complete, and harmless whatever is in it."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.desk.tickets import ticket
from tshoot.desk.ticket import rewritten, ticket_json
from tshoot.desk.ticket_html import to_html
from tshoot.desk.ticket_markdown import escaped, to_markdown
from tshoot.desk.ticket_text import sections
from tshoot.text import display_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](http://evil.example) [x](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "http://evil.example www.evil.example me@evil.example",
    "# heading\n\n## another",
    "| a | b |\n|---|---|",
    "`code` **bold** _it_ ~~x~~ &lt;b&gt; &#60;",
    "\x1b]52;c;ZXZpbA==\x07",
    "safe\u202egnp.exe",
    "1. one\n2. two\n- three\n+ four",
    "\\[x](y)\\",
]
PLAIN_TAGS = {"heading_open", "bullet_list_open", "list_item_open", "paragraph_open", "strong_open"}


def markdown_tokens(text):
    reader = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["linkify", "table"])
    for token in reader.parse(text):
        yield token
        yield from token.children or ()


def said(text):
    """The words of a piece of Markdown as its reader sees them."""
    return "".join(
        token.content
        for token in markdown_tokens(text)
        if token.type in {"text", "text_special", "code_inline"}
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_only_the_structure_it_is_given(text):
    tokens = list(markdown_tokens(to_markdown(ticket(text))))
    opened = {token.type for token in tokens if token.type.endswith("_open")}
    assert opened <= PLAIN_TAGS
    assert not {"html_block", "html_inline", "image", "code_inline", "fence", "hr"} & {t.type for t in tokens}
    plain = [token.type for token in markdown_tokens(to_markdown(ticket()))]
    assert plain.count("heading_open") == [token.type for token in tokens].count("heading_open")


@given(st.text(max_size=60))
def test_markdown_says_what_it_was_given(text):
    wanted = display_text(" ".join(text.split()))
    assert said(f"- x {escaped(text)}") == f"x {wanted}".strip()
    assert {token.type for token in markdown_tokens(f"- {escaped(text)}")} <= {
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "text",
        "text_special",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    }


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_has_only_the_tags_it_is_given_and_loads_nothing(text):
    read, plain = Tags(), Tags()
    read.feed(to_html(ticket(text)))
    plain.feed(to_html(ticket()))
    assert read.tags == plain.tags
    assert not {"src", "href", "onerror", "style"} & set(read.attributes)
    assert "default-src 'none'" in to_html(ticket())
    assert "\x1b" not in to_html(ticket(text))


def test_every_part_is_told_in_every_format():
    words = [
        "Ticket 4711",
        "anna",
        "bo",
        "The DNS server is silent.",
        "192.168.12.1",
        "Restart the gateway",
        "before: no answer, after: works",
        "Use another DNS server (the caller can't do that now)",
        "Does a website open? No",
        "Calls from the garden.",
        "Call support.",
        "12 min",
        "dns.unreachable",
    ]
    page = Tags()
    page.feed(to_html(ticket()))
    for text in (said(to_markdown(ticket())), " ".join(page.text)):
        assert not [word for word in words if word not in text]


def test_json_has_every_field_and_moments_in_utc():
    document = json.loads(json.dumps(ticket_json(ticket())))
    assert document["schema"] == "tshoot.ticket/1"
    assert document["opened"] == "2026-05-04T12:00:00Z"
    assert document["evidence"][0]["ladder"][1] == {"rung": "dns", "state": "bad", "words": "no answer"}
    assert document["tried"][0]["result"] == "fixed"
    assert document["seconds"] == 720.0


def test_empty_parts_are_left_out():
    bare = ticket(evidence=(), found=(), told=(), tried=(), not_tried=(), notes=(), label="", closed=None)
    assert [section.heading for section in sections(bare)] == ["Summary", "Next", "The call"]
    assert "still open" in to_markdown(bare)


def test_redaction_reaches_every_text_and_says_so():
    marked = rewritten(ticket("SECRET"), lambda text: text.replace("SECRET", "name-1"))
    assert "SECRET" not in json.dumps(ticket_json(marked))
    assert marked.session == "k3v9"
    assert marked.redacted
    assert re.search("taken out by rules", to_markdown(marked))
