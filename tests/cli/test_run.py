"""`tshoot run` as a process: exit codes, what stands on which stream, the same transcript on every way.

All runs take recorded evidence, so that nothing is measured and no packet leaves.
"""

import json
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tshoot.cli.run import run
from tshoot.guide.engine import Engine
from tshoot.guide.history import replay
from tshoot.guide.model import Taken
from tshoot.guide.setup import load_shipped

BROKEN = {
    "schema": "tshoot.report/1",
    "cause": "link.down",
    "summary": "This computer is not connected.",
    "next": "Switch Wi-Fi on.",
    "target": {"service": "t-mobile", "hosts": ["account.t-mobile.com"]},
    "probes": [{"probe": "link", "outcome": "down", "detail": "wlan0 down", "ms": 1, "data": {}}],
}
HEALTHY = {
    **BROKEN,
    "cause": "none",
    "summary": "All is well.",
    "probes": [{"probe": "link", "outcome": "ok"}],
}
TYPED = "1\nw\nI have\nYes\n1\n"
ANSWERS = "how-connected: wifi\nturn-on-wifi: done\nlink-back: [yes]\nworks-now: yes\n"
WAY = ["check", "how-connected", "turn-on-wifi", "link-back", "all-well", "works-now"]


@pytest.fixture
def evidence(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(BROKEN))
    return path


def tshoot(*arguments, typed="", environment=None):
    command = [sys.executable, "-m", "tshoot", "run", *map(str, arguments)]
    return subprocess.run(
        command,
        input=typed,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "TERM": "xterm", **(environment or {})},
    )


def lines(document):
    return [
        (step["flow"], step["step"], step["kind"], step.get("answer", step.get("outcome")))
        for step in document["steps"]
    ]


def test_a_dialogue_through_pipes(evidence):
    done = tshoot("connectivity", "--evidence", evidence, typed=TYPED)
    assert (done.returncode, done.stderr) == (0, "")
    assert "How should this computer get online?" in done.stdout
    assert "A cable and Wi-Fi" not in done.stdout
    assert "Airplane mode or a Wi-Fi switch is easily pressed" in done.stdout
    assert "Solved.\n" in done.stdout
    assert not {"\x1b", "\r", "\b"} & set(done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_plain_answers_and_replay_give_the_same_transcript(evidence, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS)
    typed = tshoot("connectivity", "--plain", "--json", "--evidence", evidence, typed=TYPED)
    given = tshoot("connectivity", "--no-input", "--json", "--answers", answers, "--evidence", evidence)
    assert (typed.returncode, given.returncode) == (0, 0)
    by_hand, by_file = json.loads(typed.stdout), json.loads(given.stdout)
    assert [line[1] for line in lines(by_hand)] == WAY
    assert lines(by_hand) == lines(by_file)
    assert by_hand["end"] == by_file["end"]
    assert by_hand["end"]["cause"] == "link.down"
    assert {step["by"] for step in by_hand["steps"]} == {"person", "probe"}
    assert {step["by"] for step in by_file["steps"]} == {"answers", "probe"}
    transcript = [Taken(*line, by="person") for line in lines(by_hand)]
    again = replay(Engine(load_shipped(), "linux"), "connectivity", transcript)
    assert again.stopped_at is None
    assert [(taken.flow, taken.step, taken.kind, taken.value) for taken in again.state.transcript] == lines(
        by_hand
    )
    assert again.effect.step == by_hand["end"]["step"]


def test_with_json_nothing_else_is_on_stdout(evidence):
    done = tshoot("connectivity", "--json", "--evidence", evidence, typed=TYPED)
    document = json.loads(done.stdout)
    assert (document["schema"], document["flow"]) == ("tshoot.session/1", "connectivity")
    assert document["end"]["outcome"] == "resolved"
    assert "How should this computer get online?" in done.stderr


def test_the_report_after_the_fix_is_taken_for_the_check(evidence, tmp_path):
    after = tmp_path / "after.json"
    after.write_text(json.dumps(HEALTHY))
    done = tshoot("connectivity", "--evidence", evidence, "--evidence", after, typed="1\n1\n")
    assert done.returncode == 0
    assert "Before: no cable, no Wi-Fi. Now: works." in done.stdout
    assert "Before: no cable or Wi-Fi. Now: all is well." in done.stdout


def test_nothing_wrong_is_no_failure(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(HEALTHY))
    done = tshoot("connectivity", "--json", "--no-input", "--evidence", path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["end"] | {"summary": ""} == {
        "step": "connection-fine",
        "outcome": "not_applicable",
        "cause": "none",
        "summary": "",
    }


def test_handed_over_is_1(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps({**BROKEN, "cause": "link.no_adapter"}))
    assert tshoot("connectivity", "--evidence", path, typed="2\n").returncode == 1


@pytest.mark.parametrize(
    ("options", "typed", "step"),
    [
        (["--no-input"], "1\n", "how-connected"),
        ([], "", "how-connected"),
        ([], "1\nnonsense\n", "turn-on-wifi"),
    ],
)
def test_the_end_of_the_input_is_3_and_names_the_step(evidence, options, typed, step):
    done = tshoot("connectivity", "--json", *options, "--evidence", evidence, typed=typed)
    assert done.returncode == 3
    assert f"The input ended at step '{step}'." in done.stderr
    assert json.loads(done.stdout)["end"] == {
        "step": step,
        "outcome": None,
        "cause": "link.down",
        "summary": f"The input ended at step '{step}'.",
    }


def test_leaving_says_where(evidence):
    done = tshoot("connectivity", "--evidence", evidence, typed="1\nq\n")
    assert done.returncode == 3
    assert done.stderr == "You left at: Switch Wi-Fi on and join your network.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["conectivity"], "Did you mean 'connectivity'"),
        (["connectivity", "--service", "t-mobil"], "Did you mean 't-mobile'"),
        (["connectivity", "--service", "metro", "--target", "example.com"], "not both"),
        (["connectivity", "--target", "http://example.com"], "https://"),
        (["connectivity", "--evidence", "missing.json"], "missing.json can't be read"),
        (["connectivity", "--answers", "missing.yaml"], "missing.yaml can't be read"),
        (["connectivity", "--evidence", __file__], "is not JSON"),
        (["connectivity", "--sideways"], "--sideways"),
        ([], "FLOW"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_allowed(arguments, said):
    done = tshoot(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_slip_in_the_answers_is_2_with_its_place(evidence, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text("how-connected: wfi\nturn-on-wify: done\n")
    done = tshoot("connectivity", "--answers", answers, "--evidence", evidence)
    assert done.returncode == 2
    assert f"{answers}:1:16 " in done.stderr
    assert "Did you mean 'wifi'" in done.stderr
    assert f"{answers}:2:1 " in done.stderr
    assert "did you mean 'turn-on-wifi'" in done.stderr


def test_ctrl_c_while_waiting_for_an_answer(evidence):
    command = [sys.executable, "-m", "tshoot", "run", "connectivity", "--evidence", str(evidence)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        said = b""
        while b"Your answer: " not in said:
            more = process.stdout.read1(4096)
            assert more, process.stderr.read()
            said += more
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=1) == 130
        assert process.stderr.read() == b"Interrupted.\n"


@pytest.mark.parametrize(
    ("possible", "options", "wizard"),
    [
        (True, [], True),
        (True, ["--service", "metro"], True),
        (True, ["--plain"], False),
        (True, ["--json"], False),
        (True, ["--no-input"], False),
        (False, [], False),
    ],
)
def test_the_wizard_opens_only_on_a_terminal_that_can_draw(monkeypatch, possible, options, wizard):
    opened = []

    def run_wizard(flow, target, flows, config, about, going):
        opened.append((flow, target and target.service))
        return 0

    app = SimpleNamespace(run_wizard=run_wizard)
    dialogue = []
    monkeypatch.setitem(sys.modules, "tshoot.tui.app", app)
    monkeypatch.setattr("tshoot.cli.terminal.wizard_possible", lambda: possible)
    monkeypatch.setattr("tshoot.cli.dialogue.run_dialogue", lambda wanted: dialogue.append(wanted.flow) or 0)
    CliRunner().invoke(run, ["connectivity", *options], standalone_mode=False)
    service = "metro" if "metro" in options else None  # The default one is read behind the first paint.
    assert (opened, dialogue) == (([("connectivity", service)], []) if wizard else ([], ["connectivity"]))
