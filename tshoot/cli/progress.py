"""Progress on stderr while probes run, where a person watches: one line, or lines where these are set."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tshoot.cli.settings import settings
from tshoot.cli.terminal import is_dumb, is_terminal
from tshoot.probes.model import ProbeResult, ProbeSpec

if TYPE_CHECKING:
    from tshoot.plain.progress import LineProgress


class StatusLine:
    """One line on stderr that is written over, where a person watches; elsewhere nothing.

    Nothing either for whoever wants lines: a screen reader would read it again each time.
    """

    def __init__(self) -> None:
        watched = is_terminal(sys.stderr) and not is_dumb()
        self._lines = watched and settings().plain
        self._shown = watched and not self._lines

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._shown:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)  # which knows consoles that take no codes

    def clear(self) -> None:
        """Take the line away."""
        self.show("")


class ProgressLine(StatusLine):
    """A runner's listener that keeps one line: how many probes are done."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total, self._done = total, 0
        self._told = self._in_lines() if self._lines else None

    def started(self, spec: ProbeSpec) -> None:
        """A probe has begun; nothing to show before the first one ends."""
        if self._told is not None:
            self._told.started(spec)

    def finished(self, result: ProbeResult) -> None:
        """Count one more."""
        self._done += 1
        if self._told is not None:
            self._told.finished(result)
        self.show(f"Checking your connection: {self._done} of {self._total}")

    def _in_lines(self) -> LineProgress:
        from tshoot.plain.page import Page
        from tshoot.plain.progress import LineProgress

        told = LineProgress(Page(sys.stderr))
        told.waiting = True
        return told
