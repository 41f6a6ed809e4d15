"""Desks to test with: a store in a file, the shipped flows or small ones, an app for each agent."""

import threading
from contextlib import asynccontextmanager
from functools import cache

from tests.tui.benches import SIZES, text_of
from tshoot.desk.desk import Desk
from tshoot.guide.setup import load_shipped
from tshoot.session.store import open_store
from tshoot.tui.desk.app import DeskApp
from tshoot.tui.desk.call import CallScreen

__all__ = ["SIZES", "Shown", "begun", "desk_of", "running", "shipped", "text_of"]


@cache
def shipped():
    return dict(load_shipped())


def desk_of(address, agent="anna", flows=None, now=None):
    clock = {} if now is None else {"now": now}
    return Desk(open_store(address, **clock), flows or shipped(), agent, **clock)


def begun(desk, label, **more):
    """A new call of the desk's first flow."""
    return desk.begin(next(iter(desk.flows)), label, **more)


class Shown:
    """One agent's program under test."""

    def __init__(self, pilot, desk):
        self.pilot, self.app, self.desk = pilot, pilot.app, desk

    @property
    def text(self):
        return text_of(self.app)

    async def until(self, wanted, turns=400):
        """Let the program go on until it shows ``wanted`` (or it holds, where it is a function)."""
        for _ in range(turns):
            await self.pilot.pause(0.01)
            if wanted() if callable(wanted) else wanted in self.text:
                return
        raise AssertionError(f"never happened: {wanted}; the screen shows:\n{self.text}")

    async def press(self, *keys):
        await self.pilot.press(*keys)

    async def type(self, text):
        await self.pilot.press(*("space" if char == " " else char for char in text))

    async def on(self, call):
        """Put a call on the screen."""
        await self.until("tshoot desk · Calls")
        screen = CallScreen(self.desk, call)
        self.app.push_screen(screen)
        await self.until(lambda: self.app.screen is screen)
        await self.until("Say to the caller")
        return screen


@asynccontextmanager
async def running(desk, size=(120, 40), courier=None, **more):
    app = DeskApp(desk, courier)
    async with app.run_test(size=size, notifications=True, **more) as pilot:
        yield Shown(pilot, desk)
    finish_threads()
    desk.store.close()


def finish_threads():
    """Wait for what the program had begun when it closed, so that its connection is given back."""
    for thread in threading.enumerate():
        if thread.name.endswith("(_run)"):
            thread.join(5)
