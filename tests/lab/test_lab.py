"""The lab itself: its files are in order, its proofs can fail, nothing leaves a world."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.lab import sandbox
from tests.lab.actions import ACTIONS, ActionError, apply
from tests.lab.causes import CAUSES, NOTES
from tests.lab.plan import Plan
from tests.lab.runner import run
from tests.lab.scenario import FOLDER, PROOFS, ScenarioError, load, load_all

SCENARIOS = load_all()
DOCS = Path(__file__).parents[2] / "docs" / "lab.md"


def inside(scenario: str, mode: str, *words: str) -> subprocess.CompletedProcess[str]:
    line = sandbox.command(scenario, mode, *(["--", *words] if words else []))
    return subprocess.run(
        line, capture_output=True, text=True, env=sandbox.environment(), timeout=120, check=False
    )


def test_there_are_enough_of_each_kind() -> None:
    kinds = [scenario.kind for scenario in SCENARIOS.values()]
    assert kinds.count("fault") >= 100
    assert kinds.count("trap") >= 25
    assert kinds.count("double") >= 12


def test_every_cause_and_note_has_a_scenario() -> None:
    told = [truth for scenario in SCENARIOS.values() if (truth := scenario.truth)]
    named = {name for truth in told for name in (truth.cause, *truth.also, *truth.notes)}
    asked_or_always_true = {"browser.only", "note.cgnat"}
    assert (CAUSES | NOTES) - named == asked_or_always_true


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_makes_a_plan(name: str) -> None:
    assert SCENARIOS[name].plan()


def test_every_action_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert not [name for name in ACTIONS if f"`{name}`" not in text]


def test_every_action_has_a_docstring() -> None:
    assert not [name for name, function in ACTIONS.items() if not inspect.getdoc(function)]


def test_every_proof_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert not [name for name in PROOFS if f"`{name}`" not in text]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "mishap"}, "kind mishap"),
        ({"truth": {"cause": "dns.gone"}}, "unknown cause dns.gone"),
        ({"truth": {"cause": "dns.slow", "notes": ["note.nice"]}}, "unknown note note.nice"),
        ({"truth": {"cause": "none"}}, "only a trap"),
        ({"kind": "double"}, "second cause"),
        ({"proof": []}, "no proof"),
        ({"proof": [{"smell": "burnt", "is": "bad"}]}, "smell"),
        ({"extra": 1}, "unknown key extra"),
        ({"id": "other"}, "not the file's name"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    raw = yaml.safe_load((FOLDER / "dns-unreachable.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "dns-unreachable.yaml"
    path.write_text(yaml.safe_dump(raw | change), encoding="utf-8")
    with pytest.raises(ScenarioError, match=said):
        load(path)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("dns.gone", {}),
        ("dns.mode", {"server": "gateway", "mode": "singing"}),
        ("dns.mode", {"server": "nobody", "mode": "silent"}),
        ("dns.mode", {"server": "gateway"}),
        ("carrier.block", {"what": "everything"}),
        ("service.tcp", {"host": "nobody.example", "how": "reset"}),
    ],
)
def test_a_wrong_action_is_refused(name: str, given: dict[str, object]) -> None:
    with pytest.raises(ActionError):
        apply(Plan(), name, given)


def test_another_headline_is_accepted_for_a_reason(tmp_path: Path) -> None:
    raw = yaml.safe_load((FOLDER / "double-slow-dns-ipv6.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "double-slow-dns-ipv6.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert load(path).truth.accept == ("path.ipv6_broken",)
    del raw["why"]
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(ScenarioError, match="why another headline is accepted"):
        load(path)


def test_the_vocabulary_is_the_catalogue_s() -> None:
    path = Path(__file__).parents[2] / "flows" / "catalog" / "causes.yaml"
    known = {item["id"] for item in yaml.safe_load(path.read_text(encoding="utf-8"))["causes"]}
    assert known - {"none", "unknown"} <= CAUSES | NOTES


@pytest.mark.lab
def test_every_proof_tells_its_world_from_a_healthy_one(lab_stands: None) -> None:
    done = inside("healthy", "compare")
    same = set(json.loads(done.stdout))
    unchanged = {name for name, scenario in SCENARIOS.items() if not scenario.faults}
    assert same <= unchanged


@pytest.mark.lab
def test_nothing_leads_out_of_a_world(lab_stands: None) -> None:
    script = "for n in client gateway carrier net; do ip -n $n -o link; done; ip -o link"
    done = inside("healthy", "shell", "sh", "-c", script)
    links = [line.split(": ")[1] for line in done.stdout.splitlines()]
    names = [link.split("@")[0] for link in links]
    assert sorted(set(names)) == ["dn0", "eth0", "gw0", "lan0", "lo", "up0", "wan0"]


@pytest.mark.lab
def test_the_client_sees_only_its_own_computer(lab_stands: None) -> None:
    script = (
        "cat /etc/resolv.conf; ls /sys/class/net; ls /run; echo $TMUX$SSH_AUTH_SOCK$DBUS_SESSION_BUS_ADDRESS"
    )
    done = inside("dns-none-configured", "shell", "sh", "-c", script)
    assert "nameserver" not in done.stdout
    assert "eth0" in done.stdout
    assert "dbus" not in done.stdout


@pytest.mark.lab
def test_a_hung_program_is_killed_and_scored(lab_stands: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_PATIENCE", "1")
    score = run(SCENARIOS["healthy"], command=["sleep", "60"])
    assert (score.result, score.why) == ("broken output", ["hung: killed"])


@pytest.mark.lab
def test_an_ordinary_user_can_ping_by_datagram_only(lab_stands: None) -> None:
    script = "from socket import *; socket(AF_INET, SOCK_DGRAM, 1); print('ok'); socket(AF_INET, SOCK_RAW, 1)"
    line = sandbox.command("healthy", "shell", "--user", "--", sys.executable, "-c", script)
    done = subprocess.run(line, capture_output=True, text=True, env=sandbox.environment(), check=False)
    assert done.stdout == "ok\n"
    assert "PermissionError" in done.stderr


@pytest.mark.lab
def test_a_user_may_be_kept_from_ping_altogether(lab_stands: None) -> None:
    script = "from socket import *; socket(AF_INET, SOCK_DGRAM, 1)"
    line = sandbox.command("healthy", "shell", "--no-ping", "--", sys.executable, "-c", script)
    done = subprocess.run(line, capture_output=True, text=True, env=sandbox.environment(), check=False)
    assert "PermissionError" in done.stderr
