"""Evidence from reports, which may come from anybody."""

import json

import pytest

from tests.guide import flows as f
from tshoot.guide.evidence import AskedEvidence, EvidenceError
from tshoot.guide.model import Measure, Prompt
from tshoot.guide.recorded import RecordedEvidence, read_record, record_of


def report(cause="dns.slow", **more):
    probes = [
        {"probe": "link", "outcome": "ok", "detail": "eth0 up", "ms": 1, "data": {}},
        {"probe": "route", "outcome": "none", "detail": "", "ms": 1, "data": {}},
    ]
    return {
        "schema": "tshoot.report/1",
        "cause": cause,
        "summary": f"It is {cause}.",
        "next": "Wait.",
        "target": {"service": None, "hosts": ["host.example"]},
        "probes": probes,
        **more,
    }


def question(step="step"):
    guide = f.engine(f.flow([f.probe(step, "link", {"*": "good"}, **f.instead("ok", "down")), f.end("good")]))
    return guide.start("main")[1].instead


def wanted(probe=None, purpose="look", epoch=0, params=(), instead=None):
    return Measure(
        "main", "step", probe, dict(params), fresh=False, purpose=purpose, epoch=epoch, instead=instead
    )


async def test_a_report_answers_diagnosis_and_probes():
    evidence = RecordedEvidence([record_of(report())])
    diagnosis = await evidence.measure(wanted())
    assert (diagnosis.outcome, diagnosis.detail) == ("dns.slow", "It is dns.slow.")
    assert diagnosis.values == {"host": "host.example", "summary": "It is dns.slow.", "next": "Wait."}
    assert diagnosis.outcomes == {"link": "ok", "route": "none"}
    probe = await evidence.measure(wanted("link"))
    assert (probe.step, probe.outcome, probe.detail) == ("step", "ok", "eth0 up")


async def test_a_report_answers_for_its_own_service_by_name():
    mine = report(target={"service": "metro", "hosts": ["host.example"]})
    evidence = RecordedEvidence([record_of(mine)])
    assert (await evidence.measure(wanted("link", params={"target": "metro"}))).outcome == "ok"
    assert (await evidence.measure(wanted("link", params={"target": "t-mobile"}))).outcome == "skipped"
    nameless = RecordedEvidence([record_of(report())])
    assert (await nameless.measure(wanted("link", params={"target": "metro"}))).outcome == "skipped"


@pytest.mark.parametrize(
    "measure",
    [
        {"probe": "clock"},
        {"probe": "link", "params": {"to": "x"}},
        {"probe": "link", "purpose": "verify"},
        {"probe": "link", "epoch": 1},
        {"purpose": "verify", "epoch": 1},
    ],
)
async def test_what_the_report_can_not_say_is_asked_or_left_open(measure):
    evidence = RecordedEvidence([record_of(report())])
    assert await evidence.measure(wanted(**measure, instead=question())) == question()
    answer = await evidence.measure(wanted(**measure))
    assert answer.outcome == ("skipped" if "probe" in measure else "unknown")
    assert answer.detail


async def test_the_next_report_is_the_state_after_the_next_action():
    evidence = RecordedEvidence([record_of(report()), record_of(report("none"))])
    assert (await evidence.measure(wanted())).outcome == "dns.slow"
    assert (await evidence.measure(wanted(None, "verify", epoch=1))).outcome == "none"
    assert (await evidence.measure(wanted(None, "verify", epoch=1))).outcome == "none"
    assert (await evidence.measure(wanted(None, "verify", epoch=2))).outcome == "unknown"


async def test_somebody_elses_computer_is_asked_about():
    evidence = AskedEvidence()
    assert isinstance(await evidence.measure(wanted("link", instead=question())), Prompt)
    assert (await evidence.measure(wanted("link"))).outcome == "skipped"
    assert (await evidence.measure(wanted())).outcome == "unknown"


def test_hostile_reports_are_made_harmless():
    bad = "\x1b]52;c;AAAA\x07\u202e" + "x" * 9000
    probes = [
        {"probe": "link", "outcome": bad, "detail": bad},
        {"probe": "made-up", "outcome": "ok", "detail": 7},
    ]
    record = record_of(report(bad, summary=bad, next=None, target={"hosts": [bad]}, probes=probes))
    assert record.probes["link"].outcome == "error"
    assert record.probes["made-up"].detail == ""
    shown = "".join([record.cause, record.summary, *record.values.values(), record.probes["link"].detail])
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert len(record.summary) <= 300


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "no tshoot.report/1"),
        ({"schema": "tshoot.report/2"}, "no tshoot.report/1"),
        ({"schema": "tshoot.report/1"}, "no list of probes"),
        ({"schema": "tshoot.report/1", "probes": [{}]}, "has no name"),
        ({"schema": "tshoot.report/1", "probes": ["link"]}, "has no name"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path, data, said):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(data))
    with pytest.raises(EvidenceError, match=said):
        read_record(path)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 200_000])
def test_what_is_no_json_is_refused(tmp_path, content):
    path = tmp_path / "evidence.json"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match="not JSON"):
        read_record(path)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "evidence.json"
    with path.open("wb") as file:
        file.truncate(5 * 1024 * 1024)
    with pytest.raises(EvidenceError, match="too large"):
        read_record(path)


class Heard:
    def __init__(self):
        self.results = []

    def started(self, spec):
        raise AssertionError("nothing is measured")

    def finished(self, result):
        self.results.append((result.probe, result.outcome))


async def test_each_record_is_told_of_once_when_it_comes_into_use():
    fixed = record_of(report("none", probes=[{"probe": "link", "outcome": "weak"}]))
    heard = Heard()
    evidence = RecordedEvidence([record_of(report()), fixed], heard)
    await evidence.measure(wanted())
    await evidence.measure(wanted("link"))
    assert heard.results == [("link", "ok"), ("route", "none")]
    await evidence.measure(wanted("link", purpose="verify", epoch=1))
    assert heard.results[2:] == [("link", "weak")]


def test_times_and_addresses_of_a_report_are_kept():
    entry = {"probe": "link", "outcome": "ok", "ms": 12, "contacted": ["192.0.2.1", "x\x1b"], "data": None}
    result = record_of(report(probes=[entry])).probes["link"]
    assert (result.ms, result.contacted, result.data) == (12, ("192.0.2.1", "x�"), {})
    strange = record_of(report(probes=[{"probe": "link", "ms": "soon", "contacted": 3}])).probes["link"]
    assert (strange.ms, strange.contacted) == (0.0, ())
