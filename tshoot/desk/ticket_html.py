"""A ticket as one HTML page that needs nothing else, runs nothing and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tshoot.desk.ticket import Ticket
from tshoot.desk.ticket_text import Section, sections, title
from tshoot.text import display_text

_LONGEST = 4000
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1b1b1f}"
    "h1{font-size:1.4em}h2{font-size:1.05em;margin:1.4em 0 .3em;border-bottom:1px solid #ccc}"
    "table{border-collapse:collapse}th{text-align:left;font-weight:600;padding:.1em 1em .1em 0;"
    "vertical-align:top;white-space:nowrap}td{overflow-wrap:anywhere}ul{margin:.3em 0;padding-left:1.2em}"
    "@media(prefers-color-scheme:dark){body{background:#16141a;color:#e8e6e8}h2{border-color:#444}}"
)


def to_html(ticket: Ticket) -> str:
    """The whole page."""
    heading = _text(title(ticket))
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{heading}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{heading}</h1>",
            *(line for section in sections(ticket) for line in _section(section)),
            "</body></html>",
            "",
        ]
    )


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{_text(section.heading)}</h2>"
    if section.facts:
        yield "<table>"
        yield from (
            f"<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>" for name, value in section.facts
        )
        yield "</table>"
    if section.lines:
        yield "<ul>"
        yield from (f"<li>{_text(line)}</li>" for line in section.lines)
        yield "</ul>"


def _text(text: str) -> str:
    return escape(display_text(" ".join(text.split()), _LONGEST))
