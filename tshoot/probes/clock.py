"""Is this computer's clock right? Time servers by address, and the Date headers of other probes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tshoot.host.queries import global_addresses
from tshoot.probes.anchors import TimeServer
from tshoot.probes.captive import CaptiveData
from tshoot.probes.clock_sources import ClockVerdict, TimeSource, settled, verdict
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.http import HttpData
from tshoot.probes.http_date import ServerDate
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.sntp import TimeAnswer, ask_time
from tshoot.probes.tasks import cancel_all

SECONDS = 3.0
SNTP_SECONDS = 2.0

SPEC = ProbeSpec(
    name="clock",
    title="Clock of this computer",
    summary="Compares this computer's clock with several independent sources.",
    outcomes={
        "ok": "The clock is right to within 30 seconds.",
        "skewed": "The clock is off by more than 30 seconds: one-time codes may fail.",
        "wrong": "The clock is off by more than 5 minutes: certificates may fail.",
        "unclear": "No two sources agree, or none answered.",
    },
    good=frozenset({"ok"}),
    sends="SNTP questions to the time servers in the list of anchors",
    privilege="none",
    deadline=SECONDS + 0.1,
    uses=("captive", "http"),
    inconclusive=frozenset({"error", "skipped", "not_applicable", "unclear"}),
)


@dataclass(frozen=True, slots=True)
class ClockData:
    """``offset_seconds``: how far the clock is ahead of network time, negative when it is behind.

    ``network_time`` is ISO 8601 in UTC; ``silent`` says why a time server told nothing.
    """

    offset_seconds: float | None = None
    network_time: str = ""
    agreeing: int = 0
    reason: str = ""
    sources: tuple[TimeSource, ...] = ()
    silent: tuple[str, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Ask all time servers; two operators that agree settle it, else the Date headers help."""
    asked = _Asked(context)
    contacted = tuple(address for server in context.anchors.time_servers for address in asked.ways(server))
    await asked.until_settled(context.deadline.within(SECONDS))
    found = verdict(asked.sources())
    return Reading(found.outcome, _detail(found), _data(found, asked), contacted)


class _Asked:
    """The questions under way and what they brought."""

    def __init__(self, context: ProbeContext) -> None:
        self._context = context
        self._servers: dict[asyncio.Task[TimeAnswer], str] = {}

    def ways(self, server: TimeServer) -> tuple[str, ...]:
        """The server's addresses in the families this computer has."""
        wants_v6 = bool(server.v6) and (not server.v4 or bool(global_addresses(self._context.host, 6)))
        return tuple(filter(None, (server.v4, server.v6 if wants_v6 else "")))

    async def until_settled(self, deadline: Deadline) -> None:
        patience = deadline.within(SNTP_SECONDS)
        for server in self._context.anchors.time_servers:
            for address in self.ways(server):
                task = asyncio.create_task(ask_time(address, server.port, patience))
                self._servers[task] = server.operator
        pending: set[asyncio.Future[Any]] = {*self._servers, *self._others()}
        try:
            while pending and not deadline.over and not settled(verdict(self.sources())):
                _, pending = await asyncio.wait(
                    pending, timeout=deadline.remaining(), return_when=asyncio.FIRST_COMPLETED
                )
        finally:
            await cancel_all([task for task in self._servers if not task.done()])

    def sources(self) -> tuple[TimeSource, ...]:
        """What is known so far; a portal's own answers tell no time."""
        return (*self._from_servers(), *self._from_captive(), *self._from_http())

    def silent(self) -> tuple[str, ...]:
        """Why servers told nothing."""
        answers = [task.result() for task in self._servers if task.done() and not task.cancelled()]
        return tuple(f"{answer.address}: {answer.reason}" for answer in answers if not answer.samples)

    def _others(self) -> tuple[asyncio.Future[Reading], ...]:
        return self._context.future("captive"), self._context.future("http")

    def _from_servers(self) -> Sequence[TimeSource]:
        done = [task for task in self._servers if task.done() and not task.cancelled()]
        best = [(self._servers[task], task.result().best) for task in done]
        return [
            TimeSource(operator, "sntp", round(sample.ahead, 3), round(sample.round_trip / 2, 3))
            for operator, sample in best
            if sample is not None
        ]

    def _from_captive(self) -> Sequence[TimeSource]:
        captive = self._context.future("captive")
        if not captive.done() or captive.result().outcome != "open":
            return ()
        data = captive.result().data
        if not isinstance(data, CaptiveData):
            return ()
        operators = {check.host: check.operator for check in data.checks}
        return [_from_date(operators.get(date.host, date.host), date) for date in data.dates]

    def _from_http(self) -> Sequence[TimeSource]:
        http = self._context.future("http")
        data = http.result().data if http.done() else None
        if not isinstance(data, HttpData) or data.date is None:
            return ()
        return [_from_date(data.date.host, data.date)]


def _from_date(operator: str, date: ServerDate) -> TimeSource:
    return TimeSource(operator, "http", date.ahead, date.margin)


def _data(found: ClockVerdict, asked: _Asked) -> ClockData:
    if found.ahead is None:
        return ClockData(None, "", found.operators, found.reason, asked.sources(), asked.silent())
    now = datetime.fromtimestamp(time.time() - found.ahead, UTC).isoformat(timespec="seconds")
    return ClockData(
        round(found.ahead, 3), now, found.operators, found.reason, asked.sources(), asked.silent()
    )


def _detail(found: ClockVerdict) -> str:
    if found.ahead is None:
        return found.reason
    side = "ahead" if found.ahead > 0 else "behind"
    return f"{abs(found.ahead):.1f} s {side}, {found.operators} sources agree"
