"""A page: what a report says, in blocks, before it is written as text, Markdown or HTML.

Every text in it is plain and harmless: whoever writes it out only has to escape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tshoot.text import display_text

Tone = Literal["good", "warn", "bad", "unknown", "plain"]
LONGEST_TEXT = 4000
MOST = 500
"""Characters of one text, and entries of one list; what is more is cut off."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's own. ``tone`` colours it, the words carry the meaning."""

    text: str
    level: int = 2
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` is put before it and stands out."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has a cell for every column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Something to read out or to copy, character by character."""

    text: str
    label: str


Block = Heading | Paragraph | Items | Table | Quote | Code


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. ``title`` names it, as in a browser's tab."""

    title: str
    blocks: tuple[Block, ...]


def said(value: object, limit: int = LONGEST_TEXT) -> str:
    """A value from a document as one harmless line of text; empty for what is no text and no number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(display_text(str(value), limit).split())


def joined(*parts: str) -> str:
    """The parts that say something, in one line."""
    return " ".join(part for part in parts if part)
