"""One line of progress on stderr while probes run, only where a person watches."""

from __future__ import annotations

import sys

from tshoot.cli.terminal import is_dumb, is_terminal
from tshoot.probes.model import ProbeResult, ProbeSpec


class ProgressLine:
    """A runner's listener that keeps one line: how many probes are done."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = is_terminal(sys.stderr) and not is_dumb()

    def started(self, spec: ProbeSpec) -> None:
        """A probe has begun; nothing to show before the first one ends."""

    def finished(self, result: ProbeResult) -> None:
        """Count one more."""
        self._done += 1
        self._write(f"Checking your connection: {self._done} of {self._total}")

    def clear(self) -> None:
        """Take the line away."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
