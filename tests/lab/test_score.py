"""How an answer is judged against the truth."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lab.scenario import Scenario, Truth
from tests.lab.score import RUNGS, failed, judge, table


def scenario(kind: Any = "fault", **truth: Any) -> Scenario:
    return Scenario("one", "One", kind, Truth(**{"cause": "dns.slow", **truth}), (), ())


def ran(cause: str, *findings: str, **changes: Any) -> dict[str, Any]:
    verdict = "unknown" if cause == "unknown" else "healthy" if cause == "none" else "broken"
    named = [cause, *findings] if cause not in {"none", "unknown"} else list(findings)
    report = {
        "schema": "tshoot.report/1",
        "version": "1.0.0",
        "target": {},
        "verdict": verdict,
        "cause": cause,
        "confidence": "strong",
        "summary": "What is wrong.",
        "next": "What to do.",
        "findings": [{"cause": name} for name in named],
        "ladder": [{"rung": rung, "state": "ok", "detail": ""} for rung in RUNGS],
        "probes": [],
        "elapsed_ms": 900,
        **changes.pop("report", {}),
    }
    code = {"healthy": 0, "broken": 1, "unknown": 3}[verdict]
    return {"code": code, "out": json.dumps(report), "err": "", "seconds": 1.0, **changes}


@pytest.mark.parametrize(
    ("truth", "answer", "result"),
    [
        ({}, ("dns.slow",), "right"),
        ({"accept": ("dns.one_dead",)}, ("dns.one_dead",), "accepted"),
        ({"accept": ("dns.one_dead",)}, ("dns.slow",), "right"),
        ({"accept": ("dns.one_dead",)}, ("dns.one_dead", "tls.expired"), "false alarm"),
        ({"accept": ("dns.one_dead",), "also": ("tls.expired",)}, ("dns.one_dead",), "partial"),
        ({}, ("dns.one_dead",), "wrong"),
        ({}, ("none",), "wrong"),
        ({}, ("unknown",), "unknown"),
        ({}, ("dns.slow", "tls.expired"), "false alarm"),
        ({"may": ("tls.expired",)}, ("dns.slow", "tls.expired"), "right"),
        ({}, ("dns.slow", "note.vpn_active"), "false alarm"),
        ({"notes_allowed": ("note.vpn_active",)}, ("dns.slow", "note.vpn_active"), "right"),
        ({"also": ("tls.expired",)}, ("dns.slow",), "partial"),
        ({"also": ("tls.expired",)}, ("dns.slow", "tls.expired"), "right"),
    ],
)
def test_answers(truth: dict[str, Any], answer: tuple[str, ...], result: str) -> None:
    assert judge(scenario(**truth), ran(*answer), []).result == result


def test_blaming_a_healthy_network_is_a_false_alarm() -> None:
    score = judge(scenario("trap", cause="none"), ran("wan.down"), [])
    assert score.result == "false alarm"
    assert failed([score])


def test_a_missing_note_is_told_and_no_failure() -> None:
    score = judge(scenario("trap", cause="none", notes=("note.no_ipv6",)), ran("none"), [])
    assert (score.result, score.missing_notes) == ("right", ["note.no_ipv6"])
    assert "note not given: note.no_ipv6" in table([score])
    assert not failed([score])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"out": "hello"}, "not one JSON document"),
        ({"code": None}, "hung"),
        ({"code": 0}, "exit code 0 with verdict broken"),
        ({"err": "Traceback"}, "stderr: Traceback"),
        ({"report": {"schema": "other/2"}}, "schema other/2"),
        ({"report": {"verdict": "healthy"}}, "verdict healthy with cause dns.slow"),
        ({"report": {"ladder": []}}, "rungs"),
        ({"report": {"next": ""}}, "no next"),
    ],
)
def test_a_broken_contract_is_no_answer(changes: dict[str, Any], said: str) -> None:
    score = judge(scenario(), ran("dns.slow", **changes), [])
    assert score.result == "broken output"
    assert said in " ".join(score.why)


def test_a_failed_proof_is_the_lab_s_fault() -> None:
    proof = {"ping": "1.1.1.1", "is": "silent", "seen": "answer", "held": False}
    score = judge(scenario(), ran("dns.one_dead"), [proof])
    assert score.result == "lab broken"
    assert failed([score])
