"""One program and the browser tab that shows it; the tab may be lost and come back."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Sequence
from tempfile import TemporaryDirectory

from tshoot.serve.child import Child
from tshoot.serve.downloads import Downloads
from tshoot.serve.messages import Focus, Keys, Ping, Resized, read_message
from tshoot.serve.settings import Settings
from tshoot.serve.shown import Ending, Shown


class Session:
    """A program, started once. ``key`` lets its tab come back to it; ``over`` is set when it is to end."""

    def __init__(self, command: Sequence[str], downloads: Downloads, settings: Settings) -> None:
        self.key = secrets.token_urlsafe(32)
        self.over = asyncio.Event()
        self._ending: Ending | None = None
        self._started = asyncio.Event()
        self._downloads, self._settings = downloads, settings
        self._shown: Shown | None = None
        self._giving_up: asyncio.TimerHandle | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._child = Child(
            command,
            write_bytes=self._draw,
            write_str=self._tell,
            ended=self._program_ended,
            downloads=downloads,
        )

    @property
    def how_it_ended(self) -> str:
        """For the log: by whom, and the exit code of a program that did not open."""
        if self._ending is Ending.FAILED:
            return f"failed, exit {self._child.exit_code}"
        return "tab closed" if self._ending is None else self._ending.name.lower()

    async def start(self, size: Resized) -> None:
        """Start the program. Raises OSError where the system can't."""
        try:
            if self._settings.private:
                self._folder = TemporaryDirectory(prefix="tshoot-", ignore_cleanup_errors=True)
                self._child.data_folder = self._folder.name
            await self._child.start(size.width, size.height)
        finally:
            self._started.set()

    async def end(self) -> None:
        """End the program; nothing is left behind."""
        self._stay()
        await self._child.stop()
        self._downloads.forget(self._child)
        if self._folder is not None:
            self._folder.cleanup()

    def finish(self, ending: Ending | None) -> None:
        """It is to end, for this reason, None for a tab that did not come back; the first one counts."""
        if self.over.is_set():
            return
        self._ending = ending
        self.over.set()
        if self._shown is not None:
            self._shown.dismiss(ending or Ending.LEFT)

    async def show_in(self, shown: Shown, size: Resized) -> None:
        """Show the program in this tab until the tab is closed or lost, or the session is over."""
        self._stay()
        before, self._shown = self._shown, shown
        if before is not None:
            before.dismiss(Ending.ELSEWHERE)
        await self._started.wait()
        await shown.tell(json.dumps(["tab", self.key]))
        if self._child.has_drawn:
            await self._child.draw_again(size)
        await self._listen(shown)
        await shown.close()
        if self._shown is shown:
            self._shown = None
            self._wait_for_return(shown.broken)

    def _wait_for_return(self, broken: bool) -> None:
        seconds = self._settings.kept_lost if broken else self._settings.kept_closed
        self._giving_up = asyncio.get_running_loop().call_later(seconds, self.finish, None)

    def _stay(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    async def _listen(self, shown: Shown) -> None:
        last_key = time.monotonic()
        while not self.over.is_set():
            left = last_key + self._settings.idle - time.monotonic()
            try:
                text = await shown.receive(max(left, 0))
            except TimeoutError:
                if self._child.has_drawn:
                    self.finish(Ending.IDLE)
                last_key = time.monotonic()
                continue
            if text is None:
                return
            if await self._pass_on(text, shown):
                last_key = time.monotonic()

    async def _pass_on(self, text: str, shown: Shown) -> bool:
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
                await shown.tell(json.dumps(["pong", given]))
        return False

    async def _draw(self, data: bytes) -> None:
        if self._shown is not None:
            await self._shown.draw(data)

    async def _tell(self, text: str) -> None:
        if self._shown is not None:
            await self._shown.tell(text)

    async def _program_ended(self) -> None:
        self.finish(Ending.LEFT if self._child.has_drawn else Ending.FAILED)
