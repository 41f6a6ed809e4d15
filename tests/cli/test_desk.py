"""``tshoot desk`` as a program: usage, and a real terminal."""

import signal
import sys

import pytest

from tests.cli.test_usage import tshoot
from tests.support.terminal import terminal
from tshoot.session.listing import Filters
from tshoot.session.store import open_store

TABLE = "q Quit"
"""Stands in the last line once the table takes keys."""
NEW = "Code or file, where the caller has one"


def test_without_a_terminal_it_says_what_it_needs():
    done = tshoot("desk", TERM="xterm")
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


def desk_in_terminal(*arguments, **environment):
    return terminal(sys.executable, "-m", "tshoot", "desk", *arguments, **environment)


def test_rules_that_cannot_be_read_are_told_before_the_desk_opens(tmp_path):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "redaction.yaml").write_text("rules: 5\n")
    with desk_in_terminal("--store", str(tmp_path / "d.db"), "--flows", str(tmp_path)) as desk:
        assert desk.ends() == 2
        desk.sees("redaction.yaml:1")


def test_a_call_in_a_real_terminal_that_is_killed_and_offered_again(tmp_path):
    address = str(tmp_path / "desk.db")
    with desk_in_terminal("--store", address, "--agent", "Kim") as desk:
        desk.sees("No calls are open.", TABLE)
        desk.press("n")
        desk.sees(NEW)
        desk.press("Case 4711\r")
        desk.sees("Say to the caller", "step 1")
        desk.press("1")
        desk.sees("step 2")
        assert desk.kill() == -signal.SIGKILL
    with desk_in_terminal("--store", address, "--agent", "Kim") as desk:
        desk.sees("You have a call open.", "Case 4711", TABLE)
        desk.press("\r")
        desk.sees("step 2")
        desk.press("\x1b")
        desk.sees("My open calls", TABLE)
        desk.press("q")
        assert desk.ends() == 0
    store = open_store(address)
    (row,) = store.sessions(Filters(kind="desk"))
    store.close()
    assert (row.label, row.agent, row.answered) == ("Case 4711", "Kim", 1)


def test_the_name_is_asked_for_once_and_control_c_leaves(tmp_path):
    places = {"TSHOOT_DATA_DIR": str(tmp_path)}
    with desk_in_terminal(**places) as desk:
        desk.sees("Your name, as other agents see it")
        desk.press("\r")
        desk.sees("No calls are open.")
        desk.press("\x03")
        assert desk.ends() == 130
    with desk_in_terminal(**places) as desk:
        desk.sees("No calls are open.")


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
    places = {"TSHOOT_DATA_DIR": str(tmp_path), **environment}
    with desk_in_terminal("--agent", "Kim", *arguments, **places) as desk:
        assert desk.ends() == code
        assert says in desk.text
        assert b"\x1b[?1049h" not in desk.written
