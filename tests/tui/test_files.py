"""Where the screens touch files: few places, and each asks first whether a browser is before them."""

import ast
from pathlib import Path

import pytest

import tshoot.tui
from tests.support.batteries import battery
from tests.tui.benches import app, settle, shown

FOLDER = Path(tshoot.tui.__file__).parent
TOUCHES = {"open", "cwd", "home", "expanduser", "glob"}
TOUCHES |= {"read_text", "write_text", "write_new", "from_home", "read_bytes", "write_bytes"}
ASKING = {"saving.py", "desk/ticket.py", "desk/opening.py"}
"""Each looks at ``is_web`` before it opens or writes anything."""
NO_FILES = {"desk/call.py", "desk/calls.py", "desk/home.py", "desk/opening_home.py", "screens/walking.py"}
"""Their ``open`` opens a call, a line to type in or a flow, no file."""


def touching(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TOUCHES:
                yield name


def test_files_are_touched_in_these_places_only_and_each_asks_first():
    found = {path.relative_to(FOLDER).as_posix(): set(touching(path)) for path in FOLDER.rglob("*.py")}
    assert {name for name, calls in found.items() if calls - {"open"}} == ASKING
    assert {name for name, calls in found.items() if "open" in calls} <= ASKING | NO_FILES
    for name in ASKING:
        assert "is_web" in (FOLDER / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("times", [1, 2])
async def test_in_a_browser_the_report_is_saved_by_the_browser(tmp_path, monkeypatch, times):
    monkeypatch.chdir(tmp_path)
    delivered = []
    program = app(battery())
    monkeypatch.setattr(type(program), "is_web", True)
    monkeypatch.setattr(
        program,
        "deliver_text",
        lambda text, save_filename, encoding: delivered.append((save_filename, text.read())),
    )
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "There is nothing to fix here."))
        await pilot.press("r")
        await settle(pilot, shown(program, "s Save"))
        for _ in range(times):
            await pilot.press("s")
        await settle(pilot, shown(program, "Saved as"))
    assert len(delivered) == times
    assert all(name.endswith(".txt") and "T-Mobile" in text for name, text in delivered)
    assert list(tmp_path.iterdir()) == []
