"""Whatever the probes end in and whatever their data hold: a valid diagnosis, and no fault made up."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.batteries import HEALTHY, HOST, battery
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.grades import GRADES, SILENT_OUTCOMES, known_outcomes
from tshoot.diagnosis.judge import diagnose, settled
from tshoot.diagnosis.model import RUNGS, Confidence, Diagnosis, RungState
from tshoot.probes.model import ProbeResult

CATALOG = load_catalog()
DATA_KEYS = (
    "address",
    "addresses",
    "outcome",
    "stage",
    "path",
    "family",
    "families",
    "adapters",
    "carriers",
    "certificate",
    "connects",
    "gateway",
    "hop",
    "host",
    "hosts",
    "in_use",
    "ip",
    "issuer",
    "issuer_id",
    "lost",
    "median_ms",
    "method",
    "name",
    "network_time",
    "not_after",
    "not_before",
    "offset_seconds",
    "operators",
    "overrides",
    "own",
    "ping",
    "proxy_configured",
    "rewritten",
    "routes",
    "rsrp_dbm",
    "sent",
    "servers",
    "signal_dbm",
    "source",
    "state",
    "status",
    "uncached_samples",
    "windows",
)
TEXTS = (
    *(
        "",
        HOST,
        "192.168.12.1",
        "fe80::1%eth0",
        "::1",
        "0.0.0.0",
        "open",
        "ok",
        "silent",
        "answers",
        "blackhole",
        "timeout",
        "{host}",
    ),
    *("2026-01-01T00:00:00", "2026-13-01", "9999-12-31T23:59:59+00:00", "\x1b]52;c;\x07", "x" * 500),
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(TEXTS)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(DATA_KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)
DATA = st.dictionaries(st.sampled_from(DATA_KEYS), VALUES, max_size=5)


@st.composite
def any_results(draw: Any, probes: tuple[str, ...] = tuple(GRADES)) -> dict[str, ProbeResult]:
    chosen = draw(st.lists(st.sampled_from(probes), unique=True))
    return {
        probe: ProbeResult(
            probe,
            draw(st.sampled_from([*sorted(known_outcomes(probe)), "of a later version"])),
            draw(st.text(max_size=10)),
            1.0,
            draw(DATA),
        )
        for probe in chosen
    }


def checked(results: dict[str, ProbeResult]) -> Diagnosis:
    said = diagnose(results, CATALOG, service="Example", host=HOST)
    found = [finding.cause for finding in said.findings]
    assert len(found) == len(set(found))
    assert (said.cause == "none") == (said.verdict == "healthy")
    assert (said.cause == "unknown") == (said.verdict == "unknown")
    if said.cause not in ("none", "unknown"):
        assert CATALOG.by_id[said.cause].severity != "note"
        if said.verdict != "broken" or CATALOG.by_id[said.cause].severity == "broken":
            assert said.cause == found[0] or CATALOG.by_id[found[0]].severity == "degraded"
    assert said.confidence in get_args(Confidence)
    assert said.summary
    assert said.next
    assert [rung.rung for rung in said.ladder[: len(RUNGS)]] == list(RUNGS)
    assert all(rung.state in get_args(RungState) for rung in said.ladder)
    return said


@settings(max_examples=600, deadline=None)
@given(any_results())
def test_any_battery_gives_a_valid_diagnosis(results: dict[str, ProbeResult]) -> None:
    said = checked(results)
    reached = {results[probe].outcome for probe in ("http", "tls") if probe in results}
    if said.verdict == "healthy":
        assert reached & {"ok", "client_error"}
    if said.measured is False:
        assert said.verdict == "unknown"
        assert not said.findings or all(finding.severity == "note" for finding in said.findings)
    assert settled(results) in (True, False)


@settings(max_examples=400, deadline=None)
@given(any_results())
def test_a_service_that_answers_is_never_blamed(results: dict[str, ProbeResult]) -> None:
    works = battery({name: HEALTHY[name] for name in ("http", "tls", "tcp", "dns_system", "proxy")})
    said = checked({**results, **works})
    allowed = {"service.part_down", "dns.hosts_override", "path.mtu_blackhole"}
    broken = {finding.cause for finding in said.findings if finding.severity == "broken"}
    assert broken <= allowed


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(sorted(SILENT_OUTCOMES)))
def test_what_never_ran_is_never_evidence_of_a_fault(data: st.DataObject, silence: str) -> None:
    """Taking probes of a healthy battery away never makes a fault of it."""
    gone = data.draw(st.lists(st.sampled_from(sorted(GRADES)), unique=True))
    said = checked(battery(**dict.fromkeys(gone, silence)))
    assert said.verdict in ("healthy", "unknown")
    assert all(finding.severity == "note" for finding in said.findings)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_good_combination_is_healthy(data: st.DataObject) -> None:
    good = {
        probe: data.draw(st.sampled_from(sorted(name for name, state in table.items() if state == "ok")))
        for probe, table in GRADES.items()
    }
    # A name that other resolvers call missing is no good sign beside one that resolves.
    good |= {"dns_public": "ok", "dns_encrypted": "ok"}
    said = checked(battery(**good))
    assert said.verdict == "healthy"
    assert all(finding.severity == "note" for finding in said.findings)


@settings(max_examples=300, deadline=None)
@given(any_results())
def test_a_rung_without_evidence_never_reads_ok(results: dict[str, ProbeResult]) -> None:
    said = checked(results)
    states = {rung.rung: rung.state for rung in said.ladder}
    for rung, probes in {
        "link": ["link"],
        "gateway": ["gateway"],
        "internet": ["internet"],
        "dns": ["dns_system", "dns_servers"],
        "secure connection": ["tls", "http"],
        "service": ["http"],
    }.items():
        seen = {results[probe].outcome for probe in probes if probe in results}
        if not seen - SILENT_OUTCOMES:
            assert states[rung] != "ok"


def test_nothing_measured() -> None:
    for results in ({}, battery(**dict.fromkeys(GRADES, "error"))):
        said = checked(results)
        assert (said.measured, said.verdict, said.findings) == (False, "unknown", ())
        assert "Nothing could be measured" in said.summary


def test_the_same_evidence_gives_the_same_diagnosis() -> None:
    results = battery(tcp="refused", tls="skipped", http="skipped")
    first = diagnose(results, CATALOG, service="Example", host=HOST)
    assert first == diagnose(dict(reversed(results.items())), CATALOG, service="Example", host=HOST)


def test_settled_waits_for_everything_that_can_show_a_shortfall() -> None:
    results = battery()
    assert settled(results)
    for late in ("clock", "dns_public", "dns_encrypted", "tls_others", "captive", "gateway_radio"):
        assert settled({name: result for name, result in results.items() if name != late})
    for needed in (
        "http",
        "internet",
        "internet_v6",
        "dns_servers",
        "gateway",
        "tls",
        "sign_in_chain",
        "path_mtu",
    ):
        assert not settled({name: result for name, result in results.items() if name != needed})
    assert not settled(battery(http="timeout"))
    assert not settled(battery(internet="dead"))


def test_settled_once_it_is_known_why_the_service_hangs() -> None:
    hangs = battery(tls="timeout", http="timeout")
    assert not settled(hangs)
    for seen in ({"path_mtu": "blackhole"}, {"sni": "filtered"}, {"sni": "silent"}):
        known = {**hangs, **battery({}, **seen)}
        assert settled({name: result for name, result in known.items() if name != "http"})
        assert not settled({name: result for name, result in known.items() if name != "internet_v6"})
    assert not settled({**hangs, **battery({}, sni="same")})
    assert not settled({**battery(tls="reset"), **battery({}, sni="filtered", http="skipped")})
