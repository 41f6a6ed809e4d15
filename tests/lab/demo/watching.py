"""Runs inside the sandbox: follows a probe while the world changes, and prints the looks as one document.

``python -m tests.lab.demo.watching NAME``; the timelines stand in :data:`TIMELINES`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.lab.actions import apply
from tests.lab.namespaces import mount
from tests.lab.plan import Plan
from tests.lab.timed.restart import OFF, ON
from tests.lab.world import World

SCHEMA = "tshoot.watch/1"
Change = Callable[[World], None]


@dataclass(frozen=True)
class Timeline:
    """What is followed for how many seconds, the faults at the start, and what changes at which second."""

    probe: str
    seconds: float
    faults: tuple[str, ...]
    changes: tuple[tuple[float, Change], ...] = ()


def _power_off(world: World) -> None:
    """As on Wi-Fi, which goes with the gateway: the computer forgets its address at once."""
    world.spaces.nft("gateway", OFF)
    world.spaces.ip("client", ["neigh flush all"])


def _power_on(world: World) -> None:
    world.spaces.nft("gateway", ON)


def _line_back(world: World) -> None:
    world.change(_plan(()))


TIMELINES = {
    "gateway-restarts": Timeline("gateway", 48.0, (), ((5.0, _power_off), (38.0, _power_on))),
    "line-returns": Timeline("internet", 24.0, ("gateway.wan_silent",), ((14.0, _line_back),)),
    "line-stays-away": Timeline("internet", 12.0, ("gateway.wan_silent",)),
    "line-is-there": Timeline("internet", 4.0, ()),
}
"""A gateway out of the shop takes minutes; half of one shows the same, and nobody waits for long."""


def main() -> None:
    """Entry point."""
    if sys.argv[1] == "--look":
        asyncio.run(_look(sys.argv[2], float(sys.argv[3])))
        return
    mount("tmpfs", "/run", "tmpfs", data="mode=0755")
    print(json.dumps(asyncio.run(_follow(TIMELINES[sys.argv[1]]))))


def _plan(faults: tuple[str, ...]) -> Plan:
    plan = Plan()
    apply(plan, "carrier.slow", {"delay_ms": 14, "jitter_ms": 8})
    for name in faults:
        apply(plan, name, {})
    return plan


async def _follow(timeline: Timeline) -> dict[str, Any]:
    world = World(_plan(timeline.faults))
    await world.start()
    pipe = asyncio.subprocess.PIPE
    words = [sys.executable, "-m", "tests.lab.demo.watching", "--look", timeline.probe]
    process = await asyncio.create_subprocess_exec(
        *[*words, str(timeline.seconds)],
        env=world.room.environment(),
        preexec_fn=world.room.joiner(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=pipe,
    )
    assert process.stdout is not None
    await process.stdout.readline()  # it begins now
    reading = asyncio.ensure_future(process.stdout.read())
    began = time.monotonic()
    for at, change in timeline.changes:
        await asyncio.sleep(began + at - time.monotonic())
        change(world)
    looks = [json.loads(line) for line in (await reading).splitlines()]
    await process.wait()
    return {"schema": SCHEMA, "probe": timeline.probe, "looks": looks}


async def _look(probe: str, seconds: float) -> None:
    """In the client's computer: look again and again, as a watch of the program does."""
    from tshoot.catalog.services import resolve_target
    from tshoot.guide.bench import NetworkBench
    from tshoot.guide.live import SHORTEST_REST, TICK_SECONDS, delay_of
    from tshoot.probes.registry import specs

    specs()
    bench = NetworkBench(resolve_target("t-mobile"))
    print("ready", flush=True)
    began = time.monotonic()
    while True:
        looked = time.monotonic()
        results = await bench.single(probe, {}, _Nobody())
        now = time.monotonic()
        others = [result for name, result in results.items() if name != probe]
        document = {
            "seconds": round(now - began, 2),
            "ms": delay_of(results, probe),
            "results": [result.to_json() for result in (*others, results[probe])],
        }
        print(json.dumps(document), flush=True)
        if now - began >= seconds:
            return
        await asyncio.sleep(max(TICK_SECONDS - (now - looked), SHORTEST_REST))


class _Nobody:
    def started(self, spec: object) -> None:
        """Nobody is told."""

    def finished(self, result: object) -> None:
        """Nobody is told."""


if __name__ == "__main__":
    main()
