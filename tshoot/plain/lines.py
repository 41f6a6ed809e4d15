"""Lines that are typed or piped in, without holding up what is being measured meanwhile."""

from __future__ import annotations

import asyncio
import os
import select
from typing import Protocol, TextIO

from tshoot.probes.blocking import in_daemon_thread

LONGEST_LINE = 4096


class Lines(Protocol):
    """Where answers are typed. ``on_screen`` is True where typing shows, and Enter ends the line."""

    on_screen: bool

    async def next(self) -> str | None:
        """The next line without its end; None when there is no more."""


class NoLines:
    """Nobody answers."""

    on_screen = False

    async def next(self) -> str | None:
        """Always None."""
        return None


class StreamLines:
    """Lines of a stream with a file descriptor, read in a daemon thread.

    Reads the descriptor itself: a thread that waits inside Python's buffered stream would hold its lock
    and break the interpreter's end after Ctrl-C.
    """

    def __init__(self, stream: TextIO) -> None:
        self._descriptor = stream.fileno()
        self.on_screen = stream.isatty()
        self._encoding = stream.encoding or "utf-8"
        self._left = b""
        self._ended = False
        self._reading: asyncio.Future[bytes] | None = None

    async def next(self) -> str | None:
        """The next line; the rest of an over-long one is dropped."""
        while b"\n" not in self._left and not self._ended:
            more = await self._more()
            self._left = self._left[:LONGEST_LINE] + more
            self._ended = not more
        line, _, self._left = self._left.partition(b"\n")
        if not line and self._ended and not self._left:
            return None
        return line[:LONGEST_LINE].decode(self._encoding, errors="replace").rstrip("\r")

    async def _more(self) -> bytes:
        """What is typed next. Nothing gets lost where the wait for it is cancelled: the next one gets it."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(in_daemon_thread(self._read))
        more = await asyncio.shield(self._reading)
        self._reading = None
        return more

    def _read(self) -> bytes:
        try:
            return self._waited_for()
        except OSError:  # the terminal has gone
            return b""

    def _waited_for(self) -> bytes:
        try:
            return os.read(self._descriptor, LONGEST_LINE)
        except BlockingIOError:  # A program before this one has left the terminal so.
            select.select([self._descriptor], [], [])
            return os.read(self._descriptor, LONGEST_LINE)
