"""Flows of one's own in `tshoot run`: from `--flows`, from the configuration folder, and broken ones."""

import json
import os
import subprocess
import sys

import pytest

from tshoot.guide.overlaid import load_overlaid
from tshoot.yamldoc.problems import DocumentError

OWN = """\
flow: {name}
version: 1.0.0
title: A flow of one's own
about: Ends at once.
start: over
steps:
  - {{id: over, end: {end}, say: Over.}}
"""


def folder(path, name, end="resolved", text=OWN):
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{name}.yaml").write_text(text.format(name=name, end=end), encoding="utf-8")
    return path


def tshoot(home, *arguments):
    evidence = home / "evidence.json"
    evidence.write_text(
        json.dumps({"schema": "tshoot.report/1", "cause": "none", "summary": "Well.", "probes": []})
    )
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tshoot",
            "run",
            *map(str, arguments),
            "--no-input",
            "--evidence",
            str(evidence),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "TERM": "xterm", "XDG_CONFIG_HOME": str(home)},
    )


def test_flows_given_replace_and_add_the_last_first(tmp_path):
    first = folder(tmp_path / "first", "connectivity", "unresolved")
    second = folder(tmp_path / "second", "connectivity", "resolved")
    folder(second, "printer")
    assert tshoot(tmp_path, "connectivity", "--flows", first).returncode == 1
    assert tshoot(tmp_path, "connectivity", "--flows", first, "--flows", second).returncode == 0
    assert tshoot(tmp_path, "printer", "--flows", second).returncode == 0
    assert "no flow 'printer'" in tshoot(tmp_path, "printer").stderr


def test_the_configuration_folder_is_read_without_being_asked(tmp_path):
    folder(tmp_path / "tshoot" / "flows", "printer", "unresolved")
    assert tshoot(tmp_path, "printer").returncode == 1


def test_every_problem_of_every_broken_file_is_told_with_its_place(tmp_path):
    own = folder(tmp_path / "own", "one", text=OWN.replace("version: 1.0.0", "version: one"))
    folder(own, "two", text=OWN.replace("start: over", "strat: over"))
    done = tshoot(tmp_path, "one", "--flows", own)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{own}/one.yaml:2:10 value-form " in done.stderr
    assert f"{own}/two.yaml:5:1 key-unknown " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_folder_is_wrong_usage(tmp_path):
    done = tshoot(tmp_path, "connectivity", "--flows", tmp_path / "nowhere")
    assert done.returncode == 2
    assert f"Can't read {tmp_path / 'nowhere'}" in done.stderr


ENDS = "  - {id: over, end: unresolved}\n"


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ("  - {id: first, tell: Hello., then: nowhere}\n", "target-exists"),
        ("  - {id: first, use: nothing, on: {resolved: over}}\n", "use-exists"),
        ('  - {id: first, probe: tea, on: {ok: over, "*": over}}\n', "probe-exists"),
        ("  - {id: first, tell: Hello., then: first}\n", "circle-endless"),
    ],
)
def test_what_would_stop_a_session_half_way_is_told_before(tmp_path, monkeypatch, steps, rule):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    text = f"flow: own\nversion: 1.0.0\ntitle: t\nabout: a\nstart: first\nsteps:\n{steps}{ENDS}"
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_overlaid([tmp_path])
    assert rule in {problem.rule for problem in caught.value.problems}
    assert {problem.line for problem in caught.value.problems} <= {5, 7}


def test_the_wizard_gets_the_flows_given(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from tshoot.cli.run import run
    from tshoot.tui.app import TshootApp

    titles = []
    monkeypatch.setattr("tshoot.cli.terminal.wizard_possible", lambda: True)
    monkeypatch.setattr(TshootApp, "run", lambda app: titles.append(app._session.load()[1]) or 0)
    own = folder(tmp_path, "connectivity")
    CliRunner().invoke(
        run, ["connectivity", "--flows", str(own)], standalone_mode=False, catch_exceptions=False
    )
    assert titles == ["A flow of one's own"]
