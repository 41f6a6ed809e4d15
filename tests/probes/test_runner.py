import asyncio
import time
from dataclasses import dataclass

import pytest

from tests.support.worlds import fine, made_probe, world
from tshoot.probes.model import Reading
from tshoot.probes.runner import GRACE, run_probes


async def hang(context):
    await asyncio.Event().wait()


async def run(*probes, **options):
    table = {probe.SPEC.name: probe for probe in probes}
    return await run_probes(tuple(table), world(), probes=table, **options)


async def test_probes_run_side_by_side():
    meeting = asyncio.Barrier(3)

    async def meet(context):
        async with meeting:
            return Reading("ok", "met")

    results = await run(*(made_probe(name, meet, deadline=2) for name in "abc"))
    assert {result.outcome for result in results.values()} == {"ok"}


async def test_a_need_is_finished_before_and_can_be_read():
    async def first(context):
        return Reading("bad", "first", data=42)

    async def second(context):
        return Reading("ok", str((await context.need("first")).data))

    results = await run(made_probe("second", second, needs=("first",)), made_probe("first", _plain(first)))
    assert results["second"].detail == "42"


def _plain(code):
    @dataclass(frozen=True)
    class Number:
        value: int

        def __str__(self):
            return str(self.value)

    async def wrapped(context):
        reading = await code(context)
        return Reading(reading.outcome, reading.detail, Number(reading.data))

    return wrapped


async def test_a_hung_probe_is_a_timeout_and_the_others_keep_their_results():
    began = time.monotonic()
    results = await run(made_probe("hung", hang, deadline=0.1), made_probe("good", fine))
    assert (results["hung"].outcome, results["good"].outcome) == ("timeout", "ok")
    assert time.monotonic() - began < 1.0


async def test_the_deadline_of_the_whole_battery_is_kept():
    began = time.monotonic()
    results = await run(made_probe("hung", hang), made_probe("waits", fine, needs=("hung",)), seconds=0.3)
    assert {name: result.outcome for name, result in results.items()} == {
        "hung": "timeout",
        "waits": "timeout",
    }
    assert time.monotonic() - began < 0.3 * 1.1 + 0.25


async def test_a_probe_that_will_not_be_cancelled_does_not_hold_up_the_end():
    async def stubborn(context):
        while True:
            try:
                await asyncio.sleep(0.5)
                return Reading("ok", "late")
            except asyncio.CancelledError:
                continue

    began = time.monotonic()
    results = await run(made_probe("stubborn", stubborn), seconds=0.1)
    assert results["stubborn"].outcome == "timeout"
    assert time.monotonic() - began < 0.45


async def test_a_raising_probe_is_an_error_with_clean_text():
    async def raising(context):
        raise ValueError("evil \x1b[31m text")

    results = await run(made_probe("raises", raising))
    assert results["raises"].outcome == "error"
    assert results["raises"].detail == "ValueError: evil \ufffd[31m text"


async def test_an_undeclared_outcome_is_an_error():
    async def odd(context):
        return Reading("fabulous", "")

    assert (await run(made_probe("odd", odd)))["odd"].outcome == "error"


async def test_once_settled_the_rest_gets_only_the_grace():
    began = time.monotonic()
    results = await run(
        made_probe("hung", hang),
        made_probe("good", fine),
        settled=lambda results: "good" in results,
        seconds=10,
    )
    assert results["hung"].outcome == "timeout"
    assert GRACE * 0.9 < time.monotonic() - began < GRACE + 0.5


async def test_cancelling_the_battery_cancels_its_probes():
    cancelled = asyncio.Event()
    running = asyncio.Event()

    async def watch(context):
        running.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    task = asyncio.create_task(run(made_probe("watch", watch)))
    await running.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert cancelled.is_set()


async def test_a_listener_hears_every_start_and_end():
    heard = []

    class Ears:
        def started(self, spec):
            heard.append(("started", spec.name))

        def finished(self, result):
            heard.append((result.outcome, result.probe))

    await run(made_probe("a", fine), made_probe("b", fine, needs=("a",)), listener=Ears())
    assert heard == [("started", "a"), ("ok", "a"), ("started", "b"), ("ok", "b")]


async def test_parameters_reach_their_probe_only():
    async def tell(context):
        return Reading("ok", repr(dict(context.params)))

    results = await run(made_probe("a", tell), made_probe("b", tell), params={"a": {"x": "1"}})
    assert (results["a"].detail, results["b"].detail) == ("{'x': '1'}", "{}")
