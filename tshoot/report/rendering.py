"""One way to write a report down: as text, Markdown, HTML or JSON, from its document.

A document is a ``tshoot.report/1`` or a ``tshoot.session/1``. It may come from anybody: whatever stands in
it, the result holds no markup but its own and no control characters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Literal

from tshoot.report.page import Page

Format = Literal["text", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html", "json")
NAMES: Mapping[Format, str] = {"text": "text", "markdown": "Markdown", "html": "HTML", "json": "JSON"}
"""How each is called in a sentence."""
SUFFIXES: Mapping[Format, str] = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}
"""How the name of a file of each format ends."""
_SESSION = "tshoot.session/"
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")
_BAD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def render(document: Mapping[str, Any], format: Format) -> str:
    """``document`` in ``format``, ending with a line break. Never raises on odd documents."""
    return as_json(document) if format == "json" else written_page(page_of(document), format)


def written_page(page: Page, format: Literal["text", "markdown", "html"]) -> str:
    """A page in ``format``, ending with a line break."""
    writers: Mapping[str, Callable[[Page], str]] = {"text": _text, "markdown": _markdown, "html": _html}
    return writers[format](page)


def page_of(document: Mapping[str, Any]) -> Page:
    """The page of a check's or a session's document."""
    from tshoot.report.page_of_report import page_of_report
    from tshoot.report.page_of_session import page_of_session

    session = str(document.get("schema")).startswith(_SESSION)
    return page_of_session(document) if session else page_of_report(document)


def format_of(name: str) -> Format | None:
    """The format that a file's name asks for by its ending; None where it asks for none."""
    ending = "." + name.rpartition(".")[2].lower()
    return next((format for format, suffix in SUFFIXES.items() if suffix == ending), None)


def _text(page: Page) -> str:
    from tshoot.report.as_plain import page_as_text

    return page_as_text(page)


def _markdown(page: Page) -> str:
    from tshoot.report.as_markdown import page_as_markdown

    return page_as_markdown(page)


def _html(page: Page) -> str:
    from tshoot.report.as_html import page_as_html

    return page_as_html(page)


def as_json(document: Mapping[str, Any]) -> str:
    """A document as JSON that is safe to show in a terminal."""
    written = json.dumps(document, indent=2, ensure_ascii=False, default=str)
    return _NOT_ASCII.sub(_harmless, written).replace("\x7f", "\\u007f") + "\n"


def _harmless(match: re.Match[str]) -> str:
    """Characters that a terminal or an editor acts on, written as JSON writes what can't be printed."""
    char = match[0]
    if unicodedata.category(char) not in _BAD:
        return char
    return "".join(f"\\u{unit:04x}" for unit in _units(char))


def _units(char: str) -> tuple[int, ...]:
    code = ord(char)
    if code < 0x10000:
        return (code,)
    return (0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 0x3FF))
