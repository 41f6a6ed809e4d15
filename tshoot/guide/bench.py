"""The measuring bench: the whole battery or one probe, on the network of this computer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.probes.context import World
    from tshoot.probes.model import ProbeResult
    from tshoot.probes.runner import Listener
    from tshoot.target import Target


class Bench(Protocol):
    """What live evidence measures with."""

    async def battery(self, listener: Listener) -> Checkup:
        """Run every probe and judge."""

    async def single(
        self, probe: str, params: Mapping[str, str], listener: Listener
    ) -> Mapping[str, ProbeResult]:
        """Run one probe and what it needs."""

    def aimed_at(self, target: Target) -> Bench:
        """A bench like this one for another target."""


class NetworkBench:
    """Measures for real. This computer is read anew each time: a fix may just have changed it."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def aimed_at(self, target: Target) -> NetworkBench:
        """The network of this computer, towards another target."""
        return NetworkBench(target)

    async def battery(self, listener: Listener) -> Checkup:
        """As `tshoot check`."""
        from tshoot.checkup import check

        return await check(await self._world(self.target), listener=listener)

    async def single(
        self, probe: str, params: Mapping[str, str], listener: Listener
    ) -> Mapping[str, ProbeResult]:
        """As `tshoot probe`. The parameter ``target``, a service of the catalogue, replaces its target."""
        from tshoot.probes.runner import run_probes

        rest = dict(params)
        world = await self._world(self._target(rest.pop("target", None)))
        return await run_probes((probe,), world, params={probe: rest}, listener=listener)

    def _target(self, service: str | None) -> Target:
        from tshoot.catalog.services import resolve_target

        return self.target if service is None else resolve_target(service)

    async def _world(self, target: Target) -> World:
        from tshoot.checkup import make_world
        from tshoot.probes.blocking import in_daemon_thread

        return await in_daemon_thread(lambda: make_world(target))
