"""A desk that is killed in the middle of its work, and what is there afterwards.

Run as a program it works a call: note after note, each told on stdout once the screen shows it as kept.
"""

import asyncio
import random
import subprocess
import sys
import time

from tests.tui.desk.desks import desk_of, running
from tshoot.session.store import open_store

LONGEST_WAIT = 0.4
"""Seconds from a note that is shown to the kill; a note takes some 0.1."""


async def work(address, session):
    desk = desk_of(address)
    async with running(desk) as shown:
        screen = await shown.on(desk.open(session))
        for number in range(10_000):
            screen.pages.note(f"note {number}")
            await shown.until(lambda: shown.app.screen is not screen)
            await shown.press("f2")
            await shown.until(
                lambda wanted=number: f"note {wanted}" in shown.text and shown.app.screen is screen
            )
            print(number, flush=True)


def kill_once(address, session, chance):
    """Start a desk on the call, kill it; returns the last note it had told of as kept."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.tui.desk.killed", address, session], stdout=subprocess.PIPE, text=True
    )
    try:
        told = -1
        for line in child.stdout:
            told = int(line)
            if told >= chance.randrange(1, 4):
                break
        time.sleep(chance.random() * LONGEST_WAIT)
    finally:
        child.kill()
        rest, _ = child.communicate(timeout=30)
    if told < 0:
        raise AssertionError("the desk never came to keep a note, so nothing was tried")
    return max([told, *(int(line) for line in rest.split())])


def lost_after(address, times, seed=0):
    """Kill a desk so often; gives the notes that were told of as kept and are not there."""
    chance = random.Random(seed)
    desk = desk_of(address)
    lost = []
    for number in range(times):
        session = desk.begin("start", f"Call {number}").session
        told = kill_once(address, session, chance)
        store = open_store(address)
        kept = [note.text for note in store.record(session).notes]
        store.close()
        lost += [
            f"{session}: note {one}" for one in range(told + 1) if kept[one : one + 1] != [f"note {one}"]
        ]
    desk.store.close()
    return lost


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
