"""``tshoot check --watch``: checks again and again until interrupted, and tells what changes."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import click

from tshoot.checkup import Checkup, check, make_world
from tshoot.cli.exits import Exit
from tshoot.cli.machine import json_text
from tshoot.cli.memory import Memory
from tshoot.cli.progress import StatusLine
from tshoot.cli.targets import target_or_usage
from tshoot.diagnosis.watching import Event, Tick, Watch
from tshoot.evidence.telling import code_for
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import World
from tshoot.probes.model import ProbeResult
from tshoot.probes.runner import DEFAULT_SECONDS
from tshoot.report import watched
from tshoot.report.as_json import to_json
from tshoot.target import Target
from tshoot.text import display_text

EVERY = 5.0
"""Seconds from the start of one check to the start of the next."""
KEPT_SECONDS = {"clock": 64.0}
"""How long a good result holds. Time servers ask for 15 s between questions at the very least, and for 64 s
as a rule (RFC 4330, section 10; RFC 5905, section 7.3), and a right clock does not go wrong in a minute."""
_CLOCK_SET = 1.0
"""Seconds by which the clock must have moved against the steady one to count as set."""
_LONGEST_LINE = 2000


def run_watch(
    target: str | None,
    seconds: float | None,
    every: float | None,
    *,
    as_json: bool,
    explained: bool,
    history: bool,
) -> int:
    """Watch until Ctrl-C; the summary is printed before leaving. Returns 130."""
    watcher = Watcher(
        target_or_usage(target),
        seconds or DEFAULT_SECONDS,
        every or EVERY,
        as_json=as_json,
        explained=explained,
        memory=Memory(history),
    )
    try:
        asyncio.run(watcher.run())
    except KeyboardInterrupt:
        watcher.sum_up(to_stderr=as_json)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        watcher.sum_up(to_stderr=True)
        raise
    return Exit.OK


class Kept:
    """Good results that need not be measured again with every check."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, float, ProbeResult]] = {}

    def still_good(self, now: float) -> dict[str, ProbeResult]:
        """The results to take over; none once this computer's clock was set."""
        return {
            name: result
            for name, (at, clock, result) in self._kept.items()
            if now - at < KEPT_SECONDS[name] and abs(clock_ahead() - clock) < _CLOCK_SET
        }

    def add(self, results: Mapping[str, ProbeResult], now: float) -> None:
        """Keep what was measured anew and is good. Nobody is contacted for it again."""
        for name in KEPT_SECONDS.keys() - self.still_good(now).keys():
            result = results.get(name)
            if result is not None and result.outcome == "ok":
                self._kept[name] = (now, clock_ahead(), replace(result, contacted=()))


class Watcher:
    """One watch: the checks, what is told of them, and what is kept for the end."""

    def __init__(
        self,
        target: Target,
        seconds: float,
        every: float,
        *,
        as_json: bool,
        explained: bool,
        memory: Memory,
    ) -> None:
        self.target, self.seconds, self.every = target, seconds, every
        self.as_json, self.explained, self.memory = as_json, explained, memory
        self.watch = Watch(steady(), longest_gap=2 * every + 2 * seconds)
        self.status = StatusLine()
        self._kept = Kept()

    async def run(self) -> None:
        """Check until cancelled. Raises BrokenPipeError once nobody reads any more."""
        every = f"{self.every:g} s"
        click.echo(f"Watching {self.target.label}: a check every {every}. Ctrl-C ends it.", err=True)
        while True:
            began = steady()
            # Read anew every time: the computer may have moved to another network.
            world = await in_daemon_thread(partial(make_world, self.target))
            checkup = await check(world, seconds=self.seconds, kept=self._kept.still_good(began))
            self._take(world, checkup, Tick(began, steady(), checkup.diagnosis, checkup.results))
            if nobody_reads():
                raise BrokenPipeError
            await asyncio.sleep(max(0.0, began + self.every - steady()))

    def _take(self, world: World, checkup: Checkup, tick: Tick) -> None:
        self._kept.add(checkup.results, tick.began)
        event = self.watch.observe(tick)
        self.status.clear()
        if self.as_json:
            self._tell_json(world, checkup, tick, event)
        else:
            self._tell_text(world, checkup, tick, event)
        self.memory.keep(world.host, checkup.report())

    def _tell_json(self, world: World, checkup: Checkup, tick: Tick, event: Event | None) -> None:
        report = checkup.report(self.explained)
        report = replace(report, changed=self.memory.changes(world.host, report), code=code_for(checkup))
        document = to_json(report) | {
            "ts": stamp(tick.ended),
            "state": watched.state_json(self.watch.state, stamp),
            "event": None if event is None else watched.event_json(event, stamp),
        }
        click.echo(json_text(document, separators=(",", ":")))

    def _tell_text(self, world: World, checkup: Checkup, tick: Tick, event: Event | None) -> None:
        if self.watch.tally.checks == 1:
            say(watched.first_line(tick, local))
        if event is not None:
            say(watched.event_line(event, local))
            for change in self.memory.changes(world.host, checkup.report()):
                say(f"          Since it last worked here: {change.say}")
        self.status.show(f"{local(tick.ended)}  {self.watch.tally.checks} checks so far")

    def sum_up(self, to_stderr: bool) -> None:
        """Print the summary; a stream that is closed as well is left alone."""
        self.status.clear()
        worst = self.watch.worst
        explanation = None
        if self.explained and worst is not None:
            explanation = Checkup(self.target, worst.results, worst.diagnosis, 0.0).explanation()
        lines = watched.summary_lines(self.watch, self.target.label, steady(), local, explanation)
        with contextlib.suppress(BrokenPipeError):
            for line in ("", *lines):
                say(line, to_stderr)


def say(line: str, to_stderr: bool = False) -> None:
    """Print one line; evidence may hold what others sent."""
    click.echo(display_text(line, _LONGEST_LINE), err=to_stderr)


def steady() -> float:
    """Seconds of a clock that is never set, and that goes on while the computer sleeps where one does."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def clock_ahead() -> float:
    """Seconds by which the time of day is ahead of :func:`steady`; it moves when the clock is set."""
    return time.time() - steady()


def local(moment: float) -> str:
    """A moment of :func:`steady` as local time of day."""
    return _wall(moment).astimezone().strftime("%H:%M:%S")


def stamp(moment: float) -> str:
    """A moment of :func:`steady` as RFC 3339 in UTC."""
    return _wall(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _wall(moment: float) -> datetime:
    return datetime.fromtimestamp(clock_ahead() + moment, UTC)


def nobody_reads() -> bool:
    """True where stdout is a pipe or socket whose reader has gone; checked also while nothing is told."""
    import select

    if not hasattr(select, "poll"):
        return False
    try:
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        return any(flags & (select.POLLERR | select.POLLHUP) for _, flags in poll.poll(0))
    except (OSError, ValueError):
        return False
