"""The measuring process: requests come on standard input, answers go to standard output."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from tshoot.guide.apart.child import own_stdout
from tshoot.guide.apart.wire import Message, decode, encode, result_out, target_in
from tshoot.text import display_text

if TYPE_CHECKING:
    from tshoot.guide.bench import Bench
    from tshoot.probes.model import ProbeResult, ProbeSpec
    from tshoot.target import Target

Benches = Callable[["Target"], "Bench"]
"""How a target is measured."""


def main(benches: Benches | None = None) -> None:
    """Serve until the other side is gone. ``benches`` is replaced in tests."""
    # The wizard alone decides what Ctrl-C means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = _Worker(own_stdout(), benches or _network)
    threading.Thread(target=_preload, daemon=True).start()
    with suppress(BrokenPipeError):
        asyncio.run(worker.serve(sys.stdin.buffer))


def _preload() -> None:
    """Load what every measurement needs, while none is asked for."""
    from tshoot.checkup import shipped_catalog
    from tshoot.host.backend import backend
    from tshoot.probes.registry import specs

    specs()
    backend()
    shipped_catalog()


def _network(target: Target) -> Bench:
    from tshoot.guide.bench import NetworkBench

    return NetworkBench(target)


class _Worker:
    def __init__(self, out: IO[bytes], benches: Benches) -> None:
        self.out, self.benches = out, benches
        self.tasks: dict[int, asyncio.Task[None]] = {}

    async def serve(self, requests: IO[bytes]) -> None:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

        def read() -> None:
            for request in _decoded(requests):
                loop.call_soon_threadsafe(arrived.put_nowait, request)
            # At once: a probe may hang in a call that nothing can interrupt.
            os._exit(0)

        threading.Thread(target=read, daemon=True).start()
        while True:
            self.take(await arrived.get())

    def take(self, request: Message) -> None:
        if "cancel" in request:
            task = self.tasks.get(request["cancel"])
            if task is not None:
                task.cancel()
            return
        number = request["id"]
        self.tasks[number] = task = asyncio.create_task(self.measure(number, request))
        task.add_done_callback(lambda _: self.tasks.pop(number, None))

    async def measure(self, number: int, request: Message) -> None:
        began, told = time.perf_counter(), _Told(self, number)
        try:
            if "battery" in request:
                await self.benches(target_in(request["battery"])).battery(told)
            else:
                bench = self.benches(target_in(request["single"]))
                await bench.single(request["probe"], request["params"], told)
        except Exception as error:
            self.say({"id": number, "failed": display_text(f"{type(error).__name__}: {error}")})
        else:
            self.say({"id": number, "done": (time.perf_counter() - began) * 1000})

    def say(self, message: Message) -> None:
        self.out.write(encode(message))
        self.out.flush()


class _Told:
    """Passes on what the probes of one request say."""

    def __init__(self, worker: _Worker, number: int) -> None:
        self.worker, self.number = worker, number

    def started(self, spec: ProbeSpec) -> None:
        self.worker.say({"id": self.number, "started": spec.name})

    def finished(self, result: ProbeResult) -> None:
        self.worker.say({"id": self.number, "result": result_out(result)})


def _decoded(lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with suppress(ValueError):
            yield decode(line)
