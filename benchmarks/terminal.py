"""A program in a real pseudo-terminal, for the benchmarks: keys go in, painted bytes come out."""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

PYTHON = sys.executable
WIZARD = [PYTHON, "-m", "tshoot"]
ISOLATED = ["unshare", "-rn"]
EMPTY_APP = [
    PYTHON,
    "-c",
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Empty(App):\n"
    "    def compose(self):\n"
    "        yield Static('MARK here')\n"
    "Empty().run()\n",
]
LONGEST = 15.0


class Terminal:
    """A program under a pseudo-terminal of 40 rows; ends what still runs when it is left."""

    def __init__(self, command: list[str], columns: int = 120) -> None:
        self.began = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            os.execvp(command[0], command)
        self.exited = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.exited:
            os.kill(self.pid, signal.SIGTERM)
            os.waitpid(self.pid, 0)
        os.close(self._file)

    def waited(self) -> float:
        """Seconds its main thread has waited for a free processor, by the account of Linux."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[1]) / 1e9

    def press(self, key: str) -> float:
        """Type a key; returns the moment."""
        moment = time.perf_counter()
        os.write(self._file, key.encode())
        return moment

    def wait_for(self, *marks: bytes, longest: float = LONGEST) -> float:
        """Read until one of ``marks`` is painted; returns the moment. Ends the benchmark where none comes."""
        seen, until = b"", time.perf_counter() + longest
        while not any(mark in seen for mark in marks):
            read = self.read(until - time.perf_counter())
            if not read:
                raise SystemExit(
                    f"{marks!r} was not painted within {longest} s; the last bytes: {seen[-400:]!r}"
                )
            seen += read
        return time.perf_counter()

    def read(self, longest: float) -> bytes:
        """What is painted next; empty where nothing comes or the program has ended."""
        if longest <= 0 or not select.select([self._file], [], [], longest)[0]:
            return b""
        try:
            return os.read(self._file, 65536)
        except OSError:
            return b""

    def let_pass(self, seconds: float) -> bytes:
        """Read whatever is painted for so long."""
        seen, until = b"", time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            seen += self.read(left)
        return seen

    def wait_for_exit(self, longest: float = LONGEST) -> float:
        """Read until the program has ended; returns the moment."""
        until = time.perf_counter() + longest
        while time.perf_counter() < until:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                self.exited = True
                return time.perf_counter()
            self.read(0.002)
        raise SystemExit(f"The program did not end within {longest} s.")


def inside_a_world(script: str, about: str | None, world: str, runs: int) -> argparse.Namespace:
    """A benchmark's options, once it runs inside a simulated network: outside it is run again in one.

    ``world`` and ``runs`` are those that are taken where none are given.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--world", default=world)
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        _in_world(options.world, script, ["--runs", str(options.runs), "--seed", str(options.seed)])
    return options


def _in_world(scenario: str, script: str, arguments: list[str]) -> None:
    inside = [PYTHON, script, "--inside", *arguments]
    root = Path(__file__).resolve().parents[1]
    os.chdir(root)
    os.execv(PYTHON, [PYTHON, "-m", "tests.lab", "shell", scenario, "--", *inside])
