"""Runs inside the sandbox: one walk in one size; one JSON document on stdout.

``python -m tests.lab.walks.inside WALK COLUMNSxROWS``
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field

from tests.lab.namespaces import mount
from tests.lab.timed.restart import OFF, ON
from tests.lab.walks.terminal import ENDED, Terminal
from tests.lab.walks.walk import FOLDER, Deed, Walk, load, plan_of
from tests.lab.world import World

PATIENCE = 45.0
"""Seconds until what is waited for must be on the screen: a watched gateway takes its time."""


@dataclass
class Walked:
    """How far it came. ``missed`` is what was waited for in vain, empty where the end was reached."""

    screens: list[str] = field(default_factory=list)
    missed: str = ""
    code: int | None = None
    seconds: float = 0.0


def main() -> None:
    """Entry point."""
    mount("tmpfs", "/run", "tmpfs", data="mode=0755")
    columns, rows = (int(number) for number in sys.argv[2].split("x"))
    print(json.dumps(vars(asyncio.run(_walk(load(FOLDER / f"{sys.argv[1]}.yaml"), columns, rows)))))


async def _walk(walk: Walk, columns: int, rows: int) -> Walked:
    world = World(walk.plan())
    await world.start()
    terminal, walked, began = Terminal(world.room, columns, rows), Walked(), time.monotonic()
    await terminal.open([])
    try:
        for deed in walk.does:
            walked.missed = await _do(world, terminal, deed, walk.id)
            walked.screens.append(terminal.screen)
            if walked.missed:
                return walked
        walked.missed = "" if await terminal.sees(walk.ends, PATIENCE) else walk.ends
        walked.screens.append(terminal.screen)
        await terminal.press(["q"])
        if await terminal.sees(ENDED, PATIENCE):
            walked.code = int(terminal.screen.partition(ENDED)[2].split()[0])
    finally:
        walked.seconds = round(time.monotonic() - began, 1)
        await terminal.close()
    return walked


async def _do(world: World, terminal: Terminal, deed: Deed, name: str) -> str:
    """What was missed; empty where it could be done."""
    if not await terminal.sees(deed.see, PATIENCE):
        return deed.see
    if deed.change is not None:
        world.change(plan_of(name, deed.change))
    if deed.power:
        world.spaces.nft("gateway", OFF if deed.power == "off" else ON)
    if deed.run:
        await _run(world, deed.run)
    await terminal.press(deed.press)
    if deed.choose and not await terminal.choose(deed.choose):
        return f"the choice '{deed.choose}'"
    return ""


async def _run(world: World, command: tuple[str, ...]) -> None:
    room = world.room
    process = await asyncio.create_subprocess_exec(*command, env=room.environment(), preexec_fn=room.joiner())
    assert await process.wait() == 0, command


if __name__ == "__main__":
    main()
