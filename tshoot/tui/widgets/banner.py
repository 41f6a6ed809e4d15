"""A line over everything that says what must never be mistaken."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from tshoot.tui.safe import plain
from tshoot.tui.widgets.fitted import Fitted


class Banner(Fitted):
    """One line under the top line, in reverse so that it is seen without colour too."""

    DEFAULT_CSS = """
    Banner { dock: top; margin-top: 1; height: 1; padding: 0 1; text-style: bold reverse; text-wrap: nowrap; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(partial(_bar, text))


def _bar(text: str, width: int) -> Content:
    """Fills the line, so that it is one bar; where it is short, with whole sentences only."""
    return plain(_fitting(text, width).ljust(width))


def _fitting(text: str, width: int) -> str:
    """As many sentences as fit, at least the first."""
    while len(text) > width and ". " in text:
        text = text.rpartition(". ")[0] + "."
    return text
