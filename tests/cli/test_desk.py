"""``tshoot desk`` as a program: usage, and a real terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import contextmanager

import pytest

from tests.cli.test_usage import tshoot
from tshoot.session.listing import Filters
from tshoot.session.store import open_store

LONGEST = 30.0
"""Seconds for anything to appear."""


def test_without_a_terminal_it_says_what_it_needs():
    done = tshoot("desk", TERM="xterm")
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


class Terminal:
    def __init__(self, ours, program):
        self.ours, self.program, self.seen = ours, program, b""

    def until(self, wanted):
        ends = time.monotonic() + LONGEST
        while wanted.encode() not in self.seen:
            assert time.monotonic() < ends, self.seen[-3000:]
            if select.select([self.ours], [], [], 0.2)[0]:
                self.seen += os.read(self.ours, 65536)

    def press(self, keys):
        self.seen = b""
        os.write(self.ours, keys.encode())


@contextmanager
def terminal(*arguments, **environment):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", **environment}
    command = [sys.executable, "-m", "tshoot", "desk", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as program:
        os.close(theirs)
        try:
            yield Terminal(ours, program)
        finally:
            program.kill()
            os.close(ours)


def test_a_call_in_a_real_terminal_that_is_killed_and_offered_again(tmp_path):
    address = str(tmp_path / "desk.db")
    with terminal("--store", address, "--agent", "Kim") as desk:
        desk.until("No calls are open.")
        desk.press("n")
        desk.until("New call")
        desk.press("Case 4711\r")
        desk.until("Say to the caller")
        desk.press("1")
        desk.until("step 2")
        desk.program.send_signal(signal.SIGKILL)
        assert desk.program.wait(LONGEST) == -signal.SIGKILL
    with terminal("--store", address, "--agent", "Kim") as desk:
        desk.until("You have a call open.")
        desk.press("\r")
        desk.until("step 2")
        desk.press("\x1b")
        desk.until("My open calls")
        desk.press("q")
        assert desk.program.wait(LONGEST) == 0
    store = open_store(address)
    (row,) = store.sessions(Filters(kind="desk"))
    store.close()
    assert (row.label, row.agent, row.answered) == ("Case 4711", "Kim", 1)


def test_the_name_is_asked_for_once_and_control_c_leaves(tmp_path):
    places = {"TSHOOT_DATA_DIR": str(tmp_path)}
    with terminal(**places) as desk:
        desk.until("Your name, as other agents see it")
        desk.press("\r")
        desk.until("No calls are open.")
        desk.press("\x03")
        assert desk.program.wait(LONGEST) == 130
    with terminal(**places) as desk:
        desk.until("No calls are open.")


@pytest.mark.parametrize(
    ("environment", "arguments", "code", "says"),
    [
        ({"TSHOOT_DESK_WEBHOOK": "https://tickets.example/"}, (), 2, "has no secret"),
        (
            {"TSHOOT_DESK_WEBHOOK": "https://tickets.example/", "TSHOOT_WEBHOOK_SECRET": "short"},
            (),
            2,
            "at least 16 characters",
        ),
        (
            {"TSHOOT_DESK_WEBHOOK": "http://tickets.example/", "TSHOOT_WEBHOOK_SECRET": "x" * 16},
            (),
            2,
            "https://",
        ),
        ({}, ("--store", "mysql://host/name"), 3, "no database that can be used"),
        ({}, ("--flows", "/nowhere"), 2, "/nowhere"),
    ],
)
def test_what_can_not_be_used_is_told_before_the_screen_is_taken(
    tmp_path, environment, arguments, code, says
):
    with terminal("--agent", "Kim", *arguments, TSHOOT_DATA_DIR=str(tmp_path), **environment) as desk:
        desk.until(says.split()[0])
        assert desk.program.wait(LONGEST) == code
        assert b"\x1b[?1049h" not in desk.seen
