"""A page as HTML: one file without scripts, pictures or anything fetched, everything escaped.

Light and dark follow the reader's system; on paper it is black on white.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from tshoot.report.page import Block, Code, Heading, Items, Page, Paragraph, Quote, Table

_STYLE = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page_as_html(page: Page) -> str:
    """The page as one document, ending with a line break."""
    body = "\n".join(map(_block, page.blocks))
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(page.title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _block(block: Block) -> str:
    match block:
        case Heading(text, level, tone):
            return f'<h{level} class="{tone}">{escape(text)}</h{level}>'
        case Paragraph(text, lead):
            return f"<p>{f'<strong>{escape(lead)}</strong> ' if lead else ''}{escape(text)}</p>"
        case Items(items, numbered):
            kind = "ol" if numbered else "ul"
            return f"<{kind}>\n" + "".join(f"<li>{escape(item)}</li>\n" for item in items) + f"</{kind}>"
        case Table(columns, rows):
            head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
            body = "\n".join(f"<tr>{_cells(row)}</tr>" for row in rows)
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        case Quote(lines):
            return f"<blockquote>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</blockquote>"
        case Code(text, label):
            return f'<p><strong>{escape(label)}:</strong> <span class="code">{escape(text)}</span></p>'


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)
