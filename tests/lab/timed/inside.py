"""Runs inside the sandbox: `tshoot check --watch` in a world that changes; one JSON document on stdout.

``python -m tests.lab.timed.inside SCENARIO [WORD…]``; the words are added to the command line.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import Any

from tests.lab.namespaces import mount
from tests.lab.proofs import prove
from tests.lab.timed.scenario import FOLDER, Timed, load
from tests.lab.world import World

PATIENCE = 10.0
"""Seconds to wait for the end after Ctrl-C before it is killed."""


@dataclass
class Watched:
    """What the watching program did. ``left_after``: seconds from Ctrl-C to its end."""

    code: int | None
    out: str
    err: str
    left_after: float
    began: float
    proofs: list[dict[str, Any]]


def main() -> None:
    """Entry point."""
    mount("tmpfs", "/run", "tmpfs", data="mode=0755")
    timed = load(FOLDER / f"{sys.argv[1]}.yaml")
    print(json.dumps(vars(asyncio.run(_watch(timed, sys.argv[2:])))))


async def _watch(timed: Timed, words: list[str]) -> Watched:
    plans = timed.plans()
    world = World(plans[0])
    await world.start()
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "tshoot", "check", "--watch", "--every", "1", *words],
        env=world.room.environment(),
        preexec_fn=world.room.joiner(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,
    )
    began, clock = time.monotonic(), time.time()
    gathering = asyncio.ensure_future(process.communicate())
    proving: list[asyncio.Task[list[dict[str, Any]]]] = []
    for moment, plan in zip(timed.timeline, plans[1:], strict=True):
        await asyncio.sleep(began + moment.at - time.monotonic())
        world.change(plan)
        proving.append(asyncio.create_task(prove(world, moment.proof)))
    await asyncio.sleep(began + timed.seconds - time.monotonic())
    interrupted = time.monotonic()
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        out, err = await asyncio.wait_for(asyncio.shield(gathering), PATIENCE)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = await gathering
    left = time.monotonic() - interrupted
    proofs = [proof for each in await asyncio.gather(*proving) for proof in each]
    return Watched(process.returncode, out.decode(), err.decode(), round(left, 3), clock, proofs)


if __name__ == "__main__":
    main()
