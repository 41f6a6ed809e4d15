"""The report as JSON (contract.md, tshoot.report/1) and as text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnosis.cases import EVERY
from tests.diagnosis.situations import DNS_DEAD, PORTAL, Case
from tests.support.batteries import HOST, battery
from tshoot import __version__
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.judge import diagnose
from tshoot.report.as_json import to_json
from tshoot.report.as_text import to_text
from tshoot.report.build import build_report
from tshoot.report.model import Report
from tshoot.target import Target

CATALOG = load_catalog()
TARGET = Target(HOST, service="example", title="Example account", chain=("tokens.example.net",))


def report_of(**changes: Any) -> Report:
    results = battery(**changes)
    said = diagnose(results, CATALOG, service=TARGET.label, host=HOST)
    return build_report(said, results, TARGET, 1234.4)


def test_every_field_of_the_contract() -> None:
    document = to_json(report_of(**DNS_DEAD))
    assert document["schema"] == "tshoot.report/1"
    assert document["version"] == __version__
    assert document["target"] == {"service": "example", "hosts": [HOST, "tokens.example.net"]}
    assert (document["verdict"], document["cause"]) == ("broken", "dns.unreachable")
    assert document["confidence"] == "strong"
    assert "192.168.12.1 does not answer" in document["summary"]
    assert document["next"].startswith("Restart the gateway")
    finding = document["findings"][0]
    assert {"cause", "severity", "confidence", "because", "explains", "say", "who", "fix"} <= set(finding)
    assert finding["because"][0] == "dns_servers: unreachable (dns_servers figures)"
    assert any(line.startswith("dns_system: timeout") for line in finding["because"])
    assert finding["explains"] == ["dns_name"]
    assert finding["fix"]["flow"] == "connectivity"
    assert [set(rung) for rung in document["ladder"]] == [{"rung", "state", "detail"}] * len(
        document["ladder"]
    )
    assert {"probe", "outcome", "detail", "ms", "data"} <= set(document["probes"][0])
    assert document["elapsed_ms"] == 1234


def test_consequences_stand_in_explains() -> None:
    (finding,) = to_json(report_of(**PORTAL))["findings"][:1]
    assert finding["cause"] == "portal.captive"
    assert {"dns_public", "tls", "http"} <= set(finding["explains"])
    assert not {line.split(":")[0] for line in finding["because"]} & set(finding["explains"])


def test_a_target_without_service() -> None:
    results = battery()
    said = diagnose(results, CATALOG, service=HOST, host=HOST)
    document = to_json(build_report(said, results, Target(HOST), 1.0))
    assert document["target"] == {"service": None, "hosts": [HOST]}
    assert (document["verdict"], document["cause"]) == ("healthy", "none")


class Shade(StrEnum):
    RED = "red"


def test_odd_data_becomes_plain_json() -> None:
    data = {
        "set": {"b", "a"},
        "tuple": (1, 2.5),
        "inf": float("inf"),
        "enum": Shade.RED,
        "bytes": b"x",
        3: None,
    }
    document = to_json(report_of(tcp=("ok", data)))
    said = next(item for item in document["probes"] if item["probe"] == "tcp")["data"]
    expected = {"set": ["a", "b"], "tuple": [1, 2.5], "inf": None, "enum": "red", "bytes": "b'x'", "3": None}
    assert said == expected
    assert type(said["enum"]) is str
    json.dumps(document, allow_nan=False)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
@pytest.mark.parametrize("width", [40, 80])
def test_text_of_every_case(case: Case, width: int) -> None:
    report = report_of(**case.changes)
    text = to_text(report, width, False)
    lines = text.splitlines()
    assert all(len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    joined = re.sub(r"\s+", " ", text)
    assert report.summary in joined
    assert report.next in joined
    for finding in report.findings:
        assert finding.cause in joined
        assert finding.severity == "note" or finding.next in joined
    for rung in report.ladder:
        assert rung.rung in joined


def test_order_of_the_text() -> None:
    text = to_text(report_of(**{**DNS_DEAD, "internet_v6": "dead", "clock": "skewed"}), 80, False)
    parts = [
        "✗ Does not work: Example account",
        "The DNS server",
        "Next: ",
        "dns.unreachable (strong",
        "✓ link",
    ]
    parts += ["✗ dns", "Also found", "path.ipv6_broken", "Worth knowing", "note.clock_skew", "Contacted: "]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.splitlines()[0] == parts[0]
    assert text.index("Contacted: 192.0.2.1, link.test") > text.rindex("\n\n")
    assert text.count("192.0.2.1") == 1


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "✓ Works: Example account"),
        ({"dns_servers": "some_dead"}, "! Works, but not well: Example account"),
        ({"http": "timeout"}, "? Not clear: Example account"),
    ],
)
def test_the_verdict_comes_first(changes: dict[str, Any], first: str) -> None:
    assert to_text(report_of(**changes), 80, False).splitlines()[0] == first


def test_colour_repeats_words_and_never_replaces_them() -> None:
    report = report_of(**DNS_DEAD)
    plain, colored = to_text(report, 70, False), to_text(report, 70, True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_nobody_contacted() -> None:
    report = replace(report_of(), contacted=())
    assert to_text(report, 80, False).splitlines()[-1] == "Contacted: nobody"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.integers(0, 120))
def test_text_from_outside_stays_harmless(detail: str, width: int) -> None:
    report = report_of()
    (first, *rest) = report.ladder
    changed = replace(report, ladder=(replace(first, detail=detail), *rest), contacted=(f"{detail}x",))
    text = to_text(changed, width, False)
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert max(map(len, text.split("\n"))) <= max(width, 30)
    json.dumps(to_json(changed))
