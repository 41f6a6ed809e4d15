"""A full-screen program in a real pseudo-terminal, used as a person does: first look, then press a key.

What the program writes is drawn on a screen in memory. Its bytes are no text: it paints only what changed, so
a word may come in pieces, or not at all where it stood there before.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from contextlib import contextmanager

import pyte

LONGEST = 60.0
"""Seconds for anything to appear, also on a busy computer."""
COLUMNS, ROWS = 80, 24


class Terminal:
    """``written`` is every byte so far, ``program`` the running process."""

    def __init__(self, ours, program):
        self._ours, self.program, self.written = ours, program, b""
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def rows(self):
        # Not its ``display``, which fails where something was drawn over half of a wide character.
        lines = (self._screen.buffer[number] for number in range(ROWS))
        return ["".join(line[column].data for column in range(COLUMNS)).rstrip() for line in lines]

    @property
    def text(self):
        """The screen as it reads: its rows in one line, every gap one space."""
        return " ".join(" ".join(self.rows).split())

    def sees(self, *wanted, without=()):
        """Wait until all of ``wanted`` stands on the screen together, and nothing of ``without``."""
        ends = time.monotonic() + LONGEST
        while not self._shows(wanted, without):
            assert time.monotonic() < ends, self._missed(wanted, without)
            assert self._read(0.2) or self.program.poll() is None, self._missed(wanted, without)

    def _shows(self, wanted, without):
        text = self.text
        return all(words in text for words in wanted) and not any(words in text for words in without)

    def press(self, keys):
        os.write(self._ours, keys.encode())

    def ends(self):
        """Wait until the program has ended; returns its exit code."""
        ends = time.monotonic() + LONGEST
        while self.program.poll() is None:
            assert time.monotonic() < ends, self._missed(("its end",), ())
            self._read(0.2)
        while self._read(0):
            pass
        return self.program.returncode

    def kill(self):
        """As a power cut would. Returns the exit code."""
        os.killpg(self.program.pid, signal.SIGKILL)
        return self.ends()

    def _read(self, seconds):
        """Draw what comes within so long; false where nothing came."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            read = os.read(self._ours, 65536)
        except OSError:  # Closed at the other end.
            read = b""
        self.written += read
        self._stream.feed(read)
        return bool(read)

    def _missed(self, wanted, without):
        screen = "\n".join(self.rows)
        return f"waited for {wanted} without {without}, exit {self.program.poll()}:\n{screen}"


@contextmanager
def terminal(*command, **environment):
    """Start a program in a terminal of its own; whatever still runs at the end is killed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", **environment}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    ) as program:
        os.close(theirs)
        try:
            yield Terminal(ours, program)
        finally:
            program.kill()
            os.close(ours)
