"""A real terminal: the program in tmux on the client's computer; keys go in, screens come out."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence

from tests.lab.namespaces import RUN
from tests.lab.room import Room

SOCKET = RUN / "walk.tmux"
ENDED = "program-ended-with"
_LOOK = 0.1
_CHOICE_SECONDS = 5.0


class Terminal:
    """One tmux session of the given columns and rows."""

    def __init__(self, room: Room, columns: int, rows: int) -> None:
        self._room, self._columns, self._rows = room, columns, rows
        self.screen = ""

    async def open(self, words: Sequence[str]) -> None:
        """Start the program; after its end the terminal says its exit code."""
        program = " ".join([sys.executable, "-m", "tshoot", *words])
        shell = f"{program}; echo {ENDED} $?; sleep 600"
        size = ["-x", str(self._columns), "-y", str(self._rows)]
        await self._tmux("-f", "/dev/null", "new-session", "-d", *size, shell)
        await self._tmux("set-option", "-g", "status", "off")

    async def close(self) -> None:
        """End the session and whatever runs in it."""
        await self._tmux("kill-server")

    async def press(self, keys: Sequence[str]) -> None:
        """Press keys, as tmux names them."""
        for key in keys:
            await self._tmux("send-keys", key)

    async def choose(self, words: str) -> bool:
        """Press the digit of the choice that begins with ``words``; False where there is none for long."""
        for _ in range(int(_CHOICE_SECONDS / _LOOK)):
            for line in self.screen.splitlines():
                found = re.search(r"(\d) (\S.*?)\s*$", _step_pane(line))
                if found and found[2].startswith(words):
                    await self.press([found[1]])
                    return True
            await asyncio.sleep(_LOOK)
            self.screen = await self._tmux("capture-pane", "-p")
        return False

    async def sees(self, text: str, seconds: float) -> bool:
        """Wait until ``text`` is on the screen, whatever its lines are broken at."""
        for _ in range(int(seconds / _LOOK)):
            self.screen = await self._tmux("capture-pane", "-p")
            if text in unbroken(self.screen):
                return True
            await asyncio.sleep(_LOOK)
        return False

    async def _tmux(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            "tmux",
            "-S",
            str(SOCKET),
            *words,
            env={**self._room.environment(), "TERM": "xterm-256color"},
            preexec_fn=self._room.joiner(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        out, _ = await process.communicate()
        return out.decode("utf-8", "replace")


def _step_pane(line: str) -> str:
    """The part of a row that belongs to the step: the panes stand beside each other."""
    return line.rstrip().removesuffix("│").rpartition("│")[2]


def unbroken(screen: str) -> str:
    """The step's text as it reads: without the panes beside it, frames and line breaks."""
    lines = map(_step_pane, screen.splitlines())
    return " ".join(" ".join(lines).split())
