"""A child process that is spoken to in lines of JSON. It never outlives its parent.

The child ends by itself as soon as its standard input closes, which the system does however the parent ends.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import IO, Any

from tshoot.guide.apart.wire import Message, decode, encode

_FAREWELL = 0.5
"""Seconds to wait for a killed process; the system takes a few thousandths."""


def python_command(module: str, function: str = "main") -> list[str]:
    """The command that calls a module's function in another Python; it finds modules as this one does."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from {module} import {function}; {function}()"
    return [sys.executable, "-c", code]


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process spoken to through its standard input and output. Raises OSError where it can't be started."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What it says there would be painted over the screen.
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process at once, whatever it hangs in. Its output is left to whoever reads it."""
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_FAREWELL)
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()


def own_stdout() -> IO[bytes]:
    """In a child: the way to the parent. Whatever else writes to standard output would garble it."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return out


class Child:
    """A running child. Raises OSError where it can't be started.

    ``received`` gets every message and ``ended`` is called once when no more will come, both in the event
    loop's thread; neither after :meth:`kill`.
    """

    def __init__(
        self,
        command: Sequence[str],
        received: Callable[[dict[str, Any]], None],
        ended: Callable[[], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._received, self._ended = received, ended
        self._process = started(command)
        self._killed = False
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Hand a message over. Raises OSError where the child is gone."""
        assert self._process.stdin is not None
        self._process.stdin.write(encode(message))
        self._process.stdin.flush()

    def kill(self) -> None:
        """End it at once, whatever it hangs in."""
        self._killed = True
        ended(self._process)

    def _read(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                try:
                    message = decode(line)
                except ValueError:
                    break
                self._hand_over(partial(self._received, message))
        self._hand_over(self._ended)

    def _hand_over(self, deliver: Callable[[], None]) -> None:
        # RuntimeError: the loop has ended, and nobody waits any more.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._unless_killed, deliver)

    def _unless_killed(self, deliver: Callable[[], None]) -> None:
        if not self._killed:
            deliver()
