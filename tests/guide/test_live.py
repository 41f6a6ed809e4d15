"""Live evidence: what is shared, what is measured anew. The bench counts; nothing is sent."""

import asyncio
from types import SimpleNamespace

import pytest

from tshoot.diagnosis.model import Diagnosis
from tshoot.guide.live import KEEP_SECONDS, LiveEvidence
from tshoot.guide.model import Measure
from tshoot.probes.model import ProbeResult


class FakeBench:
    """Each battery and each single run gets the next number as its detail."""

    def __init__(self):
        self.made, self.gate, self.cancelled = [], None, 0

    async def battery(self, listener):
        number = self._made("battery")
        listener.finished(ProbeResult("link", "ok", f"{number}"))
        await self._wait()
        listener.finished(ProbeResult("tcp", "refused", f"{number}"))
        results = {name: ProbeResult(name, "ok", f"{number}") for name in ("link", "tcp")}
        diagnosis = Diagnosis(
            "broken", "dns.slow", "strong", f"Summary {number}.", "Wait.", (), (), True, {"host": "h"}
        )
        return SimpleNamespace(results=results, diagnosis=diagnosis)

    async def single(self, probe, params, listener):
        number = self._made(probe)
        await self._wait()
        result = ProbeResult(probe, "ok", f"{number}")
        listener.finished(result)
        return {probe: result}

    def _made(self, what):
        self.made.append(what)
        return len(self.made)

    async def _wait(self):
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


def wanted(probe=None, purpose="look", epoch=0, params=()):
    return Measure(
        "main", "step", probe, dict(params), fresh=purpose == "verify", purpose=purpose, epoch=epoch
    )


@pytest.fixture
def bench():
    return FakeBench()


@pytest.fixture
async def evidence(bench):
    clock = SimpleNamespace(now=0.0)
    live = LiveEvidence(bench, clock=lambda: clock.now)
    live.time = clock
    yield live
    await live.close()


async def test_a_diagnosis_brings_its_words_and_all_outcomes(evidence):
    measured = await evidence.measure(wanted())
    assert (measured.step, measured.outcome, measured.detail) == ("step", "dns.slow", "Summary 1.")
    assert measured.values == {"host": "h", "summary": "Summary 1.", "next": "Wait."}
    assert measured.outcomes == {"link": "ok", "tcp": "ok"}


async def test_the_battery_is_started_at_once_and_shared(evidence, bench):
    evidence.start()
    first, second = await asyncio.gather(evidence.measure(wanted()), evidence.measure(wanted()))
    assert (first, bench.made) == (second, ["battery"])
    assert (await evidence.measure(wanted("tcp"))).outcome == "refused"
    assert (await evidence.checkup()).diagnosis.cause == "dns.slow"
    assert bench.made == ["battery"]


async def test_one_probe_does_not_wait_for_the_rest_of_the_battery(evidence, bench):
    bench.gate = asyncio.Event()
    evidence.start()
    async with asyncio.timeout(2):
        assert (await evidence.measure(wanted("link"))).outcome == "ok"


async def test_a_probe_the_battery_ends_without_is_run_alone(evidence, bench):
    evidence.start()
    assert (await evidence.measure(wanted("clock"))).detail == "2"
    assert bench.made == ["battery", "clock"]


async def test_parameters_are_measured_apart(evidence, bench):
    evidence.start()
    await evidence.measure(wanted("tcp", params={"port": "80"}))
    await evidence.measure(wanted("tcp", params={"port": "80"}))
    await evidence.measure(wanted("tcp", params={"port": "443"}))
    assert bench.made == ["battery", "tcp", "tcp"]


@pytest.mark.parametrize("probe", [None, "link"])
async def test_a_check_after_a_fix_is_always_new(evidence, bench, probe):
    await evidence.measure(wanted())
    first = await evidence.measure(wanted(probe, "verify", epoch=1))
    second = await evidence.measure(wanted(probe, "verify", epoch=1))
    assert len(bench.made) == 3
    assert first.detail != second.detail


async def test_after_an_action_older_results_do_not_count(evidence, bench):
    await evidence.measure(wanted())
    assert (await evidence.measure(wanted("link", epoch=1))).detail == "2"
    assert (await evidence.measure(wanted(epoch=1))).detail == "Summary 3."


async def test_the_newer_of_two_results_counts(evidence, bench):
    evidence.start()
    evidence.time.now = 1.0
    await evidence.measure(wanted("link", "verify"))
    assert (await evidence.measure(wanted("link"))).detail == "2"
    assert bench.made == ["battery", "link"]


@pytest.mark.parametrize(("later", "batteries"), [(KEEP_SECONDS, 1), (KEEP_SECONDS + 0.1, 2)])
async def test_results_grow_old(evidence, bench, later, batteries):
    await evidence.measure(wanted())
    evidence.time.now = later
    await evidence.measure(wanted("link"))
    await evidence.measure(wanted())
    assert bench.made.count("battery") == batteries


async def test_who_waits_for_the_shared_battery_gets_its_successor(evidence, bench):
    bench.gate = asyncio.Event()
    waiting = asyncio.create_task(evidence.checkup())
    await asyncio.sleep(0)
    verify = asyncio.create_task(evidence.measure(wanted(None, "verify")))
    await asyncio.sleep(0)
    bench.gate.set()
    async with asyncio.timeout(2):
        assert (await waiting).diagnosis.summary == (await verify).detail == "Summary 2."
    assert bench.cancelled == 1


@pytest.mark.parametrize("probe", [None, "clock", "tcp"])
async def test_giving_up_waiting_does_not_stop_the_measuring(evidence, bench, probe):
    bench.gate = asyncio.Event()
    evidence.start()
    waiting = asyncio.create_task(evidence.measure(wanted(probe)))
    for _ in range(3):
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    bench.gate.set()
    await evidence.measure(wanted(probe))
    assert bench.cancelled == 0


async def test_closing_stops_what_runs(evidence, bench):
    bench.gate = asyncio.Event()
    evidence.start()
    waiting = asyncio.create_task(evidence.measure(wanted("clock", "verify")))
    for _ in range(3):
        await asyncio.sleep(0)
    await evidence.close()
    assert bench.cancelled == 2
    await asyncio.wait({waiting})


async def test_speculation_has_the_results_ready(bench):
    ahead = {"ask": [None, ("link", {}), ("clock", {})], "later": [("link", {"to": "x"})]}
    live = LiveEvidence(bench, upcoming=lambda flow, step: ahead[step])
    live.prefetch("main", "ask", 0)
    live.prefetch("main", "later", 0)
    await live.measure(wanted())
    made = list(bench.made)
    assert made == ["battery", "link"]
    await live.measure(wanted("link", params={"to": "x"}))
    assert bench.made == made
    await live.close()


async def test_every_result_is_told_as_it_comes(bench):
    told = []
    listener = SimpleNamespace(started=lambda spec: None, finished=lambda result: told.append(result.probe))
    live = LiveEvidence(bench, listener=listener)
    await live.measure(wanted())
    await live.measure(wanted("clock", "verify"))
    await live.close()
    assert told == ["link", "tcp", "clock"]


async def test_a_fault_of_the_bench_is_not_swallowed(bench):
    async def broken(listener):
        raise OSError("no interface list")

    bench.battery = broken
    live = LiveEvidence(bench)
    with pytest.raises(OSError, match="no interface list"):
        await live.measure(wanted())
    await live.close()
