"""Text for widgets. Textual reads plain ``str`` as markup, so every text becomes ``Content`` here.

A bracket in a DNS answer would otherwise crash the program or make a link; ``textual.markup.escape``
does not prevent it (codebase-anchors.md, section 3.1).
"""

from __future__ import annotations

from textual.content import Content

from tshoot.text import display_text

LONGEST_TEXT = 8000
BESIDE = "auto 80%"
"""The style of what is said beside a line of a list: it has to be read on the line's highlight too."""
EMPTY = Content("")
"""No text: takes no room."""


def plain(text: str, style: str = "") -> Content:
    """``text`` as it stands, cleaned of control characters, lines kept."""
    return Content.styled(display_text(text, LONGEST_TEXT, keep_lines=True), style)


def lines(parts: list[Content]) -> Content:
    """Several contents under each other."""
    return Content("\n").join(parts)
