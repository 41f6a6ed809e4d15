"""The driver in a real pseudo-terminal: a small program writes down each key and when it came."""

import os
import pty
import select
import subprocess
import sys
import termios
import time

import pytest

PROGRAM = """
import sys, time
from textual.app import App
from tshoot.tui.driver import PromptDriver

class Keys(App):
    ENABLE_COMMAND_PALETTE = False
    def get_driver_class(self):
        return PromptDriver
    def on_ready(self):
        self.title = "ready"
        sys.__stderr__.write("READY\\n")
        sys.__stderr__.flush()
    def on_paste(self, event):
        with open(sys.argv[1], "a") as file:
            file.write(repr(event.text) + "\\n")
    def on_key(self, event):
        with open(sys.argv[1], "a") as file:
            file.write(event.key + "\\n")
        if event.key == "q":
            self.exit()

Keys().run()
"""
LONGEST = 20.0


class Running:
    def __init__(self, log):
        self.log = log
        self.terminal, inner = pty.openpty()
        self.before = termios.tcgetattr(self.terminal)
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(log)], stdin=inner, stdout=inner, stderr=inner
        )
        os.close(inner)

    def read_until(self, done):
        """Keep the terminal empty, so that the program can go on, until ``done()``."""
        end = time.monotonic() + LONGEST
        seen = b""
        while time.monotonic() < end:
            if done(seen):
                return
            if select.select([self.terminal], [], [], 0.01)[0]:
                try:
                    seen += os.read(self.terminal, 65536)
                except OSError:
                    seen += b""
        raise AssertionError(f"never happened: {seen[-300:]!r}")

    def type(self, text):
        os.write(self.terminal, text)

    def typed(self):
        return self.log.read_text().split() if self.log.exists() else []


@pytest.fixture
def running(tmp_path):
    program = Running(tmp_path / "keys")
    try:
        program.read_until(lambda seen: b"READY" in seen)
        yield program
    finally:
        program.process.kill()
        program.process.wait()
        os.close(program.terminal)


def test_keys_short_and_long_are_told_apart(running):
    running.type(b"a")
    running.read_until(lambda _: running.typed() == ["a"])
    running.type(b"\x1b")
    running.read_until(lambda _: running.typed() == ["a", "escape"])
    running.type(b"\x1b[A\x1b[B" + "ü".encode())
    running.read_until(lambda _: running.typed()[2:] == ["up", "down", "ü"] or len(running.typed()) > 4)
    assert running.typed()[2:4] == ["up", "down"]


def test_an_escape_in_a_paste_presses_no_key(running):
    running.type(b"\x1b[200~one\x1b1q\r\x1b[201~a")
    running.read_until(lambda _: "a" in running.typed())
    assert running.typed() == [repr("one\ufffd1q\r"), "a"]


def test_it_ends_as_soon_as_it_is_told_to_and_leaves_the_terminal_as_it_was(running):
    running.type(b"q")
    running.read_until(lambda _: running.process.poll() is not None)
    assert running.process.returncode == 0
    assert termios.tcgetattr(running.terminal) == running.before
