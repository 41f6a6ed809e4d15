"""A ticket as Markdown (CommonMark). Nothing in it can become a link, a heading or HTML by its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tshoot.desk.ticket import Ticket
from tshoot.desk.ticket_text import Section, sections, title
from tshoot.text import display_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LINE_START = re.compile(r"^(\d*)([-+.)])")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)|(@)")
_LONGEST = 4000


def to_markdown(ticket: Ticket) -> str:
    """The ticket, ending in a line break."""
    return "\n".join([f"# {escaped(title(ticket))}", *_body(ticket)]) + "\n"


def _body(ticket: Ticket) -> Iterator[str]:
    for section in sections(ticket):
        yield ""
        yield f"## {escaped(section.heading)}"
        yield ""
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from (f"- **{escaped(name)}**: {escaped(value)}" for name, value in section.facts)
    yield from (f"- {escaped(line)}" for line in section.lines)


def escaped(text: str) -> str:
    r"""``text`` on one line with everything that Markdown could read as its own made literal.

    GitHub's Markdown also makes links of bare addresses; a backslash before the colon, the full stop or the
    @ prevents that, and is not shown.
    """
    line = display_text(" ".join(text.split()), _LONGEST)
    line = _SPECIAL.sub(r"\\\1", line)
    line = _AUTOLINK.sub(_broken, line)
    return _LINE_START.sub(r"\1\\\2", line)


def _broken(found: re.Match[str]) -> str:
    scheme, colon, www, stop, _ = found.groups()
    if scheme:
        return f"{scheme}\\{colon}"
    return f"{www}\\{stop}" if www else "\\@"
