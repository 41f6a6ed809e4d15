"""How far a check has come, on stderr: one line that is written over, or lines for whoever wants lines."""

import pytest

from tshoot.cli.progress import ProgressLine, StatusLine
from tshoot.probes.model import ProbeResult
from tshoot.probes.registry import battery, specs


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    monkeypatch.setattr("tshoot.cli.progress.is_terminal", lambda stream: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("tshoot.plain.progress.PAUSE", 0.0)


def checked():
    progress = ProgressLine(len(battery()))
    for name in battery():
        progress.started(specs()[name])
        progress.finished(ProbeResult(name, "ok"))
    progress.clear()
    StatusLine().show("3 checks so far")


def test_one_line_is_written_over(capsys):
    checked()
    said = capsys.readouterr().err
    assert "Checking your connection: 1 of 29\r" in said
    assert "3 checks so far" in said
    assert "percent" not in said
    assert "\n" not in said


def test_whoever_wants_lines_hears_percents_and_nothing_is_written_over(capsys, monkeypatch):
    monkeypatch.setenv("TSHOOT_PLAIN", "yes")
    checked()
    said = capsys.readouterr().err
    assert said.splitlines()[-1] == "100 percent checked."
    assert not set("\r\x1b") & set(said)
    assert "3 checks so far" not in said
