"""A page as plain text: what is saved, copied, or read by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tshoot.report.page import Block, Code, Heading, Items, Page, Paragraph, Quote, Table

WIDTH = 96


def page_as_text(page: Page, width: int = WIDTH) -> str:
    """The page in lines of at most ``width`` columns, ending with a line break."""
    return "\n\n".join("\n".join(_block(block, width)) for block in page.blocks) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text, level):
            lines = _wrapped(text, width)
            yield from lines
            yield ("=" if level == 1 else "-") * min(width, max(map(len, lines)))
        case Paragraph(text, lead):
            yield from _wrapped(f"{lead} {text}".strip(), width)
        case Items(items, numbered):
            for number, item in enumerate(items, 1):
                mark = f"{number}. " if numbered else "- "
                yield from _wrapped(mark + item, width, " " * len(mark))
        case Table(_, rows):
            for row in rows:
                cells = [cell for cell in row[1:] if cell]
                yield from _wrapped(f"{row[0]}: {'; '.join(cells)}" if cells else row[0], width, "  ")
        case Quote(lines):
            for line in lines:
                yield from _wrapped(f"    {line}", width, "    ")
        case Code(text, label):
            yield from _wrapped(f"{label}: {text}", width)


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
