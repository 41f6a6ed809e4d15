"""Measuring processes that do not measure: each function is the ``main`` of a child."""

import asyncio
import os
import signal
import time
from pathlib import Path

from tests.support.batteries import battery
from tshoot.checkup import Checkup, judge
from tshoot.guide.apart.worker import main
from tshoot.probes.registry import specs

MARK = "TSHOOT_TEST_MARK"


class Played:
    """Plays a good battery; ``held`` is what happens after the third result."""

    def __init__(self, target, held=None):
        self.target, self.held = target, held

    async def battery(self, listener):
        results = battery()
        await self._play(results, listener)
        return Checkup(self.target, results, judge(results, self.target), 1.0)

    async def single(self, probe, params, listener):
        results = {probe: battery()[probe]}
        await self._play(results, listener)
        return results

    async def _play(self, results, listener):
        for name in results:
            listener.started(specs()[name])
        for number, result in enumerate(results.values()):
            if number == 3 and self.held is not None:
                await self.held()
            listener.finished(result)


async def _for_ever():
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        _cancelled()
        raise


def _cancelled():
    Path(os.environ[MARK]).touch()


async def _killed():
    os.kill(os.getpid(), signal.SIGKILL)


async def _stuck():
    time.sleep(60)  # noqa: ASYNC251


async def _broken():
    raise RuntimeError("a bug")


async def _chatty():
    os.write(1, b"not a message\n")


def playing():
    main(Played)


def hanging():
    main(lambda target: Played(target, _for_ever))


def dying():
    main(lambda target: Played(target, _killed))


def stuck():
    main(lambda target: Played(target, _stuck))


def raising():
    main(lambda target: Played(target, _broken))


def chatty():
    main(lambda target: Played(target, _chatty))
