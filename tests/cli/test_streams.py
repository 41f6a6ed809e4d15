"""Standard streams that are closed, full or gone: told by the exit code, never by a traceback."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

COMMANDS = [
    "--version",
    "--help",
    "services",
    "config",
    "demo",
    "flows list",
    "probe",
    "demo all-well --answers",
    "demo all-well --answers --json",
    "run connectivity --plain --no-input",
    "run connectivity --no-input --json --subject caller",
]
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")


def shell(command, redirected):
    line = f"exec {shlex.quote(sys.executable)} -m tshoot {command} {redirected}"
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_stdout_that_was_closed_is_as_one_that_nobody_reads(command):
    done = shell(command, ">&- </dev/null")
    assert (done.returncode, "Traceback" in done.stderr) == (141, False), done.stderr


@FULL
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_told(command):
    done = shell(command, ">/dev/full </dev/null")
    assert done.returncode == 141, done.stderr
    assert "The output can't be written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "<&-", "<&- 2>&-"])
def test_what_is_not_the_output_changes_nothing(redirected):
    done = shell("services", redirected)
    assert (done.returncode, "t-mobile" in done.stdout) == (0, True)


@pytest.mark.parametrize("redirected", [">&-", "2>&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_wrong_usage_stays_wrong_usage(redirected):
    assert shell("chek", redirected).returncode == 2


def test_no_stdin_is_an_input_that_has_ended():
    done = shell("run connectivity --plain --subject caller", "<&-")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr


def written(command, encoding):
    """What stdout gets in an encoding, as the bytes that come out."""
    return subprocess.run(
        [sys.executable, "-m", "tshoot", *shlex.split(command)],
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    ).stdout


@pytest.fixture
def odd_config(tmp_path, monkeypatch):
    """Settings and an export with signs that few encodings have."""
    file = tmp_path / "config.toml"
    file.write_text('[desk]\nagent = "Zoë 🦉"\n', encoding="utf-8")
    monkeypatch.setenv("TSHOOT_CONFIG", str(file))


CASE = "flows/demo/evidence/portal-redirect.json"


@pytest.mark.parametrize(
    ("encoding", "said"), [("ascii", "Hotels and cafes"), ("cp1252", "Hotels and cafés")]
)
def test_the_dialogue_writes_the_nearest_sign_where_the_encoding_lacks_one(encoding, said):
    assert said in written("demo captive-portal --answers", encoding).decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437"])
def test_a_report_writes_the_nearest_sign_where_the_encoding_lacks_one(encoding, odd_config):
    said = written(f"evidence show {CASE} --explain", encoding).decode(encoding)
    assert said.startswith("x Does not work: T-Mobile account")
    assert "  + captive = redirected" in said
    assert "Zoë ?" in written("config", encoding).decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize(
    "command", ["config --json", "demo --json", f"evidence show {CASE} --json", "flows schema"]
)
def test_json_is_the_same_in_every_encoding(command, encoding, odd_config):
    got = written(command, encoding)
    assert json.loads(got.decode("ascii")) == json.loads(written(command, "utf-8").decode("utf-8"))


def test_html_is_whole_in_every_encoding():
    command = f"evidence show {CASE} --format html"
    assert "&#10007;" in written(command, "cp1252").decode("ascii")
    assert "✗" in written(command, "utf-8").decode("utf-8")


def test_a_drawing_is_whole_in_every_encoding():
    drawn = [
        ElementTree.canonicalize(written("flows graph connectivity --as svg", encoding))
        for encoding in ("utf-8", "cp1252")
    ]
    assert "…" in drawn[0]
    assert drawn[1] == drawn[0]
