"""The measuring bench of the wizard: the probes run in a process of their own.

So no key waits for a network library to be loaded or for its threads, the libraries' memory is not the
wizard's, and closing while probes hang is ending a process. A child with nothing to measure ends after a
while: a person reads a step for longer than it takes to start another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from tshoot.guide.apart.child import Child, python_command
from tshoot.guide.apart.wire import Message, result_in, target_out

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.probes.model import ProbeResult, ProbeSpec
    from tshoot.probes.runner import Listener
    from tshoot.target import Target

WORKER = "tshoot.guide.apart.worker"
PATIENCE = 12.0
"""Seconds until a child that says nothing counts as hung: twice a battery's deadline, and a slow start."""
IDLE_SECONDS = 20.0
"""How long a child is kept that measures nothing. Following a gateway asks more often than this."""
ENDED = "The program that measures ended before it was done."
HUNG = "The program that measures did not answer."
NOT_STARTED = "The program that measures could not be started"


class ProcessBench:
    """Measures in a child process, started at the first measurement and again whenever it was lost.

    ``target`` may be set later, before the first measurement.
    What a lost child owes becomes ``error`` results; they say nothing about the network. ``command``,
    ``patience`` and ``idle`` (seconds) are replaced in tests.
    """

    def __init__(
        self,
        target: Target | None = None,
        command: Sequence[str] | None = None,
        patience: float = PATIENCE,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self._target, self._command, self._patience, self._idle = target, command, patience, idle
        self._child: Child | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._calls: dict[int, _Call] = {}
        self._numbers = count(1)

    @property
    def target(self) -> Target:
        """What is measured."""
        assert self._target is not None
        return self._target

    @target.setter
    def target(self, target: Target) -> None:
        self._target = target

    def aimed_at(self, target: Target) -> ProcessBench:
        """This bench, from now on for another target."""
        self._target = target
        return self

    def warm(self) -> None:
        """Start the child now, so that it has loaded what it needs by the first measurement."""
        with suppress(OSError):
            self._running()
            self._rest_later()

    async def battery(self, listener: Listener) -> Checkup:
        """As `tshoot check`."""
        from tshoot.checkup import Checkup, judge
        from tshoot.probes.registry import battery

        call = await self._measured({"battery": target_out(self.target)}, battery(), listener)
        return Checkup(self.target, call.results, judge(call.results, self.target), call.elapsed_ms)

    async def single(
        self, probe: str, params: Mapping[str, str], listener: Listener
    ) -> Mapping[str, ProbeResult]:
        """As `tshoot probe`. The parameter ``target``, a service of the catalogue, replaces its target."""
        from tshoot.probes.registry import with_needs

        wanted = {"single": target_out(self.target), "probe": probe, "params": dict(params)}
        return (await self._measured(wanted, with_needs((probe,)), listener)).results

    def close(self) -> None:
        """End the child; whatever it measures is given up."""
        self._stay_awake()
        if self._child is not None:
            self._child.kill()
            self._child = None

    async def _measured(self, request: Message, probes: Sequence[str], listener: Listener) -> _Call:
        call = _Call(probes, listener)
        with self._open(call) as number:
            try:
                self._running().send({"id": number, **request})
                async with asyncio.timeout(self._patience):
                    await call.over.wait()
            except TimeoutError:
                self._lost(HUNG)
            except OSError as error:
                self._lost(f"{NOT_STARTED} ({error.strerror}).")
        return call.settled()

    @contextmanager
    def _open(self, call: _Call) -> Iterator[int]:
        number = next(self._numbers)
        self._calls[number] = call
        try:
            yield number
        finally:
            del self._calls[number]
            if not call.over.is_set() and self._child is not None:
                with suppress(OSError):
                    self._child.send({"cancel": number})
            if not self._calls:
                self._rest_later()

    def _rest_later(self) -> None:
        self._stay_awake()
        self._rest = asyncio.get_running_loop().call_later(self._idle, self.close)

    def _stay_awake(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _running(self) -> Child:
        self._stay_awake()
        if self._child is None:
            self._child = Child(self._command or python_command(WORKER), self._received, self._gone)
        return self._child

    def _received(self, message: dict[str, Any]) -> None:
        call = self._calls.get(message.get("id", 0))
        if call is not None:
            call.take(message)

    def _gone(self) -> None:
        self._lost(ENDED)

    def _lost(self, why: str) -> None:
        """Nothing more comes from this child: what is under way ends, and the next request starts another."""
        self.close()
        for call in self._calls.values():
            call.end(why)


class _Call:
    """A measurement under way: what has come, and who is told."""

    def __init__(self, probes: Sequence[str], listener: Listener) -> None:
        from tshoot.probes.registry import specs

        self.specs: Mapping[str, ProbeSpec] = specs()
        self.probes, self.listener = probes, listener
        self.results: dict[str, ProbeResult] = {}
        self.over = asyncio.Event()
        self.elapsed_ms, self.why = 0.0, ""

    def take(self, message: Message) -> None:
        """One message of the child."""
        if "started" in message:
            self.listener.started(self.specs[message["started"]])
        elif "result" in message:
            self._finished(result_in(message["result"]))
        elif "done" in message:
            self.elapsed_ms = message["done"]
            self.over.set()
        elif "failed" in message:
            self.end(message["failed"])

    def end(self, why: str) -> None:
        """No more will come."""
        self.why = why
        self.over.set()

    def settled(self) -> _Call:
        """The same with a result for every probe, in the order of the registry."""
        from tshoot.probes.model import ProbeResult

        for name in self.probes:
            if name not in self.results:
                self._finished(ProbeResult(name, "error", self.why or ENDED))
        self.results = {name: self.results[name] for name in self.probes}
        return self

    def _finished(self, result: ProbeResult) -> None:
        self.results[result.probe] = result
        self.listener.finished(result)
