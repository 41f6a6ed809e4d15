"""A ticket in its formats: complete, and harmless whatever is in it."""

import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from tests.desk.tickets import at, ticket
from tshoot.desk.formats import posted, saved, written
from tshoot.desk.ticket import Given, rewritten, ticket_json
from tshoot.desk.ticket_page import page_of_ticket
from tshoot.report.page import Heading

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
    plain, hostile = (list(markdown_tokens(written(ticket(one), "markdown"))) for one in ("", text))
    assert [token.type for token in hostile if token.nesting] == [
        token.type for token in plain if token.nesting
    ]
    odd = {"html_block", "html_inline", "image", "code_inline", "fence", "hr"}
    assert not odd & {token.type for token in hostile}


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
    read.feed(written(ticket(text), "html"))
    plain.feed(written(ticket(), "html"))
    assert read.tags == plain.tags
    assert not {"src", "href", "onerror", "style"} & set(read.attributes)
    assert "default-src 'none'" in written(ticket(), "html")
    assert "\x1b" not in written(ticket(text), "html")


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
    page.feed(written(ticket(), "html"))
    for text in (said(written(ticket(), "markdown")), " ".join(page.text), written(ticket(), "text")):
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
    headings = [block.text for block in page_of_ticket(bare).blocks if isinstance(block, Heading)]
    assert headings == ["Call: Someone else has to go on from here", "Next", "The call"]
    assert "still open" in written(bare, "markdown")


def test_redaction_reaches_every_text_and_says_so():
    marked = rewritten(ticket("SECRET"), lambda text: text.replace("SECRET", "name-1"))
    assert "SECRET" not in json.dumps(ticket_json(marked))
    assert marked.session == "k3v9"
    assert marked.redacted
    assert re.search("taken out by rules", written(marked, "markdown"))


def test_what_is_posted_is_the_json_on_one_line():
    assert json.loads(posted(ticket())) == json.loads(written(ticket(), "json"))
    assert b"\n" not in posted(ticket("line\nbreak"))


def test_json_holds_nothing_that_a_terminal_acts_on():
    assert "\x1b" not in written(ticket("\x1b]52;c;ZXZpbA==\x07"), "json")


def test_a_ticket_is_saved_for_its_owner_alone_and_never_over_another(tmp_path):
    path = tmp_path / "ticket.md"
    saved(path, "text")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError, match="there already"):
        saved(path, "other")
    with pytest.raises(ValueError, match="can't be written"):
        saved(tmp_path / "none" / "ticket.md", "text")
    assert path.read_text() == "text"


def healthy(ladder):
    given = Given("code", at(1), "healthy", "none", "Your connection works.", ladder)
    return written(ticket(evidence=(given,)), "markdown")


def test_where_nothing_is_wrong_no_cause_is_named():
    assert "(none)" not in healthy(())
    assert "Your connection works.\n" in healthy(())


def test_a_code_brings_no_figures_so_there_is_no_column_of_them():
    from_code = healthy((("link", "ok", "works"), ("dns", "ok", "works")))
    assert "Figures" not in from_code
    assert "| link | works |\n" in from_code
    mixed = healthy((("link", "ok", "Wi-Fi"), ("dns", "ok", "works")))
    assert "Figures" in mixed
    assert "| dns | works |  |" in mixed
