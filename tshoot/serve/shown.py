"""One websocket for as long as it shows a program. Only the task that reads it closes it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import IntEnum

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

_OVER = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)


class Ending(IntEnum):
    """Why a websocket is closed, as page.js tells it (4000 and above are free for use, RFC 6455)."""

    LEFT = WSCloseCode.OK
    STOPPED = WSCloseCode.GOING_AWAY
    IDLE = 4001
    FULL = 4002
    FAILED = 4003
    ELSEWHERE = 4004


class Shown:
    """A websocket that can be dismissed from elsewhere."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._dismissed: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

    @property
    def broken(self) -> bool:
        """True where it was not closed but lost."""
        return self._socket.close_code in (None, WSCloseCode.ABNORMAL_CLOSURE)

    def dismiss(self, ending: Ending) -> None:
        """It is to be closed, for this reason; the first one counts."""
        if not self._dismissed.done():
            self._dismissed.set_result(ending)

    async def receive(self, seconds: float) -> str | None:
        """The next text; empty for what is none. None when it is over. Raises TimeoutError."""
        receiving: asyncio.Future[WSMessage] = asyncio.ensure_future(self._socket.receive())
        either: set[asyncio.Future[WSMessage] | asyncio.Future[Ending]] = {receiving, self._dismissed}
        try:
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._dismissed.done():
                return None
            if not receiving.done():
                raise TimeoutError
            message = receiving.result()
        finally:
            # Nothing may wait for a message while the websocket is closed.
            receiving.cancel()
            await asyncio.wait({receiving})
        if message.type in _OVER:
            return None
        return str(message.data) if message.type is WSMsgType.TEXT else ""

    async def close(self) -> None:
        """Close it, for the reason it was dismissed with."""
        ending = self._dismissed.result() if self._dismissed.done() else Ending.LEFT
        with suppress(ConnectionError):
            await self._socket.close(code=ending)

    async def draw(self, data: bytes) -> None:
        """Send what a terminal draws; nothing where it is lost."""
        with suppress(ConnectionError):
            await self._socket.send_bytes(data)

    async def tell(self, text: str) -> None:
        """Send a message; nothing where it is lost."""
        with suppress(ConnectionError):
            await self._socket.send_str(text)
