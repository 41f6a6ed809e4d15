"""The real wizard, killed with SIGKILL in a terminal of its own, and started again.

It measures, so it runs in a network namespace with nothing but loopback: nothing leaves.
"""

import signal
import sys

import pytest

from tests.cli.test_run_live import ALONE, possible
from tests.support.terminal import terminal
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


def test_killed_at_a_step_the_next_start_goes_on_there(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("TSHOOT_STORE_RECORD")
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "mine.yaml").write_text(FLOW)
    command = [*ALONE, sys.executable, "-m", "tshoot", "run", "mine", "--flows", str(tmp_path / "flows")]

    with terminal(*command) as wizard:
        wizard.sees("1 Red paint")
        wizard.press("1")
        wizard.sees("1 Round thing")
        assert wizard.kill() == -signal.SIGKILL

    with terminal(*command) as wizard:
        wizard.sees("1 Go on there")
        wizard.press("1")
        wizard.sees("1 Round thing")
        wizard.press("1")
        wizard.sees("Over and out")
        wizard.program.terminate()
        wizard.ends()

    store = open_store(tmp_path / "data" / "sessions.db")
    (row,) = store.sessions()
    assert [(line.step, line.value) for line in store.record(row.session).transcript] == [
        ("colour", "red"),
        ("shape", "round"),
    ]
    assert row.state == "unresolved"
    store.close()
