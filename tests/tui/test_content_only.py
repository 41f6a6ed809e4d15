"""No widget below tui/ gets a plain text: an own lint, proven on snippets that must fail."""

import pytest

from tests.tui.content_lint import NOTIFIES, TUI, all_makers, problems_of

FILES = sorted(TUI.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(TUI)) for path in FILES])
def test_every_text_is_content(path):
    assert problems_of(path.read_text(encoding="utf-8"), path.name, all_makers()) == []


BAD = [
    "def f(text):\n    Static(text)",
    "def f(text: str):\n    Static(f'{text}')",
    "Static('[red]literal markup[/]')",
    "def f(self, text):\n    self.update(text)",
    "def f(self, text):\n    self.query_one('#x').update(str(text))",
    "def f(box, title):\n    box.border_title = title",
    "def f(box, title):\n    box.border_subtitle = title + 'x'",
    "def f(app, text):\n    app.notify(text)",
    "def f(text):\n    return Option(text, id='x')",
    "def f(options, text):\n    options.replace_option_prompt_at_index(0, text)",
    "def f(text):\n    return Content.from_markup(text)",
    "def f(table, text):\n    table.add_row(text)",
    "def f(text):\n    name = str(text)\n    Static(name)",
    "def f(text):\n    name = plain(text)\n    name = text\n    Static(name)",
    "def f(flag, text):\n    Static(plain(text) if flag else text)",
    "def f(score, text):\n    return Hit(score, text, run)",
    "def f(table, texts):\n    table.add_row(*texts)",
    "def f(table, texts):\n    table.add_row(*(str(text) for text in texts))",
]
GOOD = [
    "Static('literal')",
    "def f(text):\n    Static(plain(text))",
    "def f(content: Content):\n    Static(content)",
    "def f(self, text):\n    self.update(Content.assemble(text))",
    "def f(text):\n    name = plain(text)\n    Static(name)",
    "def f(text):\n    name: Content = getattr(text, 'x')\n    Static(name)",
    "def f(flag, text):\n    Static(plain(text) if flag else plain('x'))",
    "def f(known):\n    known.update({'a': 1})",
    "def f(table, text):\n    table.add_column(Text(text))",
    "def cell(text) -> Text: ...\ndef f(table, texts):\n    table.add_row(*(cell(text) for text in texts))",
    "def drawn() -> Content: ...\ndef f(self):\n    self.update(drawn())",
]


@pytest.mark.parametrize("source", BAD)
def test_the_lint_finds_what_must_not_be(source):
    assert problems_of(source, makers={"plain"}) != []


@pytest.mark.parametrize("source", GOOD)
def test_the_lint_lets_pass_what_is_harmless(source):
    assert problems_of(source, makers={"plain"}) == []


def test_only_the_toast_module_may_notify():
    source = "def f(app, text):\n    app.notify(text)"
    assert problems_of(source, NOTIFIES) == []
    assert problems_of(source, "other.py") != []
