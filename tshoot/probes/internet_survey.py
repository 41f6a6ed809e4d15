"""Asks several operators at once whether the internet answers, and keeps everything that was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tshoot.probes.connect import Connect, ConnectState, knock
from tshoot.probes.deadline import Deadline
from tshoot.probes.path_meter import PathMeter, Quality
from tshoot.probes.refusal import Refusal, refused_datagram, shared_refusal
from tshoot.probes.tasks import cancel_all, up_to

HOLD = 2.4
"""Seconds of tries before "dead" is said. Three operators, three connects each and the system's own
retransmits make 15 SYNs or more: with 30 % loss in each direction they all fail once in 20,000 times."""
PATIENCE = 0.4
"""Seconds 443 gets for itself before 80 and 53 are tried too, and before a local block is looked for."""
_LAST_RESULTS = 0.05

_Knocks = Mapping[str, "asyncio.Task[tuple[Connect, ...]]"]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What was seen: connects by operator, the quality of the path, whether any ping was answered.

    ``held`` is False where the deadline came before silence could mean anything; ``refusal`` is what the
    system refuses to every operator; ``may_ping`` says whether this user may ping at all.
    """

    operators: tuple[str, ...]
    connects: tuple[tuple[str, Connect], ...]
    quality: Quality | None
    pinged: bool
    refusal: Refusal | None
    held: bool
    contacted: tuple[str, ...]
    may_ping: bool = False

    def open_at(self, port: int) -> tuple[Connect, ...]:
        """The open connects of one port, at most one for each operator."""
        return tuple(
            each for _, each in self.connects if each.port == port and each.state is ConnectState.OPEN
        )


class Survey:
    """One survey of the operators' addresses (operator to addresses) within a deadline."""

    def __init__(self, operators: Mapping[str, Sequence[str]], deadline: Deadline, slow_ms: float) -> None:
        self.operators, self.deadline, self.slow_ms = dict(operators), deadline, slow_ms
        self._hold = deadline.within(HOLD)
        self._held = deadline.remaining() > HOLD - PATIENCE
        self._knocks: dict[int, _Knocks] = {}
        self._refusal: Refusal | None = None
        self._contacted: list[str] = []

    async def run(self) -> Surveyed:
        """Ask, and return what was seen. Never raises for the network's sake."""
        pinged = [addresses[0] for addresses in self.operators.values()][:2]
        self._contacted += pinged
        try:
            self._knock_all(443)
            async with PathMeter(pinged, self.deadline) as meter:
                quality = await self._ask(meter)
                return self._surveyed(quality, meter)
        finally:
            await cancel_all([task for knocks in self._knocks.values() for task in knocks.values()])

    async def _ask(self, meter: PathMeter) -> Quality | None:
        if not await self._wait_open(PATIENCE) and not await self._blocked_here(meter):
            self._knock_all(80)
            self._knock_all(53)
            await self._wait_open(self._hold.remaining() + _LAST_RESULTS)
            if not any(self._is_open(port) for port in self._knocks):
                await up_to(self._hold.remaining(), meter.first_reply())
        opened = [each for each in self._results(443) if each.state is ConnectState.OPEN]
        if opened or await meter.answers_ping(self._opened()):
            return await meter.quality(opened, self.slow_ms)
        return None

    def _opened(self) -> list[Connect]:
        found = (each for port in self._knocks for each in self._results(port))
        return [each for each in found if each.state is ConnectState.OPEN]

    def _knock_all(self, port: int) -> None:
        self._knocks[port] = {
            name: asyncio.create_task(knock(addresses, port, self._hold, log=self._contacted))
            for name, addresses in self.operators.items()
        }

    async def _wait_open(self, seconds: float) -> bool:
        """Wait until any 443 is open (True), or all is answered, or the time is over."""
        until = Deadline.after(seconds)
        while not (opened := self._is_open(443)) and not until.over:
            pending = self._pending()
            if not pending or (not self._pending(443) and self._is_open(80)):
                break
            await asyncio.wait(pending, timeout=until.remaining(), return_when=asyncio.FIRST_COMPLETED)
        return opened

    async def _blocked_here(self, meter: PathMeter) -> bool:
        """Does this computer itself keep back pings, datagrams and connects alike?

        One of them alone may be a rule against just that kind; a browser would still get out.
        """
        firsts = [addresses[0] for addresses in self.operators.values()]
        datagrams = shared_refusal(refused_datagram(address) for address in firsts)
        pings = await meter.refusal() if meter.tells_refusal else datagrams
        if datagrams == pings == "not_permitted" and not meter.replied:
            self._refusal = "not_permitted"
        return self._refusal is not None

    def _is_open(self, port: int) -> bool:
        return any(each.state is ConnectState.OPEN for each in self._results(port))

    def _pending(self, *ports: int) -> list[asyncio.Task[tuple[Connect, ...]]]:
        return [
            task
            for port, knocks in self._knocks.items()
            if port in (ports or self._knocks)
            for task in knocks.values()
            if not task.done()
        ]

    def _results(self, port: int) -> list[Connect]:
        return [each for _, each in self._named_results(port)]

    def _named_results(self, port: int) -> Iterable[tuple[str, Connect]]:
        for name, task in self._knocks[port].items():
            if task.done():
                yield from ((name, each) for each in task.result())

    def _surveyed(self, quality: Quality | None, meter: PathMeter) -> Surveyed:
        connects = tuple(each for port in self._knocks for each in self._named_results(port))
        contacted = tuple(dict.fromkeys(self._contacted))
        names = tuple(self.operators)
        return Surveyed(
            names, connects, quality, meter.replied, self._refusal, self._held, contacted, meter.permitted
        )
