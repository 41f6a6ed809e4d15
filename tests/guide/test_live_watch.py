"""A probe followed live: what is told, when it ends, what it leaves behind. The clock is turned by hand."""

import asyncio
from types import SimpleNamespace

import pytest

from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.live import SHORTEST_REST, TICK_SECONDS, LiveEvidence
from tshoot.guide.model import Choice, Measure, Measured, Prompt, Watch
from tshoot.guide.recorded import Record, RecordedEvidence
from tshoot.probes.model import ProbeResult

INSTEAD = Prompt("instead", "main", "back", "Is it back?", "", (Choice("yes", "Yes"), Choice("no", "No")))
LEAVE = Prompt("watch", "main", "back", "", "", (Choice("seen", "Back"), Choice("cannot_tell", "Stop")))


def watch(until=("ok",), gone=("dead",), at_most=2, instead=None):
    return Watch(
        "main",
        "back",
        "gateway",
        {"target": "metro"},
        fresh=True,
        purpose="watch",
        instead=instead,
        epoch=1,
        until=until,
        gone=gone,
        at_most=at_most,
        leave=LEAVE,
    )


class Clock:
    """Time passes only while somebody sleeps or measures."""

    def __init__(self):
        self.now, self.rests = 0.0, []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.rests.append(seconds)
        self.now += seconds


class Bench:
    """Plays outcomes; the last one stays. Each measurement takes ``takes`` seconds of the clock."""

    def __init__(self, clock, *outcomes, takes=0.5):
        self.clock, self.outcomes, self.takes = clock, list(outcomes), takes
        self.asked, self.batteries, self.cancelled, self.gate = [], 0, 0, None
        self.looking = asyncio.Event()

    async def battery(self, listener):
        self.batteries += 1
        await self._wait()

    async def single(self, probe, params, listener):
        self.asked.append((probe, dict(params)))
        self.looking.set()
        await self._wait()
        self.clock.now += self.takes
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        windows = ({"median_ms": 4.0}, {"median_ms": 2.0}) if outcome == "ok" else ()
        listener.started(SimpleNamespace(name=probe))
        result = ProbeResult(probe, outcome, f"it is {outcome}", data={"windows": windows})
        listener.finished(result)
        return {"link": ProbeResult("link", "ok"), probe: result}

    async def _wait(self):
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


class Screen:
    def __init__(self):
        self.begun, self.ended = [], []

    def started(self, spec):
        self.begun.append(spec.name)

    def finished(self, result):
        self.ended.append(result.outcome)


def live(*outcomes, takes=0.5):
    clock, screen = Clock(), Screen()
    bench = Bench(clock, *outcomes, takes=takes)
    return LiveEvidence(bench, listener=screen, clock=clock, sleep=clock.sleep), bench, screen


async def test_it_is_followed_until_it_is_back():
    evidence, bench, screen = live("ok", "dead", "dead", "ok")
    ticks = []
    answer = await evidence.watch(watch(), ticks.append)
    assert answer == Measured("back", "ok", "it is ok")
    assert [(tick.state, tick.seconds, tick.ms) for tick in ticks] == [
        ("here", 0.5, 2.0),
        ("gone", 3.5, None),
        ("gone", 6.5, None),
        ("there", 9.5, 2.0),
    ]
    assert bench.asked == [("gateway", {"target": "metro"})] * 4
    # The ladder follows; nothing says over and over that a probe has started.
    assert (screen.begun, screen.ended) == ([], ["ok", "dead", "dead", "ok"])


@pytest.mark.parametrize(("takes", "rest"), [(0.5, TICK_SECONDS - 0.5), (5.0, SHORTEST_REST)])
async def test_looks_come_at_a_steady_pace_and_never_without_a_rest(takes, rest):
    evidence, bench, _ = live("dead", "dead", "ok", takes=takes)
    await evidence.watch(watch(), lambda tick: None)
    assert bench.clock.rests == [rest, rest]


async def test_the_time_limit_is_kept():
    evidence, bench, _ = live("dead", takes=2.0)
    ticks = []
    assert (await evidence.watch(watch(at_most=1), ticks.append)).outcome == "dead"
    assert 60.0 <= bench.clock.now <= 62.0
    assert ticks[-1].state == "gone"
    assert all(rest > 0 for rest in bench.clock.rests)


async def test_what_was_measured_before_is_given_up_and_not_used_afterwards():
    evidence, bench, _ = live("ok")
    bench.gate = asyncio.Event()
    evidence.start(epoch=1)
    await asyncio.sleep(0)
    following = asyncio.create_task(evidence.watch(watch(gone=()), lambda tick: None))
    await bench.looking.wait()
    assert (bench.batteries, bench.cancelled) == (1, 1)
    bench.gate.set()
    await following
    await evidence.measure(Measure("main", "look", "gateway", {}, fresh=False, purpose="look", epoch=1))
    assert len(bench.asked) == 2
    evidence.start(epoch=1)
    await asyncio.sleep(0)
    assert bench.batteries == 2
    await evidence.close()


async def test_stopping_to_watch_stops_the_measurement():
    evidence, bench, _ = live("dead")
    bench.gate = asyncio.Event()
    following = asyncio.create_task(evidence.watch(watch(), lambda tick: None))
    await bench.looking.wait()
    following.cancel()
    async with asyncio.timeout(2):
        await asyncio.wait({following})
    assert bench.cancelled == 1


async def test_elsewhere_it_is_asked_or_not_known():
    asked = AskedEvidence()
    assert await asked.watch(watch(instead=INSTEAD), pytest.fail) == INSTEAD
    assert (await asked.watch(watch(), pytest.fail)).outcome == "skipped"


def record(outcome):
    return Record("none", "", {"gateway": ProbeResult("gateway", outcome)}, {})


async def test_a_record_from_after_the_restart_tells_how_it_ended():
    wanted = Watch("main", "back", "gateway", {}, True, "watch", instead=INSTEAD, epoch=1, until=("ok",))
    two = RecordedEvidence([record("dead"), record("ok")])
    assert (await two.watch(wanted, pytest.fail)).outcome == "ok"
    assert await RecordedEvidence([record("ok")]).watch(wanted, pytest.fail) == INSTEAD


@pytest.mark.parametrize(
    ("answer", "prompt"),
    [("yes", INSTEAD), ("seen", LEAVE), ("cannot_tell", LEAVE), (("no", "seen"), INSTEAD)],
)
async def test_an_answer_given_before_takes_the_place_of_watching(answer, prompt):
    evidence = AnsweredFirst(AskedEvidence(), Answers({"back": answer}))
    assert await evidence.watch(watch(instead=INSTEAD), pytest.fail) == prompt


async def test_without_an_answer_it_is_watched():
    evidence, _, _ = live("ok")
    answered = AnsweredFirst(evidence, Answers({"back": ()}))
    assert (await answered.watch(watch(gone=()), lambda tick: None)).outcome == "ok"
