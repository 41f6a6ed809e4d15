"""What a running probe may know and ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tshoot.host.model import HostBackend, HostState
from tshoot.probes.anchors import Anchors
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import Reading
from tshoot.target import Target

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True)
class World:
    """What all probes of one battery share: the target, this computer, the fixed addresses."""

    target: Target
    host: HostState
    backend: HostBackend
    anchors: Anchors


@dataclass
class Shared:
    """Costly things made once per battery and used by several probes."""

    tls: dict[str, ssl.SSLContext] = field(default_factory=dict)
    names: dict[str, asyncio.Task[tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class ProbeContext:
    """Handed to a probe's ``run``.

    ``deadline`` is the probe's own and must be kept; ``params`` holds the parameters given, as text.
    """

    world: World
    deadline: Deadline
    shared: Shared
    readings: Callable[[str], asyncio.Future[Reading]]
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> Target:
        """What is being checked."""
        return self.world.target

    @property
    def host(self) -> HostState:
        """What this computer says of itself."""
        return self.world.host

    @property
    def anchors(self) -> Anchors:
        """The fixed addresses that may be contacted."""
        return self.world.anchors

    async def need(self, probe: str) -> Reading:
        """The reading of a probe named in this probe's ``needs`` or ``uses``; waits for it."""
        return await asyncio.shield(self.readings(probe))

    def future(self, probe: str) -> asyncio.Future[Reading]:
        """The reading to come of a probe named in ``uses``: for waiting on several at once.

        Never cancel it; wait with ``asyncio.wait``.
        """
        return self.readings(probe)
