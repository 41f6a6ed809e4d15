"""``tshoot demo``: the list, a case as a dialogue, and a case that answers itself."""

import json
import os
import subprocess
import sys

import pytest

from tshoot.demo.cases import load_cases

CASES = load_cases()
EXITS = {"resolved": 0, "unresolved": 1, "handed_over": 1, "stopped_for_safety": 1}


def tshoot(*arguments, typed=None):
    return subprocess.run(
        [sys.executable, "-m", "tshoot", "demo", *arguments],
        input=typed or "",
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "TERM": "dumb"},
        check=False,
    )


def test_the_list_has_every_case():
    done = tshoot()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{len(CASES)} recorded cases.")
    assert [line for line in done.stdout.splitlines() if line in CASES] == list(CASES)
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_the_list_as_json():
    document = json.loads(tshoot("--json").stdout)
    assert document["schema"] == "tshoot.demos/1"
    assert [row["id"] for row in document["cases"]] == list(CASES)


@pytest.mark.parametrize("name", ["captive-portal", "no-reset", "intercepted", "all-well"])
def test_a_case_that_answers_itself(name):
    done = tshoot(name, "--answers", "--json")
    session, case = json.loads(done.stdout), CASES[name]
    assert (session["end"]["step"], session["end"]["outcome"]) == (case.end, case.outcome)
    assert done.returncode == EXITS.get(case.outcome, 0)
    assert "Recorded case, not your network" in done.stderr


def test_a_case_typed_through_a_pipe():
    done = tshoot("captive-portal", "--plain", "--speed", "100", typed="1\n")
    assert done.returncode == 0
    assert done.stdout.startswith("Recorded case, not your network. Nothing is sent.\n")
    assert "Solved." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("captiv-portal",), "Did you mean 'captive-portal'?"),
        (("captive-portal", "--speed", "0"), "0.1"),
        (("captive-portal", "more"), "unexpected extra argument"),
    ],
)
def test_wrong_usage(arguments, part):
    done = tshoot(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert part in done.stderr
