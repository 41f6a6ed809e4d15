"""The real program on a terminal that can't draw: lines only, every command, to the end and back."""

import os
import pty
import select
import sys
import time

import pytest

PATIENCE = 60.0
DONE = "or Enter to close: "


class Terminal:
    """The program on a pseudo-terminal; what it writes is collected."""

    def __init__(self, *arguments):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80"}
            os.execve(sys.executable, [sys.executable, "-m", "tshoot", *arguments], environment)
        self.seen = ""

    def wait_for(self, words):
        until = time.monotonic() + PATIENCE
        while words not in self.seen and time.monotonic() < until:
            if select.select([self.master], [], [], 1)[0]:
                self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
        assert words in self.seen, self.seen

    def type(self, line, then):
        self.seen = ""
        os.write(self.master, f"{line}\n".encode())
        self.wait_for(then)
        return self.seen.replace("\r\n", "\n")

    def leave(self):
        os.write(self.master, b"\n")
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.master)
        return code


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_every_command_on_a_terminal_that_cannot_draw():
    terminal = Terminal("demo", "captive-portal", "--speed", "100")
    terminal.wait_for("Your answer: ")
    shown = [terminal.seen]
    assert "Recorded case, not your network" in terminal.seen
    for line, words in (
        ("w", "holds back"),
        ("e", "measurements:"),
        ("r", "Contacted"),
        ("?", "n: write a note"),
    ):
        shown.append(terminal.type(line, "Your answer: "))
        assert words in shown[-1]
    shown.append(terminal.type("n", "leaves it as it is: "))
    shown.append(terminal.type("Room 12", "Your answer: "))
    shown.append(terminal.type("1", DONE))
    assert "Solved." in shown[-1]
    shown.append(terminal.type("r", DONE))
    assert "Room 12" in shown[-1]
    shown.append(terminal.type("p", "Enter to stay: "))
    shown.append(terminal.type("1", "Your answer: "))
    assert "Your answer before: I have done this. Enter keeps it." in shown[-1]
    shown.append(terminal.type("", DONE))
    assert terminal.leave() == 0
    assert not {"\x1b", "\b", "\x07"} & set("".join(shown))
