"""Writes text to a stream: wrapped, and harmless whatever it holds."""

from __future__ import annotations

import shutil
import textwrap
from typing import TextIO

from tshoot.text import display_text

DEFAULT_WIDTH = 80
NARROWEST = 20
LONGEST_TEXT = 4000


def width_of(stream: TextIO) -> int:
    """The width of the terminal behind ``stream``; 80 where there is none."""
    try:
        terminal = stream.isatty()
    except ValueError:
        terminal = False
    return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if terminal else DEFAULT_WIDTH


class Page:
    """Paragraphs on a stream. Words are never cut, so an address stays whole."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        self._stream = stream
        self.width = max(NARROWEST, width or width_of(stream))

    def say(self, text: str, first: str = "", rest: str | None = None) -> None:
        """One text, each of its lines wrapped; ``first`` and ``rest`` indent it. Empty text says nothing."""
        lines = _without_marks(display_text(text, LONGEST_TEXT, keep_lines=True)).strip().splitlines()
        rest = " " * len(first) if rest is None else rest
        for place, line in enumerate(lines):
            self._write(self._wrapped(line, rest if place else first, rest))

    def say_as_it_is(self, text: str) -> None:
        """A text that has its line breaks already."""
        for line in text.splitlines():
            self._write(display_text(line, LONGEST_TEXT).rstrip())

    def gap(self) -> None:
        """An empty line between two things said."""
        self._write("")

    def cue(self, text: str) -> None:
        """The last words before an answer: no line break after them."""
        self._stream.write(text)
        self._stream.flush()

    def _wrapped(self, line: str, first: str, rest: str) -> str:
        return textwrap.fill(
            line,
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _write(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()


def _without_marks(text: str) -> str:
    """Markdown's emphasis and code marks are noise when read aloud."""
    return text.replace("**", "").replace("`", "")
