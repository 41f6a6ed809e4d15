"""What runs inside the sandbox: builds the world, then runs one command in the client's computer.

``python -m tests.lab.inside SCENARIO shell|check [--user|--no-ping] [-- COMMAND…]``; started by
:mod:`tests.lab.sandbox` only. ``--user`` is an ordinary user, ``--no-ping`` one who may not ping either.
``check`` writes one JSON document about the command and the proofs to stdout; ``compare`` does every
scenario's proofs in SCENARIO's world and names those scenarios whose proofs all hold there too.
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

from tests.lab.actions import apply
from tests.lab.namespaces import mount
from tests.lab.proofs import prove
from tests.lab.room import NOT_ROOT
from tests.lab.scenario import Scenario, find, load_all
from tests.lab.world import World

PATIENCE = float(os.environ.get("LAB_PATIENCE", "20"))
"""Seconds after which a run counts as hung and is killed."""


@dataclass
class Ran:
    """What the command under test did."""

    code: int | None
    out: str
    err: str
    seconds: float


def main() -> int:
    """Entry point."""
    name, mode, *rest = sys.argv[1:]
    user = rest[0] if rest[:1] in (["--user"], ["--no-ping"]) else ""
    words = rest[rest.index("--") + 1 :] if "--" in rest else []
    mount("tmpfs", "/run", "tmpfs", data="mode=0755")
    began = time.monotonic()
    scenario = find(name)
    plan = scenario.plan()
    if user == "--no-ping":
        apply(plan, "client.no_ping_permission", {})
    world = World(plan)
    command = [*(NOT_ROOT if user else []), *(words or _default(mode, scenario))]
    if mode == "shell":
        return asyncio.run(_shell(world, command))
    if mode == "compare":
        print(json.dumps(asyncio.run(_compare(world))))
        return 0
    print(json.dumps(asyncio.run(_check(world, scenario, command, began))))
    return 0


def _default(mode: str, scenario: Scenario) -> list[str]:
    if mode == "shell":
        return ["bash", "--norc"]
    target = [scenario.target] if scenario.target else []
    return [sys.executable, "-m", "tshoot", "check", *target, "--json"]


async def _shell(world: World, command: list[str]) -> int:
    await world.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    join = world.room.joiner()

    def enter() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
        join()

    try:
        process = await asyncio.create_subprocess_exec(
            *command, env=world.room.environment(), preexec_fn=enter
        )
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    return await process.wait()


async def _check(world: World, scenario: Scenario, command: list[str], began: float) -> dict[str, object]:
    await world.start()
    built = time.monotonic() - began
    ran = await _run(world, command)
    proofs = await prove(world, scenario.proof)
    return {"built": round(built, 3), "ran": vars(ran), "proofs": proofs}


async def _compare(world: World) -> list[str]:
    await world.start()
    scenarios = list(load_all().values())
    same = []
    for group in batched(scenarios, 12):
        told = await asyncio.gather(*(prove(world, scenario.proof) for scenario in group))
        pairs = zip(group, told, strict=True)
        same += [scenario.id for scenario, proofs in pairs if all(proof["held"] for proof in proofs)]
    return same


def batched(items: list[Scenario], size: int) -> list[list[Scenario]]:
    """The items in groups of at most ``size``."""
    return [items[place : place + size] for place in range(0, len(items), size)]


async def _run(world: World, command: list[str]) -> Ran:
    began = time.monotonic()
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command,
        env=world.room.environment(),
        preexec_fn=world.room.joiner(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,
    )
    gathering = asyncio.ensure_future(process.communicate())
    code: int | None = None
    try:
        out, err = await asyncio.wait_for(asyncio.shield(gathering), PATIENCE)
        code = process.returncode
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        out, err = await gathering
    return Ran(code, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
