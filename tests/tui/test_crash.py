"""When the program itself goes wrong: what to do, the place in the code, and nothing of what it held."""

import sys

import pytest

from tests.support.terminal import terminal
from tests.tui.crashing import SECRET, Crashing
from tests.tui.desk.desks import desk_of
from tshoot.config.settings import Config
from tshoot.crash import CRASHED
from tshoot.redaction import load_rules
from tshoot.tui.desk import run
from tshoot.tui.desk.app import DeskApp


@pytest.mark.parametrize("how", ["handler", "worker", "draws"])
def test_a_crash_says_what_to_do_and_nothing_of_what_it_held(how):
    with terminal(sys.executable, "-m", "tests.tui.crashing", how) as program:
        code = program.ends()
    text = program.written.decode()
    assert code == CRASHED
    assert SECRET not in text
    said = text.rpartition("\x1b[?1049l")[2]  # Back on the terminal's own screen.
    assert "Something in tshoot itself went wrong" in said
    assert "Traceback" not in text
    assert {"handler": "KeyError", "worker": "ValueError", "draws": "Drawn"}[how] in said
    assert len(said.splitlines()) < 12


@pytest.mark.parametrize(("how", "kind"), [("handler", KeyError), ("draws", ValueError)])
async def test_a_test_still_gets_the_error_itself(how, kind):
    with pytest.raises(kind, match=SECRET):
        async with Crashing(how).run_test() as pilot:
            await pilot.pause(0.1)


def test_the_desk_ends_with_the_code_of_a_crash(tmp_path, monkeypatch, capsys):
    def broken(self):
        raise KeyError("jane.roe@example.org")

    monkeypatch.setattr(DeskApp, "on_mount", broken)
    started = DeskApp.run
    monkeypatch.setattr(DeskApp, "run", lambda self: started(self, headless=True))
    desk = desk_of(str(tmp_path / "desk.db"))
    rules = load_rules()
    code = run.run_desk(desk.store, desk.flows, "anna", "", None, Config(), rules=rules, remember=False)
    desk.store.close()
    assert code == CRASHED
    told = capsys.readouterr().err
    assert "jane.roe" not in told
    assert "KeyError" in told
