"""The client's side of a room: runs probes against the real system and prints their results as JSON."""

from __future__ import annotations

import asyncio
import json
import sys

from tshoot.host.backend import backend
from tshoot.probes.anchors import Anchors, Operator
from tshoot.probes.context import World
from tshoot.probes.runner import run_probes
from tshoot.target import Target

OPERATORS = tuple(
    Operator(name, (f"{v4}.1", f"{v4}.2"), (f"2001:db8:{name}::1", f"2001:db8:{name}::2"), "", "")
    for name, v4 in (("a", "192.0.2"), ("b", "198.51.100"), ("c", "203.0.113"))
)


async def main() -> None:
    system = backend()
    world = World(Target("example.com"), system.read_state(), system, Anchors(operators=OPERATORS))
    results = await run_probes(sys.argv[1:], world)
    print(json.dumps({name: result.to_json() for name, result in results.items()}))


if __name__ == "__main__":
    asyncio.run(main())
