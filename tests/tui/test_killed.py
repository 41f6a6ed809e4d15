"""The real wizard, killed with SIGKILL in a terminal of its own, and started again.

It measures, so it runs in a network namespace with nothing but loopback: nothing leaves.
"""

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl

import pytest

from tests.cli.test_run_live import ALONE, possible
from tshoot.session.store import open_store

pytestmark = pytest.mark.skipif(not possible(), reason="needs user and network namespaces")

FLOW = """\
flow: mine
version: 1.0.0
title: Mine
about: A test.
start: colour
steps:
  - id: colour
    ask: Which colour
    options:
      - {id: red, label: Red paint, then: shape}
      - {id: unsure, label: Not sure, then: shape}
  - id: shape
    ask: Which shape
    options:
      - {id: round, label: Round thing, then: over}
      - {id: unsure, label: Not sure, then: over}
  - id: over
    end: unresolved
    say: Over and out.
"""
LONGEST = 40.0


class Terminal:
    """The wizard in a pseudo-terminal."""

    def __init__(self, *arguments):
        self.ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [*ALONE, sys.executable, "-m", "tshoot", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.said = b""

    def until(self, words):
        deadline = time.monotonic() + LONGEST
        while words.encode() not in self.said:
            left = deadline - time.monotonic()
            assert left > 0, f"{words!r} never came; the screen got:\n{self.said[-3000:]!r}"
            if select.select([self.ours], [], [], left)[0]:
                self.said += os.read(self.ours, 65536)

    def type(self, keys):
        self.said = b""
        os.write(self.ours, keys.encode())

    def stop(self, how):
        os.killpg(self.process.pid, how)
        code = self.process.wait(timeout=20)
        os.close(self.ours)
        return code


def test_killed_at_a_step_the_next_start_goes_on_there(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TSHOOT_STORE_RECORD")
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "mine.yaml").write_text(FLOW)
    command = ("run", "mine", "--flows", str(tmp_path / "flows"))

    first = Terminal(*command)
    first.until("Red paint")
    first.type("1")
    first.until("Round thing")
    assert first.stop(signal.SIGKILL) == -signal.SIGKILL

    again = Terminal(*command)
    again.until("Go on there")
    again.type("1")
    again.until("Round thing")
    again.type("1")
    again.until("Over and out")
    again.stop(signal.SIGTERM)

    store = open_store(tmp_path / "data" / "sessions.db")
    (row,) = store.sessions()
    assert [(line.step, line.value) for line in store.record(row.session).transcript] == [
        ("colour", "red"),
        ("shape", "round"),
    ]
    assert row.state == "unresolved"
    store.close()
