"""A gateway that is restarted while `tshoot run` watches it: gone, back, online, solved."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.lab import sandbox
from tests.lab.timed.restart import PATIENCE


@pytest.fixture(scope="module")
def walked(lab_stands: None) -> Any:
    line = [*sandbox.command()[:-1], "tests.lab.timed.restart"]
    done = subprocess.run(
        line, capture_output=True, text=True, env=sandbox.environment(), timeout=PATIENCE + 20, check=False
    )
    assert done.stdout, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.lab
def test_the_restart_is_followed_to_the_end(walked: Any) -> None:
    assert all(proof["held"] for proof in walked["proofs"]), walked["proofs"]
    assert len(walked["proofs"]) == 2
    session = json.loads(walked["session"])
    steps = {step["step"]: step.get("outcome", step.get("answer")) for step in session["steps"]}
    assert (steps["check"], steps["restart-gateway"]) == ("wan.down", "done"), walked["told"]
    assert (steps["gateway-returns"], steps["line-returns"], steps["restarted"]) == ("seen", "seen", "none")
    assert (session["end"]["outcome"], session["end"]["cause"], walked["code"]) == ("resolved", "wan.down", 0)


@pytest.mark.lab
def test_each_change_is_one_line_with_its_time(walked: Any) -> None:
    changes = [line for line in walked["told"] if line.startswith(("Gateway: ", "Internet: "))]
    states = [change.partition(",")[0] for change in changes]
    wanted = ["Gateway: gone", "Gateway: back", "Internet: not ready yet", "Internet: back"]
    # While its address is still remembered, a gateway without power is silent: neither there nor gone.
    on_its_way = {"Gateway: still there", "Gateway: not ready yet", "Gateway: back, but not ready yet"}
    assert [state for state in states if state not in on_its_way] == wanted, walked["told"]
    assert all(" second" in change or change.endswith("at the start.") for change in changes), changes
    assert any(line.startswith("Checked again. Before:") for line in walked["told"])
