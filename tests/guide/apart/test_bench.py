import asyncio
import os
import time
from contextlib import contextmanager

import pytest

from tests.guide.apart.workers import MARK
from tests.support.batteries import battery
from tshoot.catalog.services import resolve_target
from tshoot.guide.apart.bench import ENDED, HUNG, NOT_STARTED, ProcessBench
from tshoot.guide.apart.child import python_command
from tshoot.guide.apart.wire import decode, encode, result_in, result_out
from tshoot.guide.bench import NetworkBench
from tshoot.probes import registry

TARGET = resolve_target("t-mobile")
LONGEST = 20.0


PLAYED = {name: result_in(decode(encode(result_out(result)))) for name, result in battery().items()}
"""What the children play, with tuples as real probes have them."""


class Heard:
    """A listener that keeps what it is told, and can be waited for."""

    def __init__(self):
        self.told, self.changed = [], asyncio.Event()

    def started(self, spec):
        self._tell(f"+{spec.name}")

    def finished(self, result):
        self._tell(result)

    def _tell(self, what):
        self.told.append(what)
        self.changed.set()

    async def until(self, count):
        async with asyncio.timeout(LONGEST):
            while len(self.told) < count:
                self.changed.clear()
                await self.changed.wait()


@contextmanager
def bench_of(worker, patience=LONGEST, idle=LONGEST):
    bench = ProcessBench(TARGET, python_command("tests.guide.apart.workers", worker), patience, idle)
    try:
        yield bench
    finally:
        bench.close()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def gone(pid):
    for _ in range(2000):
        if not alive(pid):
            return True
        await asyncio.sleep(0.005)
    return False


async def test_results_and_their_order_are_those_of_the_probes():
    heard = Heard()
    with bench_of("playing") as bench:
        checkup = await bench.battery(heard)
    assert checkup.results == PLAYED
    assert checkup.diagnosis.verdict == "healthy"
    assert checkup.target == TARGET
    assert checkup.elapsed_ms > 0
    assert heard.told == [*(f"+{name}" for name in PLAYED), *PLAYED.values()]


async def test_one_child_serves_several_measurements_at_once():
    with bench_of("playing") as bench:
        checkup, one, other = await asyncio.gather(
            bench.battery(Heard()), bench.single("link", {}, Heard()), bench.single("gateway", {}, Heard())
        )
        child = bench._child.pid
        await bench.single("link", {}, Heard())
        assert bench._child.pid == child
    assert checkup.diagnosis.verdict == "healthy"
    assert one["link"] == PLAYED["link"]
    assert other["gateway"] == PLAYED["gateway"]


async def test_a_child_with_nothing_to_do_ends_and_the_next_measurement_starts_another():
    with bench_of("playing", idle=0.05) as bench:
        assert (await bench.single("link", {}, Heard()))["link"] == PLAYED["link"]
        assert await gone(bench._child.pid)
        assert bench._child is None
        assert (await bench.single("gateway", {}, Heard()))["gateway"] == PLAYED["gateway"]


async def test_a_child_that_was_only_warmed_ends_too():
    with bench_of("playing", idle=0.05) as bench:
        bench.warm()
        assert await gone(bench._child.pid)


async def test_a_child_that_measures_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(MARK, str(tmp_path / "cancelled"))
    with bench_of("hanging", idle=0.05) as bench:
        heard = Heard()
        running = asyncio.create_task(bench.battery(heard))
        await heard.until(3)
        child = bench._child.pid
        await bench.single("link", {}, Heard())
        await asyncio.sleep(0.2)
        assert bench._child.pid == child
        assert alive(child)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_killed_child_leaves_errors_and_the_next_measurement_starts_another():
    heard = Heard()
    with bench_of("dying") as bench:
        checkup = await bench.battery(heard)
        outcomes = [result.outcome for result in checkup.results.values()]
        assert tuple(checkup.results) == registry.battery()
        assert outcomes.count("error") == len(outcomes) - 3
        assert {result.detail for result in checkup.results.values() if result.outcome == "error"} == {ENDED}
        assert checkup.diagnosis.verdict == "unknown"
        assert {result.probe for result in heard.told if not isinstance(result, str)} == set(checkup.results)
        assert (await bench.single("link", {}, Heard()))["link"] == PLAYED["link"]


async def test_kill_9_from_outside_is_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv(MARK, str(tmp_path / "cancelled"))
    heard = Heard()
    with bench_of("hanging") as bench:
        running = asyncio.create_task(bench.battery(heard))
        await heard.until(len(registry.battery()) + 3)
        os.kill(bench._child.pid, 9)
        async with asyncio.timeout(LONGEST):
            checkup = await running
    assert [result.outcome for result in checkup.results.values()].count("error") == len(checkup.results) - 3


async def test_what_is_cancelled_is_cancelled_in_the_child_too(tmp_path, monkeypatch):
    mark = tmp_path / "cancelled"
    monkeypatch.setenv(MARK, str(mark))
    heard = Heard()
    with bench_of("hanging") as bench:
        running = asyncio.create_task(bench.battery(heard))
        await heard.until(1)
        child = bench._child.pid
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert running.cancelled()
        assert (await bench.single("link", {}, Heard()))["link"] == PLAYED["link"]
        assert bench._child.pid == child
        for _ in range(1000):
            if mark.exists():
                break
            await asyncio.sleep(0.005)
        assert mark.exists()


async def test_a_hung_child_is_given_up_and_its_next_measurement_starts_another():
    with bench_of("stuck", patience=1.5) as bench:
        checkup = await bench.battery(Heard())
        assert [each.detail for each in checkup.results.values() if each.outcome == "error"]
        assert {each.detail for each in checkup.results.values() if each.outcome == "error"} == {HUNG}
        assert bench._child is None


async def test_closing_does_not_wait_for_what_hangs():
    heard = Heard()
    with bench_of("stuck") as bench:
        running = asyncio.create_task(bench.battery(heard))
        await heard.until(1)
        child, began = bench._child.pid, time.perf_counter()
        running.cancel()
        bench.close()
        took = time.perf_counter() - began
        assert not alive(child)
        assert took < 1.0  # The call it hangs in lasts a minute.
        await asyncio.gather(running, return_exceptions=True)


async def test_a_hung_child_ends_when_the_other_side_is_gone():
    heard = Heard()
    with bench_of("stuck") as bench:
        running = asyncio.create_task(bench.battery(heard))
        await heard.until(1)
        child = bench._child
        child._process.stdin.close()
        assert await asyncio.to_thread(child._process.wait, LONGEST) == 0
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("probe", ["link", "gateway"])
async def test_a_bug_in_the_child_is_an_error_result(probe):
    with bench_of("raising") as bench:
        checkup = await bench.battery(Heard())
        assert {result.detail for result in checkup.results.values() if result.outcome == "error"} == {
            "RuntimeError: a bug"
        }
        assert (await bench.single(probe, {}, Heard()))[probe].outcome == "ok"


async def test_what_a_library_prints_garbles_nothing():
    with bench_of("chatty") as bench:
        assert (await bench.battery(Heard())).results == PLAYED


async def test_where_no_process_can_be_started_every_probe_says_so():
    bench = ProcessBench(TARGET, ["/nowhere/python"])
    checkup = await bench.battery(Heard())
    assert {result.outcome for result in checkup.results.values()} == {"error"}
    assert all(result.detail.startswith(NOT_STARTED) for result in checkup.results.values())
    assert checkup.diagnosis.cause == "unknown"


async def test_the_real_child_measures_what_this_process_would():
    """With a probe that reads this computer only and sends nothing."""
    bench = ProcessBench(TARGET)
    try:
        apart = await bench.single("hosts_file", {}, Heard())
    finally:
        bench.close()
    here = await NetworkBench(TARGET).single("hosts_file", {}, Heard())
    assert [(each.outcome, each.detail, each.data) for each in apart.values()] == [
        (each.outcome, each.detail, each.data) for each in here.values()
    ]
