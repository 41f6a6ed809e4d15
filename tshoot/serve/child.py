"""One browser tab's program: started for it alone, and ended with it whatever happens."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tshoot.serve.environment import child_environment
from tshoot.serve.messages import Resized

PATIENCE = 2.0
"""Seconds a program has to close by itself, and once more after it was told to by a signal."""

_FROM_TEXTUAL = ("TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION")
_DRIVER = "tshoot.serve.driver:ServedDriver"


class Child(AppService):
    """Starts without a shell, in an environment of its own, and tells ``ended`` when it is over.

    What the program writes to stderr is dropped: a trace shows what people typed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        ended: Callable[[], Awaitable[None]],
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            shlex.join(command),
            write_bytes=write_bytes,
            write_str=write_str,
            close=ended,
            download_manager=downloads,
        )
        self._words = tuple(command)
        self.has_drawn = False
        self.data_folder: str | None = None
        """Where it keeps its data; None where this program does."""

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs."""
        return None if self._process is None else self._process.returncode

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        theirs = super()._build_environment(width, height)
        return {
            **child_environment(os.environ),
            **{name: theirs[name] for name in _FROM_TEXTUAL},
            "TEXTUAL_DRIVER": _DRIVER,
            "TERM": "xterm-256color",
            "COLUMNS": str(width),
            "ROWS": str(height),
            **({"TSHOOT_DATA_DIR": self.data_folder} if self.data_folder is not None else {}),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._stdin = process.stdin
        return process

    async def on_data(self, payload: bytes) -> None:
        """Something was drawn."""
        self.has_drawn = True
        await super().on_data(payload)

    async def draw_again(self, size: Resized) -> None:
        """Draw everything anew, for a browser that shows nothing yet."""
        await self.send_meta({"type": "draw_again", "width": size.width, "height": size.height})

    async def run(self) -> None:
        """Pass on what the program draws until it ends."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """End the program: asked first, then told, then killed. Returns when it is gone."""
        process = self._process
        if process is None:
            return
        asked = asyncio.ensure_future(super().stop())
        try:
            await asyncio.wait({asked}, timeout=PATIENCE)
            for number in (signal.SIGTERM, _KILL):
                if not await _is_gone(process, 0.5 if asked.done() else 0):
                    _signal(process, number)
                    await _is_gone(process, PATIENCE)
        finally:
            if process.returncode is None:
                _signal(process, _KILL)
            asked.cancel()


async def _is_gone(process: Process, seconds: float) -> bool:
    """Wait so long for its end."""
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), seconds)
    return process.returncode is not None


_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _signal(process: Process, number: signal.Signals) -> None:
    """To the program and whatever it started, where there are process groups."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            process.terminate()
