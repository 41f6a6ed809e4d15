"""All sessions of one server: how many there may be, which tab belongs to which, and their end."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from tshoot.serve.downloads import Downloads
from tshoot.serve.messages import Resized, Tab, read_message
from tshoot.serve.session import Session
from tshoot.serve.settings import Settings
from tshoot.serve.shown import Ending, Shown

log = logging.getLogger("tshoot.serve")

_GREETING = 5.0
"""Seconds for the first message of a tab."""


class Sessions:
    """At most ``settings.most`` at once; a program that waits for its lost tab counts."""

    def __init__(self, settings: Settings, downloads: Downloads) -> None:
        self._settings, self._downloads = settings, downloads
        self._running: dict[str, Session] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._tabs: set[asyncio.Future[None]] = set()
        self._number = 0
        self._closing = False

    @property
    def full(self) -> bool:
        """True where one more would be too many."""
        return self._closing or len(self._running) >= self._settings.most

    async def serve(self, shown: Shown, size: Resized, command: Callable[[], Sequence[str]]) -> None:
        """Show a tab the program it had before, else a new one. Returns when the tab is closed."""
        gone = asyncio.get_running_loop().create_future()
        self._tabs.add(gone)
        try:
            await self._serve(shown, size, command)
        finally:
            self._tabs.discard(gone)
            if not gone.done():
                gone.set_result(None)

    async def _serve(self, shown: Shown, size: Resized, command: Callable[[], Sequence[str]]) -> None:
        session = self._running.get(await _key_of(shown))
        if session is None or session.over.is_set():
            if self.full:
                shown.dismiss(Ending.FULL)
                await shown.close()
                return
            session = self._start(Session(command(), self._downloads, self._settings), size)
        await session.show_in(shown, size)

    async def close(self) -> None:
        """End every session and close every tab; no new one is started."""
        self._closing = True
        for session in self._running.values():
            session.finish(Ending.STOPPED)
        await asyncio.gather(*self._tasks, *self._tabs)

    def _start(self, session: Session, size: Resized) -> Session:
        self._running[session.key] = session
        task = asyncio.create_task(self._run(session, size))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return session

    async def _run(self, session: Session, size: Resized) -> None:
        self._number += 1
        number, began = self._number, time.monotonic()
        log.info("session %d opens (%d of %d)", number, len(self._running), self._settings.most)
        try:
            await session.start(size)
            await session.over.wait()
        except OSError:
            session.finish(Ending.FAILED)
        finally:
            await session.end()
            # Its place is free when it is gone.
            del self._running[session.key]
            seconds = time.monotonic() - began
            log.info("session %d ends after %d s (%s)", number, seconds, session.how_it_ended)


async def _key_of(shown: Shown) -> str:
    """The key a tab comes with: its first message. Empty for a new one."""
    try:
        given = read_message(await shown.receive(_GREETING) or "")
    except TimeoutError:
        return ""
    return given.key if isinstance(given, Tab) else ""
