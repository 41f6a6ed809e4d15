"""Runs inside the sandbox: `tshoot run connectivity` while the gateway is restarted.

Prints one JSON document. The gateway's uplink passes nothing; a restart heals it. The restart is driven by
what the program says: when it begins to watch, the gateway vanishes; when it says "gone", the gateway comes
back without its line; when it finds no internet, the line comes back too. Nothing waits for a time.
"""

from __future__ import annotations

import asyncio
import json
import sys

from tests.lab.actions import apply
from tests.lab.namespaces import RUN, mount
from tests.lab.plan import Plan
from tests.lab.proofs import prove
from tests.lab.world import World

PATIENCE = 80.0
"""Seconds for the whole walk, on a busy machine."""
ANSWERS = {"service-status": "all-fine", "restart-gateway": "done"}
OFF = """table netdev power {
  chain off {
    type filter hook ingress device lan0 priority 0; policy drop;
  }
}
"""
"""A gateway without power: not even its address is resolved any more."""
ON = "delete table netdev power\n"


def main() -> None:
    """Entry point."""
    mount("tmpfs", "/run", "tmpfs", data="mode=0755")
    print(json.dumps(asyncio.run(_walk())))


def _silent_line() -> Plan:
    plan = Plan()
    apply(plan, "gateway.wan_silent", {})
    return plan


async def _walk() -> dict[str, object]:
    world = World(_silent_line())
    await world.start()
    answers = RUN / "answers.yaml"
    answers.write_text(json.dumps(ANSWERS))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "tshoot", "run", "connectivity", "--no-input", "--json"],
        *["--answers", str(answers)],
        env=world.room.environment(),
        preexec_fn=world.room.joiner(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    reading = asyncio.ensure_future(process.stdout.read())
    told: list[str] = []
    proofs: list[dict[str, object]] = []
    try:
        async with asyncio.timeout(PATIENCE):
            async for line in process.stderr:
                told.append(line.decode().rstrip())
                proofs += await _restarted(world, told[-1])
            await process.wait()
    except TimeoutError:
        process.kill()
    return {
        "code": await process.wait(),
        "told": told,
        "session": (await reading).decode(),
        "proofs": proofs,
    }


async def _restarted(world: World, line: str) -> list[dict[str, object]]:
    """What the world does when the program says this, and what must hold then."""
    if line.startswith("Watching the gateway"):
        world.spaces.nft("gateway", OFF)
        return await prove(world, [{"tcp": f"{world.plan.lan.gateway}:80", "is": "silent"}])
    if line.startswith("Gateway: gone"):
        world.spaces.nft("gateway", ON)
        return []
    if line.startswith("Internet: not ready yet"):
        world.change(Plan())
        return await prove(world, [{"tcp": "1.1.1.1:443", "is": "open"}])
    return []


if __name__ == "__main__":
    main()
