"""What ``tshoot`` alone opens, by what the terminal can do and what is set."""

import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tshoot.cli.main import group
from tshoot.session.model import Aim, Opened
from tshoot.session.origin import origin_here
from tshoot.session.store import open_store


@pytest.fixture
def opened(monkeypatch):
    found = []
    app = SimpleNamespace(run_wizard=lambda *_, **__: found.append("wizard") or 0)
    monkeypatch.setitem(sys.modules, "tshoot.tui.app", app)
    demo = SimpleNamespace(run_demo=app.run_wizard)
    monkeypatch.setitem(sys.modules, "tshoot.tui.demo", demo)
    monkeypatch.setattr("tshoot.cli.dialogue.run_dialogue", lambda wanted: found.append("dialogue") or 0)
    monkeypatch.setattr("tshoot.cli.check.run_check", lambda *_, **__: found.append("check") or 0)

    def run(drawable, terminal, *arguments, **environment):
        found.clear()
        monkeypatch.setattr("tshoot.cli.terminal.wizard_possible", lambda: drawable)
        monkeypatch.setattr("tshoot.cli.terminal.is_terminal", lambda stream: terminal)
        CliRunner(env=environment).invoke(group, arguments, standalone_mode=False, catch_exceptions=False)
        return found

    return run


def test_the_wizard_on_a_terminal(opened):
    assert opened(True, True) == ["wizard"]


def test_a_dialogue_where_a_terminal_cannot_draw(opened):
    assert opened(False, True) == ["dialogue"]


def test_a_check_where_nobody_watches(opened):
    assert opened(False, False) == ["check"]


@pytest.mark.parametrize("environment", [{"TSHOOT_PLAIN": "true"}, {}])
def test_whoever_wants_lines_gets_them(opened, environment):
    arguments = [] if environment else ["--set", "plain=yes"]
    assert opened(True, True, *arguments, **environment) == ["dialogue"]
    assert opened(False, False, *arguments, **environment) == ["check"]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A data folder with one session that can go on."""
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    store = open_store(None)
    row = store.create(Opened("dialogue", "recovery", aim=Aim("t-mobile"), origin=origin_here()))
    store.close()
    return row.session


@pytest.mark.parametrize("before", [("--plain",), ("--set", "plain=yes"), ()])
@pytest.mark.parametrize("command", [("run", "recovery"), ("demo", "all-well"), ("sessions", "resume")])
def test_lines_are_for_every_command_that_walks(opened, kept, before, command):
    arguments = (*command, kept) if command[0] == "sessions" else command
    assert opened(True, True, *before, *arguments) == ["dialogue" if before else "wizard"]


def test_lines_through_a_pipe_by_an_option(opened):
    assert opened(False, False, "--plain") == ["dialogue"]
