"""Recorded results come in as if measured: in their order, at their pace, stage after stage."""

import asyncio
import time
from math import inf

import pytest

from tests.demo.walking import evidence_of
from tshoot.demo.bench import ReplayBench, timeline
from tshoot.demo.cases import case_named
from tshoot.demo.evidence import ReplayedEvidence
from tshoot.demo.evidence_files import Look, Recording
from tshoot.guide.model import Measure, Measured, Prompt, Watch
from tshoot.probes.model import ProbeResult
from tshoot.target import Target


class Heard:
    def __init__(self):
        self.events = []

    def started(self, spec):
        self.events.append(("started", spec.name))

    def finished(self, result):
        self.events.append((result.outcome, result.probe))


def result(probe, outcome="ok", ms=0.0):
    return ProbeResult(probe, outcome, f"{probe} figures", ms)


def recording(*results, **more):
    battery = {each.probe: each for each in results}
    return Recording(battery, more.get("single", {}), more.get("watch", {}))


def look(probe=None, purpose="look", epoch=0, instead=None, **params):
    return Measure("main", "look", probe, params, False, purpose, epoch=epoch, instead=instead)


def watch(**more):
    return Watch(
        "main", "back", "gateway", {}, True, "watch", until=("ok",), gone=("dead",), at_most=1, **more
    )


def evidence(*recordings, listener=None):
    bench = ReplayBench(recordings, Target("example.com", service="metro"), inf)
    return ReplayedEvidence(bench, listener=listener)


def test_a_probe_starts_when_all_it_needs_have_ended():
    results = {
        "gateway_radio": result("gateway_radio", ms=300),
        "gateway_uptime": result("gateway_uptime", ms=20),
    }
    moments = {(spec.name, each is None): at for at, spec, each in timeline(results)}
    assert moments == {
        ("gateway_radio", True): 0.0,
        ("gateway_radio", False): 0.3,
        ("gateway_uptime", True): 0.3,
        ("gateway_uptime", False): 0.32,
    }


async def test_quick_results_come_before_slow_ones():
    heard = Heard()
    bench = ReplayBench([recording(result("tls", ms=90), result("link", ms=5))], Target("x.example"), inf)
    checkup = await bench.battery(heard)
    assert [event for event in heard.events if event[0] != "started"] == [("ok", "link"), ("ok", "tls")]
    assert list(checkup.results) == ["tls", "link"]


async def test_the_pace_follows_the_speed():
    bench = ReplayBench([recording(result("link", ms=400))], Target("x.example"), 4.0)
    began = time.perf_counter()
    await bench.battery(Heard())
    assert time.perf_counter() - began >= 0.1


async def test_each_thing_done_brings_the_next_stage_and_the_last_one_stays():
    source = evidence(
        recording(result("link", "down")), recording(result("link", "weak")), recording(result("link"))
    )
    told = [await source.measure(look("link", epoch=epoch)) for epoch in (0, 1, 2, 5)]
    assert [each.outcome for each in told] == ["down", "weak", "ok", "ok"]
    await source.close()


async def test_what_was_not_recorded_is_asked():
    heard = Heard()
    source = evidence(recording(result("link")), listener=heard)
    question = Prompt("instead", "main", "look", "How?", "", ())
    assert await source.measure(look("http", instead=question, target="t-mobile")) == question
    assert (await source.measure(look("clock"))).outcome == "skipped"
    source.upcoming = lambda flow, step: [("clock", {})]
    source.prefetch("main", "look", 0)
    await asyncio.sleep(0)
    assert ("skipped", "clock") not in heard.events
    await source.close()


async def test_the_own_service_named_is_the_recorded_one():
    source = evidence(recording(result("http", "server_error")))
    assert (await source.measure(look("http", target="metro"))).outcome == "server_error"
    await source.close()


async def test_a_probe_recorded_by_itself_goes_before_that_of_the_check():
    source = evidence(recording(result("link", "down"), single={"link": result("link", "weak")}))
    bench = source.bench
    assert (await bench.single("link", {}, Heard()))["link"].outcome == "weak"


async def test_a_watch_is_told_look_by_look():
    looks = (
        Look(1.0, 2.0, (result("gateway"),)),
        Look(4.0, None, (result("gateway", "dead"),)),
        Look(9.0, 3.0, (result("link"), result("gateway"))),
    )
    heard, ticks = Heard(), []
    source = evidence(recording(result("gateway"), watch={"gateway": looks}), listener=heard)
    answer = await source.watch(watch(), ticks.append)
    assert [(tick.state, tick.seconds, tick.ms) for tick in ticks] == [
        ("here", 1.0, 2.0),
        ("gone", 4.0, None),
        ("there", 9.0, 3.0),
    ]
    assert answer == Measured("back", "ok", "gateway figures")
    assert heard.events[-2:] == [("ok", "link"), ("ok", "gateway")]


async def test_a_watch_that_was_recorded_too_short_goes_on_up_to_its_limit():
    looks = (Look(1.0, None, (result("gateway", "dead"),)),)
    ticks = []
    source = evidence(recording(result("gateway"), watch={"gateway": looks}))
    answer = await source.watch(watch(), ticks.append)
    assert (answer.outcome, ticks[-1].seconds, len(ticks)) == ("dead", 60.0, 21)


async def test_a_watch_that_was_not_recorded_is_asked():
    question = Prompt("instead", "main", "back", "Is it back?", "", ())
    source = evidence(recording(result("gateway")))
    assert await source.watch(watch(instead=question), print) == question


@pytest.mark.parametrize("name", ["line-hangs", "factory-reset"])
async def test_a_shipped_restart_is_gone_and_comes_back(name):
    case = case_named(name)
    source = evidence_of(case)
    ticks = []
    wanted = watch(epoch=len(case.stages) - 1)
    await source.watch(wanted, ticks.append)
    states = [tick.state for tick in ticks]
    assert states[0] == "here"
    assert "gone" in states
    assert states[-1] == "there"
