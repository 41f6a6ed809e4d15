"""The ladder: fixed rungs, honest states, data also when ok."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.batteries import HOST, battery
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.ladder import build_ladder
from tshoot.diagnosis.model import RUNGS


def rungs(**changes: Any) -> dict[str, tuple[str, str]]:
    ladder = build_ladder(Evidence(battery(**changes), HOST))
    return {rung.rung: (rung.state, rung.detail) for rung in ladder}


def test_order_and_data_when_all_is_well() -> None:
    ladder = rungs()
    assert tuple(ladder)[: len(RUNGS)] == RUNGS
    assert all(state == "ok" and detail for state, detail in ladder.values())


@pytest.mark.parametrize(
    ("changes", "rung", "state", "part"),
    [
        ({"link": "weak"}, "link", "warn", "link figures"),
        ({"route": "none", "internet": "no_route"}, "address", "bad", "route figures"),
        ({"address": "wrong_subnet"}, "address", "warn", "address figures"),
        ({"gateway": "silent"}, "gateway", "ok", "gateway figures"),
        ({"gateway": "silent", "internet": "dead"}, "gateway", "unknown", ""),
        ({"gateway": "dead"}, "gateway", "unknown", ""),
        ({"gateway": "dead", "internet": "dead"}, "gateway", "bad", ""),
        ({"gateway": "not_applicable"}, "gateway", "not_applicable", ""),
        ({"internet": "https_blocked"}, "internet", "warn", ""),
        (
            {
                "internet": "https_blocked",
                "http": "timeout",
                "tls_others": "failed",
                "sign_in_chain": "all_down",
            },
            "internet",
            "bad",
            "",
        ),
        (
            {"internet": "https_blocked", "tcp": "refused", "tls": "skipped", "http": "skipped"},
            "internet",
            "warn",
            "",
        ),
        ({"dns_name": "timeout"}, "dns", "ok", ""),
        ({"captive": "redirected"}, "internet", "bad", "page of the network"),
        ({"internet_v6": "dead"}, "internet", "warn", "IPv6 dead"),
        ({"dns_servers": "some_dead"}, "dns", "warn", "dns_servers figures"),
        ({"dns_system": "timeout"}, "dns", "bad", "dns_system figures"),
        ({"dns_name": "blocked_here"}, "dns", "bad", "dns_name figures"),
        ({"dns_system": "not_applicable", "dns_servers": "ok"}, "dns", "ok", ""),
        ({"dns_system": "skipped"}, "dns", "unknown", ""),
        ({"tls": "expired", "http": "skipped"}, "secure connection", "bad", "tls figures"),
        ({"tls": "skipped", "http": "skipped", "tcp": "refused"}, "secure connection", "unknown", ""),
        ({"tls": "skipped", "http": "skipped", "tcp": "refused"}, "service", "bad", "tcp figures"),
        ({"http": "timeout"}, "service", "bad", "http figures"),
        ({"http": "client_error"}, "service", "warn", ""),
        ({"sign_in_chain": "part_down"}, "service", "warn", "sign_in_chain figures"),
        ({"dns_system": "timeout"}, "service", "warn", "looked up elsewhere"),
        ({"http": None, "tls": None}, "service", "unknown", ""),
        ({"clock": "wrong"}, "clock", "bad", "clock figures"),
        ({"gateway_radio": "no_service"}, "mobile signal", "bad", ""),
        ({"hosts_file": "overrides"}, "hosts file", "warn", ""),
    ],
)
def test_states(changes: dict[str, Any], rung: str, state: str, part: str) -> None:
    found = rungs(**changes)[rung]
    assert found[0] == state
    assert part in found[1]


def test_optional_rungs_only_where_there_is_something_to_show() -> None:
    ladder = rungs(clock="unclear", gateway_radio="not_recognised")
    assert tuple(ladder) == RUNGS
