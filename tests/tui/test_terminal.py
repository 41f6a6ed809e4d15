"""What really goes to the terminal: every byte that the wizard writes while it shows hostile text."""

import re
import subprocess
import sys

import pytest

from tests.support.terminal import terminal
from tests.tui.hostile import FORBIDDEN
from tshoot.guide.words import CONFIRM_WORD

ESCAPE = "\x1b"
PAGES = {"e": "Evidence", "r": "Report", "?": "Keys", "n": "Note", "/": "What goes wrong?"}
CSI = re.compile(r"\x1b\[[?<>=]?[0-9;:]*[$ ]?([@-~])")
DRAWN = set("mHfhlutnJKABCDpc")
"""Final bytes of the control sequences that Textual itself sends: colours, cursor, modes, keyboard."""
POINTER = re.compile(r"\x1b\]22;[a-z-]*\x07")
"""Textual's own wish for the shape of the mouse pointer; the one OSC sequence there may be."""


@pytest.fixture(scope="module")
def written():
    """Everything the wizard wrote, from its start to its end, and how it ended."""
    with terminal(
        *isolation(), sys.executable, "-m", "tests.tui.in_terminal", COLORTERM="truecolor"
    ) as wizard:
        walk(wizard)
        code = wizard.ends()
    return wizard.written.decode("utf-8"), code


def isolation():
    """Nothing could leave, even if it tried."""
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    return ["unshare", "-rn"] if probe.returncode == 0 else []


def walk(wizard):
    """Through every page and every kind of step; each key once what it is for stands there."""
    wizard.sees("step 1")
    for key, title in PAGES.items():
        wizard.press(key)
        wizard.sees(f"╭─ {title} ─")
        wizard.press(ESCAPE)
        wizard.sees("step 1", without=[f"╭─ {title} ─"])
    for key, seen, gone in (
        ("w", "Why: ", ()),
        ("1", "step 2", ()),
        ("2", f"type the word {CONFIRM_WORD}", ()),
        (f"{CONFIRM_WORD}\r", "1 I have done this", ["You lose: "]),
        ("1", "Solved.", ()),
        ("q", "", ()),
    ):
        wizard.press(key)
        wizard.sees(seen, without=gone)


def test_it_came_to_its_end(written):
    text, code = written
    assert code == 0
    assert "Solved." in text


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
