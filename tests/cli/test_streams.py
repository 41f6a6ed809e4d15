"""Standard streams that are closed, full or gone: told by the exit code, never by a traceback."""

import shlex
import subprocess
import sys
from pathlib import Path

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
