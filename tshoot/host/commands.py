"""Asking the system's own tools, bounded in time; several at once. Nothing is run through a shell."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW: no console flashes up on Windows."""


def run_all(
    commands: Mapping[str, Sequence[str]], seconds: float, unreadable: list[str] | None = None
) -> dict[str, str]:
    """Run all ``commands`` side by side; their standard output by name, decoded as UTF-8.

    All together get ``seconds``; who is not done by then is ended. A command that is missing, fails or
    is late gives "" and a line in ``unreadable``. Never raises.
    """
    notes = [] if unreadable is None else unreadable
    end = time.monotonic() + seconds
    running = {name: _start(command) for name, command in commands.items()}
    return {name: _finish(name, process, end, notes) for name, process in running.items()}


def _start(command: Sequence[str]) -> subprocess.Popen[bytes] | None:
    import subprocess

    flags = _NO_WINDOW if os.name == "nt" else 0
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.Popen(
            command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, env=environment, creationflags=flags
        )
    except (OSError, ValueError):
        return None


def _finish(name: str, process: subprocess.Popen[bytes] | None, end: float, notes: list[str]) -> str:
    import subprocess

    if process is None:
        notes.append(f"{name}: the system's tool for it is missing")
        return ""
    try:
        output, _ = process.communicate(timeout=max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        notes.append(f"{name}: the system did not tell in time")
        return ""
    if process.returncode:
        notes.append(f"{name}: the system's tool for it failed")
        return ""
    return output.decode("utf-8", errors="replace")
