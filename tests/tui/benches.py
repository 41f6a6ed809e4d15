"""A bench for the wizard: each battery plays the next of several recorded ones, held at a gate if wanted."""

from __future__ import annotations

import asyncio
import time

from tests.support.batteries import battery
from tshoot.catalog.services import resolve_target
from tshoot.checkup import Checkup, judge
from tshoot.guide.setup import load_shipped
from tshoot.probes.registry import specs
from tshoot.session.going import NOTHING_KEPT
from tshoot.tui.app import TshootApp
from tshoot.tui.session import Session

LONGEST = 15.0
TARGET = resolve_target("t-mobile")
SPECS = specs()
SIZES = [(120, 40), (80, 24), (40, 20)]


class PlayedBench:
    def __init__(self, *batteries, gate=None):
        self.batteries, self.gate, self.played = list(batteries), gate, 0
        self.target = TARGET

    async def battery(self, listener):
        results = self._next()
        await self._play(results, listener)
        return Checkup(self.target, results, judge(results, self.target), 10.0)

    async def single(self, probe, params, listener):
        results = {probe: self._next()[probe]}
        await self._play(results, listener)
        return results

    def aimed_at(self, target):
        self.target = target
        return self

    def _next(self):
        self.played += 1
        return self.batteries[min(self.played, len(self.batteries)) - 1]

    async def _play(self, results, listener):
        for name in results:
            listener.started(SPECS[name])
        if self.gate is not None:
            await self.gate.wait()
        for result in results.values():
            listener.finished(result)
            await asyncio.sleep(0)


def app(*batteries, gate=None, flow="connectivity", flows=None, home=False, going=NOTHING_KEPT, config=None):
    flows = flows or load_shipped()
    bench = PlayedBench(*(batteries or (battery(),)), gate=gate)
    session = Session(flow, TARGET, bench, "linux", flows, going=going)
    return TshootApp(session, config, home=home)


def session_of(program):
    return program._session


def shown(program, text):
    return lambda: text in text_of(program)


async def settle(pilot, until, turns=200):
    """Let the program go on until ``until()`` holds; fails after a bounded number of turns and of seconds.

    Screens are loaded in threads, so on a busy computer many turns may pass while nothing happens.
    """
    began = time.monotonic()
    turn = 0
    while turn < turns or time.monotonic() - began < LONGEST:
        await pilot.pause(None if turn < turns else 0.01)
        if until():
            return
        turn += 1
    raise AssertionError(f"never happened; the screen shows:\n{text_of(pilot.app)}")


def text_of(app):
    """The screen as rows of text."""
    screen = app.screen
    return "\n".join(
        "".join(segment.text for segment in line).rstrip() for line in screen._compositor.render_strips()
    )
