"""Ground truth by the simulator's own dials, never by the program under test.

Each proof of a scenario is one small exchange opened in the client's namespace (or a look at the
client's kernel state) and the result it must have. They run after the program, so that it meets an
untouched world.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from tests.lab.proofs import datagrams, echo, state, streams
from tests.lab.world import World

Dial = Callable[[World, str, Mapping[str, Any]], Awaitable[Any]]
DIALS: Mapping[str, Dial] = {
    "ping": echo.ping,
    "tcp": streams.tcp,
    "dns": datagrams.dns_question,
    "tls": streams.tls,
    "tls_version": streams.tls_version,
    "http": streams.http,
    "proxy": streams.proxy,
    "quic": datagrams.quic,
    "rtt": echo.rtt,
    "file": state.file,
    "environment": state.environment,
    "address": state.address,
    "clock": datagrams.clock,
    "adapter": state.adapter,
    "route": state.route,
    "neighbour": state.neighbour,
}


async def prove(world: World, proofs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Do every proof side by side; each result says what was wanted, what was seen and whether it holds."""
    return list(await asyncio.gather(*(_prove(world, proof) for proof in proofs)))


async def _prove(world: World, proof: Mapping[str, Any]) -> dict[str, Any]:
    kind = next(key for key in proof if key in DIALS and key != "at")
    seen = await DIALS[kind](world, str(proof[kind]), proof)
    wanted = proof["is"]
    held = seen in wanted if isinstance(wanted, list) and not isinstance(seen, list) else seen == wanted
    return {**proof, "seen": seen, "held": held}
