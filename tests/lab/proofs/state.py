"""The client's own state: adapters, routes, neighbours, files, environment."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any

from tests.lab.world import World


async def adapter(world: World, name: str, _: Mapping[str, Any]) -> str:
    text = _kernel(world, "-o", "link", "show", "dev", name)
    if not text:
        return "absent"
    if "NO-CARRIER" in text:
        return "no_carrier"
    return "up" if "LOWER_UP" in text else "down"


async def address(world: World, name: str, _: Mapping[str, Any]) -> list[str]:
    """The adapter's IPv4 addresses with their prefix lengths."""
    words = _kernel(world, "-o", "-4", "addr", "show", "dev", name).split()
    return [words[place + 1] for place, word in enumerate(words) if word == "inet"]


async def route(world: World, wanted: str, _: Mapping[str, Any]) -> str:
    """Where packets to an address would go: the adapter's name, or ``none``."""
    words = _kernel(world, "-o", "route", "get", wanted).split()
    return words[words.index("dev") + 1] if "dev" in words else "none"


async def neighbour(world: World, address: str, _: Mapping[str, Any]) -> str:
    text = _kernel(world, "neigh", "show", address)
    return "resolved" if "lladdr" in text else "failed"


async def file(world: World, path: str, proof: Mapping[str, Any]) -> bool:
    """Does the client's file hold this text? A missing file holds nothing."""
    try:
        return str(proof["holds"]) in world.room.read(path)
    except FileNotFoundError:
        return False


async def environment(world: World, name: str, _: Mapping[str, Any]) -> str:
    return world.room.environment().get(name, "")


def _kernel(world: World, *words: str) -> str:
    with world.spaces.inside("client"):
        done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    return done.stdout
