"""What really goes to the terminal: every byte that the wizard writes while it shows hostile text."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

import pytest

from tests.tui.hostile import FORBIDDEN
from tshoot.guide.words import CONFIRM_WORD

pytestmark = pytest.mark.xdist_group("terminal")

LONGEST, QUIET = 60.0, 0.3
"""Seconds for the whole walk, and without a byte before a screen counts as drawn."""
ESCAPE = "\x1b"
PAGES = [key for page in "er?n/" for key in (page, ESCAPE)]
KEYS = [*PAGES, "w", "1", "2", f"{CONFIRM_WORD}\r", "1", "q"]
CSI = re.compile(r"\x1b\[[?<>=]?[0-9;:]*[$ ]?([@-~])")
DRAWN = set("mHfhlutnJKABCDpc")
"""Final bytes of the control sequences that Textual itself sends: colours, cursor, modes, keyboard."""
POINTER = re.compile(r"\x1b\]22;[a-z-]*\x07")
"""Textual's own wish for the shape of the mouse pointer; the one OSC sequence there may be."""


@pytest.fixture(scope="module")
def written():
    """Everything the wizard wrote, from its start to its end, and how it ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    command = [*isolation(), sys.executable, "-m", "tests.tui.in_terminal"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as program:
        os.close(theirs)
        try:
            seen = walk(ours)
            program.wait(LONGEST)
        finally:
            program.kill()
            os.close(ours)
    return seen.decode("utf-8"), program.returncode


def isolation():
    """Nothing could leave, even if it tried."""
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    return ["unshare", "-rn"] if probe.returncode == 0 else []


def walk(terminal):
    seen, ends = read_until(terminal, b"step 1", time.monotonic() + LONGEST), time.monotonic() + LONGEST
    for key in KEYS:
        os.write(terminal, key.encode())
        seen += read_quiet(terminal, ends)
    return seen


def read_until(terminal, wanted, ends):
    seen = b""
    while wanted not in seen:
        assert time.monotonic() < ends, seen
        if select.select([terminal], [], [], 1.0)[0]:
            seen += os.read(terminal, 65536)
    return seen + read_quiet(terminal, ends)


def read_quiet(terminal, ends):
    seen = b""
    while time.monotonic() < ends and select.select([terminal], [], [], QUIET)[0]:
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # closed at the other end
            break
    return seen


def test_it_came_to_its_end(written):
    text, code = written
    assert code == 0
    assert "Solved." in text
    for page in ("Evidence", "Report", "Keys", "Note", "What goes wrong?", CONFIRM_WORD):
        assert page in text


def test_the_hostile_text_was_there_and_is_shown_defused(written):
    assert "\ufffd]52;c;ZXZpbA==\ufffdb" in plain_text(written[0])
    assert "[/foo] [red]x" in plain_text(written[0])


def test_no_control_character_but_the_programs_own_reaches_the_terminal(written):
    found = FORBIDDEN.findall(plain_text(written[0]))
    assert found == [], {ascii(char) for char in found}


def test_only_drawing_sequences_are_sent(written):
    kinds = {match[1] for match in CSI.finditer(written[0])}
    assert kinds <= DRAWN, kinds - DRAWN
    assert "\x1b]" not in POINTER.sub("", written[0])
    assert "\x1b[6n" not in written[0]


def plain_text(text):
    """What is left without the sequences that are Textual's own."""
    return POINTER.sub("", CSI.sub("", text)).replace("\r\n", "\n")
