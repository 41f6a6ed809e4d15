"""`tshoot run` that measures: inside a network namespace with nothing but loopback, so nothing leaves."""

import json
import shutil
import signal
import subprocess
import sys

import pytest

ALONE = ["unshare", "-rn"]


def possible():
    return (
        shutil.which("unshare") is not None and subprocess.run([*ALONE, "true"], check=False).returncode == 0
    )


pytestmark = pytest.mark.skipif(not possible(), reason="needs user and network namespaces")


def command(*options):
    return [*ALONE, sys.executable, "-m", "tshoot", "run", "connectivity", *options]


def test_a_computer_without_network_is_measured_and_led_to_the_fix():
    typed = "1\n3\n2\n2\n"
    done = subprocess.run(
        command("--json"), input=typed, capture_output=True, text=True, timeout=60, check=False
    )
    document = json.loads(done.stdout)
    assert [(step["step"], step.get("outcome")) for step in document["steps"][:3:2]] == [
        ("check", "link.no_adapter"),
        ("adapter-back", "no_adapter"),
    ]
    assert document["steps"][0]["by"] == "probe"
    assert "Checked again: no change yet, still no cable, no Wi-Fi." in done.stderr
    assert done.returncode == (3 if document["end"]["outcome"] is None else 1)


def test_ctrl_c_leaves_within_a_second_whatever_runs():
    arguments = command("--plain")
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=1) == 130
        assert process.stderr.read().endswith(b"Interrupted.\n")
