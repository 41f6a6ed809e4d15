"""The browser tabs that run now: how many there may be, and how each one goes and ends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import IntEnum

from aiohttp import WSCloseCode, WSMsgType, web

from tshoot.serve.child import Child
from tshoot.serve.downloads import Downloads
from tshoot.serve.messages import Focus, Keys, Ping, Resized, read_message

log = logging.getLogger("tshoot.serve")


class Ending(IntEnum):
    """Why a websocket is closed, as page.js tells it (4000 and above are free for use, RFC 6455)."""

    LEFT = WSCloseCode.OK
    STOPPED = WSCloseCode.GOING_AWAY
    IDLE = 4001
    FULL = 4002
    FAILED = 4003


class Tab:
    """One websocket with its program."""

    def __init__(
        self, socket: web.WebSocketResponse, command: Sequence[str], downloads: Downloads, idle: float
    ) -> None:
        self._socket, self._downloads, self._idle = socket, downloads, idle
        self._child = Child(
            command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            ended=self._program_ended,
            downloads=downloads,
        )
        self.ending: Ending | None = None

    @property
    def how_it_ended(self) -> str:
        """For the log: by whom, and the exit code of a program that did not open."""
        if self.ending is Ending.FAILED:
            return f"failed, exit {self._child.exit_code}"
        return "lost" if self.ending is None else self.ending.name.lower()

    async def run(self, size: Resized) -> None:
        """Start the program and pass keys on until either side has had enough; nothing is left behind."""
        try:
            await self._child.start(size.width, size.height)
            await self._listen()
        finally:
            await self._child.stop()
            self._downloads.forget(self._child)

    async def close(self, ending: Ending) -> None:
        """Close the websocket; the program is ended by :meth:`run`."""
        if self.ending is None:
            self.ending = ending
        with suppress(ConnectionError):
            await self._socket.close(code=ending)

    async def _program_ended(self) -> None:
        await self.close(Ending.LEFT if self._child.has_drawn else Ending.FAILED)

    async def _listen(self) -> None:
        last_key = time.monotonic()
        while True:
            left = last_key + self._idle - time.monotonic()
            try:
                message = await self._socket.receive(timeout=max(left, 0.01))
            except TimeoutError:
                await self.close(Ending.IDLE)
                return
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return
            if message.type is WSMsgType.TEXT and await self._pass_on(message.data):
                last_key = time.monotonic()

    async def _pass_on(self, text: str) -> bool:
        """True for what shows that somebody is there."""
        match read_message(text):
            case Keys(data):
                await self._child.send_bytes(data)
                return True
            case Resized(width, height):
                await self._child.set_terminal_size(width, height)
            case Focus(gained):
                await (self._child.focus() if gained else self._child.blur())
            case Ping(given):
                await self._socket.send_json(["pong", given])
        return False


class Tabs:
    """All tabs of one server."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._clock = clock
        self._open: set[Tab] = set()
        self._number = 0
        self._closing = False

    @property
    def full(self) -> bool:
        """True where one more would be too many."""
        return self._closing or len(self._open) >= self.most

    async def run(self, tab: Tab, size: Resized) -> None:
        """Run one tab to its end."""
        self._number += 1
        number, began = self._number, self._clock()
        self._open.add(tab)
        log.info("session %d opens (%d of %d)", number, len(self._open), self.most)
        try:
            await tab.run(size)
        finally:
            self._open.discard(tab)
            log.info("session %d ends after %d s (%s)", number, self._clock() - began, tab.how_it_ended)

    async def close(self) -> None:
        """Close every tab; no new one is opened."""
        self._closing = True
        await asyncio.gather(*(tab.close(Ending.STOPPED) for tab in self._open))
