"""The flows commands: exit codes of contract.md, results on stdout, nothing heavy before they run."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tshoot.cli.flows import flows

GOOD = """\
flow: good
version: 1.0.0
title: A good flow
about: Ends at once.
start: over
steps:
  - {id: over, end: unresolved, help: [phone]}
"""


def run(*arguments):
    return CliRunner().invoke(flows, [str(part) for part in arguments], standalone_mode=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_the_shipped_flows_lint_clean_against_the_real_probes():
    done = run("lint")
    assert (done.return_value, done.stdout) == (0, ""), done.stdout


def test_a_clean_folder_and_a_clean_file_end_with_0(folder):
    assert run("lint", folder).return_value == 0
    assert run("lint", folder / "good.yaml").return_value == 0


def test_a_problem_is_printed_with_its_place_and_ends_with_1(folder):
    path = folder / "good.yaml"
    path.write_text(GOOD.replace("start: over", "start: ovr"), encoding="utf-8")
    done = run("lint", path)
    assert done.return_value == 1
    assert done.stdout.startswith(f"{path}:5:8 start-exists The flow starts at 'ovr', which is no step.")
    assert "did you mean 'over'?" in done.stdout


def test_broken_and_unlinted_files_are_told_together(folder):
    (folder / "broken.yaml").write_text("- 1", encoding="utf-8")
    (folder / "good.yaml").write_text(GOOD.replace("start: over", "start: ovr"), encoding="utf-8")
    done = run("lint", "--json", folder)
    document = json.loads(done.stdout)
    assert done.return_value == 1
    assert document["schema"] == "tshoot.lint/1"
    assert {problem["rule"] for problem in document["problems"]} == {"flow-shape", "start-exists"}
    assert document["errors"] == 2


def test_a_warning_alone_is_no_error(folder):
    text = GOOD.replace("start: over", "start: hm") + (
        "  - {id: hm, ask: Hm?, cite: [A1], options: [{id: a, label: A, then: over},"
        " {id: b, label: B, then: over}]}\n"
    )
    (folder / "good.yaml").write_text(text, encoding="utf-8")
    done = run("lint", folder)
    assert done.return_value == 0
    assert " ask-way-out warning: " in done.stdout


def test_two_folders_may_hold_the_same_flow_and_both_are_linted(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "good.yaml").write_text(GOOD.replace("start: over", "start: x"), encoding="utf-8")
    assert len(run("lint", tmp_path / "a", tmp_path / "b").stdout.splitlines()) == 2


def test_two_single_files_with_one_id_are_told(tmp_path):
    for name in ("good.yaml", "also.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    done = run("lint", tmp_path / "good.yaml", tmp_path / "also.yaml")
    assert done.return_value == 1
    assert "flow-duplicate" in done.stdout


def test_a_path_that_cannot_be_read_ends_with_3(folder):
    done = run("lint", folder / "nowhere.yaml")
    assert done.return_value == 3
    assert "nowhere.yaml" in done.stderr
    assert done.stdout == ""


def test_a_folder_without_flows_is_not_called_clean(tmp_path):
    done = run("lint", tmp_path)
    assert done.return_value == 3
    assert "no flow files there" in done.stderr


def test_a_hostile_file_sends_no_escape_to_the_terminal(folder):
    (folder / "good.yaml").write_text(GOOD + '"\\e]52;c;x\\a": 1\n"\\e": 2\n"\\e": 2\n', encoding="utf-8")
    done = run("lint", folder)
    assert done.return_value == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_list_and_show_name_the_flow(folder):
    assert "connectivity" in run("list").stdout
    assert "I can't get online" in run().stdout
    assert "Start at 1. check" in run("show", "connectivity").stdout
    assert "A good flow" in run("show", folder / "good.yaml").stdout


@pytest.mark.parametrize(
    ("form", "start"), [("text", "I can't"), ("mermaid", "flowchart"), ("dot", "digraph")]
)
def test_graph_draws_in_every_form(form, start):
    assert run("graph", "connectivity", "--as", form).stdout.startswith(start)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("show", "conectivity"), "Did you mean 'connectivity'?"),
        (("graph", "connectivity", "--as", "png"), "mermaid"),
        (("show", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_wrong_usage_is_told(arguments, part):
    done = subprocess.run(
        [sys.executable, "-m", "tshoot", "flows", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert part in done.stderr
    assert done.stdout == ""


def test_the_commands_load_neither_probes_nor_validation_for_help():
    code = (
        "import sys, tshoot.cli.flows;"
        "print([m for m in sys.modules"
        " if m.split('.')[0] in {'pydantic', 'yaml', 'textual'} or '.probes' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
