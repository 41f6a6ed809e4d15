"""A page as Markdown (CommonMark with the tables of GitHub), everything escaped.

No text of a page can become markup, a link or HTML in it, whatever it holds.
"""

from __future__ import annotations

import re

from tshoot.report.page import Block, Code, Heading, Items, Page, Paragraph, Quote, Table

_ALWAYS = re.compile(r"([\\`*_\[\]<>|~&$@])")
_AT_START = re.compile(r"^[#+\-=:]")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINKS = re.compile(r"(?i)(://|\bwww\.|\bmailto:|\bxmpp:)")


def page_as_markdown(page: Page) -> str:
    """The page, ending with a line break."""
    return "\n\n".join(filter(None, map(_block, page.blocks))) + "\n"


def escaped(text: str) -> str:
    """``text`` for one line of Markdown: it reads as it is and means nothing."""
    found = _ALWAYS.sub(r"\\\1", text.strip())
    found = _LINKS.sub(lambda match: match[0].replace(":", "\\:").replace(".", "\\."), found)
    number = _NUMBER.match(found)
    if number is not None:
        return f"{number[1]}\\{number[2]}{found[number.end() :]}"
    return "\\" + found if _AT_START.match(found) else found


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph(text, lead):
            return " ".join(filter(None, (f"**{escaped(lead)}**" if lead else "", escaped(text))))
        case Items(items, numbered):
            marks = (f"{number}." if numbered else "-" for number in range(1, len(items) + 1))
            return "\n".join(f"{mark} {escaped(item)}" for mark, item in zip(marks, items, strict=True))
        case Table(columns, rows):
            head = [f"| {' | '.join(map(escaped, columns))} |", f"|{' --- |' * len(columns)}"]
            return "\n".join([*head, *(f"| {' | '.join(map(escaped, row))} |" for row in rows)])
        case Quote(lines):
            return "\n>\n".join(f"> {escaped(line)}" for line in lines)
        case Code(text, label):
            return f"**{escaped(label)}:** {escaped(text)}"
