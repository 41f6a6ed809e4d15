"""`tshoot run --subject caller`: another computer is meant, so nothing is measured here."""

import json

import pytest
from click.testing import CliRunner

from tshoot.cli.run import run
from tshoot.cli.terminal import wizard_possible


@pytest.fixture
def no_bench(monkeypatch):
    def bench(target):
        raise AssertionError("measured")

    monkeypatch.setattr("tshoot.guide.bench.NetworkBench", bench)


def start(*options):
    return CliRunner().invoke(
        run, ["connectivity", "--no-input", "--json", *options], standalone_mode=False, catch_exceptions=False
    )


def test_a_caller_is_asked_and_the_record_says_whose_evidence_it_is(no_bench, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text("check: nothing-opens\n")
    done = start("--subject", "caller", "--system", "phone", "--answers", str(answers))
    document = json.loads(done.stdout)
    assert document["subject"] == "caller"
    first = document["steps"][0]
    assert (first["step"], first["outcome"], first["by"]) == ("check", "unknown", "answers")
    assert done.return_value == 3
    assert document["end"]["step"] in done.stderr


def test_without_a_caller_it_is_measured_here(no_bench):
    with pytest.raises(AssertionError, match="measured"):
        start()


@pytest.mark.parametrize(("driver", "possible"), [("tshoot.serve.driver:ServedDriver", True), ("", False)])
def test_a_browser_needs_no_terminal(monkeypatch, driver, possible):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("TEXTUAL_DRIVER", driver)
    assert wizard_possible() == possible
