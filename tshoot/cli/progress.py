"""One line of progress on stderr while probes run, only where a person watches."""

from __future__ import annotations

import sys

import click

from tshoot.cli.terminal import is_dumb, is_terminal
from tshoot.probes.model import ProbeResult, ProbeSpec


class StatusLine:
    """One line on stderr that is written over, where a person watches; elsewhere nothing."""

    def __init__(self) -> None:
        self._shown = is_terminal(sys.stderr) and not is_dumb()

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

    def started(self, spec: ProbeSpec) -> None:
        """A probe has begun; nothing to show before the first one ends."""

    def finished(self, result: ProbeResult) -> None:
        """Count one more."""
        self._done += 1
        self.show(f"Checking your connection: {self._done} of {self._total}")
