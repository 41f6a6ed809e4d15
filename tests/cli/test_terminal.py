"""What a terminal can do, by what the environment tells of it."""

import sys

import pytest

from tshoot.cli.terminal import is_dumb


@pytest.mark.parametrize(
    ("term", "system", "dumb"),
    [
        ("xterm", "linux", False),
        ("dumb", "linux", True),
        ("", "linux", True),
        (None, "linux", True),
        (None, "darwin", True),
        (None, "win32", False),
        ("", "win32", False),
        ("dumb", "win32", True),
    ],
)
def test_only_windows_names_no_terminal_that_can_draw(monkeypatch, term, system, dumb):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)
    assert is_dumb() is dumb
