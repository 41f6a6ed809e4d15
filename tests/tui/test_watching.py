"""The wizard follows a gateway that restarts: each measurement is handed in by the test, no time passes."""

import asyncio
import re

import pytest

from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import SIZES, PlayedBench, app, session_of, settle, shown, text_of
from tshoot.guide.model import Watch
from tshoot.probes.model import ProbeResult
from tshoot.tui.plot import plot
from tshoot.tui.widgets.watching import WatchView

WHAT = {"probe": "gateway", "until": ["ok", "silent"], "gone": ["dead"], "at_most": 5}
SAY = "Watching the gateway."


def flow(say):
    return small.flow(
        [
            small.do("restart", "back", "sad"),
            small.watch("back", WHAT, "check", "sad", "sad", say=say, why="It starts."),
            small.verify("check", {"diagnose": "all", "fixed": ["none"]}, "pause", "sad", "sad"),
            small.wait("pause", "good"),
            small.end("good"),
            small.end("sad", "unresolved"),
        ]
    )


FLOW = flow(SAY)


class HandedIn(PlayedBench):
    """Each look at the gateway takes the next result that the test hands in."""

    def __init__(self):
        super().__init__(battery())
        self.looks, self.stopped = asyncio.Queue(), 0

    async def single(self, probe, params, listener):
        try:
            outcome, ms = await self.looks.get()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        windows = () if ms is None else ({"median_ms": ms},)
        result = ProbeResult(probe, outcome, data={"windows": windows})
        listener.finished(result)
        return {probe: result}


class Clock:
    now = 0.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)


def watching(say=SAY):
    program, bench, clock = app(flow="main", flows={"main": flow(say)}), HandedIn(), Clock()
    evidence = session_of(program).evidence
    evidence.bench, evidence.clock, evidence.sleep = bench, clock, clock.sleep
    return program, bench


async def begin(pilot, program):
    await settle(pilot, shown(program, "Do restart"))
    await pilot.press("1")
    await settle(pilot, shown(program, "looking for the first time"))


def lines_of(program):
    return [(taken.step, taken.value, taken.by) for taken in session_of(program).state.transcript]


async def test_gone_and_back_is_followed_and_goes_on_by_itself_to_the_check():
    program, bench = watching()
    async with program.run_test(size=(80, 24)) as pilot:
        await begin(pilot, program)
        assert "Watching: Gateway" in text_of(program)
        assert "I can see that it is back" in text_of(program)
        bench.looks.put_nowait(("ok", 2.0))
        await settle(pilot, shown(program, "✓ Gateway: still there  at the start"))
        bench.looks.put_nowait(("dead", None))
        await settle(pilot, shown(program, "✗ Gateway: gone  after 3 seconds"))
        bench.looks.put_nowait(("lossy", 8.0))
        await settle(pilot, shown(program, "… Gateway: back, but not ready yet"))
        assert "▂·▇" in text_of(program)
        assert "up to 8 ms" in text_of(program)
        bench.looks.put_nowait(("silent", None))
        await settle(pilot, shown(program, "Checked again: all is well"))
        await settle(pilot, shown(program, "Wait until the lights stop changing."))
        await pilot.press("1")
        await settle(pilot, shown(program, "Solved"))
        await pilot.press("q")
    assert program.return_value == 0
    assert lines_of(program)[:4] == [
        ("restart", "done", "person"),
        ("back", "seen", "probe"),
        ("check", "none", "probe"),
        ("pause", "go-on", "person"),
    ]


async def test_while_it_is_gone_nothing_behind_it_reads_as_working():
    program, bench = watching()
    async with program.run_test(size=(120, 40)) as pilot:
        await begin(pilot, program)
        bench.looks.put_nowait(("ok", 2.0))
        await settle(pilot, shown(program, "✓ Gateway: still there"))
        assert "✓ Internet" in text_of(program)
        bench.looks.put_nowait(("dead", None))
        await settle(pilot, shown(program, "✗ Gateway: gone"))
        text = text_of(program)
        assert "✗ Gateway" in text
        for rung in ("Internet", "Names", "Secure", "Service", "Signal"):
            assert f"✓ {rung}" not in text
            assert re.search(rf"\? {rung} +not checked since", text)
        bench.looks.put_nowait(("lossy", 8.0))
        await settle(pilot, shown(program, "… Gateway: back, but not ready yet"))
        assert "✓ Internet" not in text_of(program)
        bench.looks.put_nowait(("ok", 2.0))
        await settle(pilot, shown(program, "Checked again: all is well"))
        for rung in ("Gateway", "Internet", "Names", "Secure", "Service"):
            assert f"✓ {rung}" in text_of(program)


@pytest.mark.parametrize(("keys", "value"), [("1", "seen"), ("2", "cannot_tell")])
async def test_it_can_be_ended_at_once_while_a_measurement_hangs(keys, value):
    program, bench = watching()
    async with program.run_test(size=(80, 24)) as pilot:
        await begin(pilot, program)
        await pilot.press(keys)
        await settle(pilot, lambda: len(lines_of(program)) > 1)
    assert bench.stopped == 1
    assert lines_of(program)[1] == ("back", value, "person")


async def test_back_works_at_once_and_stray_keys_do_nothing():
    program, bench = watching()
    async with program.run_test(size=(80, 24)) as pilot:
        await begin(pilot, program)
        # Nothing is preselected: a second Enter for the step before does not end the watch.
        await pilot.press("enter", "9")
        await pilot.pause()
        assert isinstance(session_of(program).state.pending, Watch)
        await pilot.press("b")
        await settle(pilot, shown(program, "Do restart"))
        assert bench.stopped == 1
        assert "Gateway: " not in text_of(program)
        await pilot.press("1")
        await settle(pilot, shown(program, "looking for the first time"))
    assert lines_of(program) == [("restart", "done", "person")]


async def test_who_comes_back_later_closes_with_3_at_the_pause():
    program, bench = watching()
    async with program.run_test(size=(80, 24)) as pilot:
        await begin(pilot, program)
        await pilot.press("1")
        await settle(pilot, shown(program, "Wait until the lights stop changing."))
        await pilot.press("2")
        await settle(pilot, lambda: program.return_value is not None)
    assert program.return_value == 3
    assert session_of(program).state.pending.step == "pause"
    assert bench.stopped == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_ways_out_stay_in_sight_at_every_size(size):
    program, bench = watching()
    async with program.run_test(size=size) as pilot:
        await begin(pilot, program)
        for number in range(40):
            bench.looks.put_nowait(("dead", None) if number % 2 else ("lossy", 40.0 + number))
        await settle(pilot, bench.looks.empty)
        await settle(pilot, shown(program, "2 Stop watching"))
        assert "1 I can see" in text_of(program)
        assert program.screen.query_one(WatchView).display


def test_the_plot_shows_late_answers_high_and_none_as_a_dot():
    assert plot([10.0, None, 70.0, 40.0]) == "▂·█▅"
    assert plot([None, None]) == "··"
    assert plot([0.0]) == "▁"
    assert plot([0.2, 0.4, 0.3]) == "▁▁▁"


async def begun_small(pilot, program, bench):
    """On a small screen, with the first look shown; the gateway is gone by the second one."""
    await settle(pilot, shown(program, "Do restart"))
    await pilot.press("1")
    await settle(pilot, shown(program, "Watching: Gateway"))
    bench.looks.put_nowait(("ok", 2.0))
    await settle(pilot, shown(program, "Gateway: still there"))


async def test_on_a_small_screen_the_latest_state_comes_into_sight():
    program, bench = watching(say="Watching the gateway. " * 12)
    async with program.run_test(size=(40, 20)) as pilot:
        await begun_small(pilot, program, bench)
        bench.looks.put_nowait(("dead", None))
        await settle(pilot, shown(program, "✗ Gateway: gone"))
        await settle(pilot, shown(program, "dot is no answer."))


async def test_whoever_reads_another_part_is_left_there():
    program, bench = watching(say="Watching the gateway. " * 12)
    async with program.run_test(size=(40, 20)) as pilot:
        await begun_small(pilot, program, bench)
        await pilot.press("pageup", "pageup")
        await settle(pilot, shown(program, "Watching: Gateway"))
        bench.looks.put_nowait(("dead", None))
        await settle(pilot, lambda: len(program.screen.query_one(WatchView)._ticks) == 2)
        await pilot.pause()
        assert "Watching: Gateway" in text_of(program)
