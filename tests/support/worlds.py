"""A world for probes without a real network, and probes made on the spot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tshoot.host.model import HostState, Neighbour
from tshoot.probes.anchors import Anchors
from tshoot.probes.context import ProbeContext, World
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.target import Target


@dataclass(frozen=True)
class FixedBackend:
    """A computer that says what it is told to say."""

    state: HostState = field(default_factory=lambda: HostState(system="linux"))
    table: tuple[Neighbour, ...] = ()

    def read_state(self) -> HostState:
        return self.state

    def neighbours(self) -> tuple[Neighbour, ...]:
        return self.table


def world(
    target: Target | None = None, host: HostState | None = None, anchors: Anchors | None = None
) -> World:
    state = host or HostState(system="linux")
    return World(target or Target("example.com"), state, FixedBackend(state), anchors or Anchors())


@dataclass(frozen=True)
class MadeProbe:
    """A probe whose code is given by the test."""

    SPEC: ProbeSpec
    code: Callable[[ProbeContext], Awaitable[Reading]]

    async def run(self, context: ProbeContext) -> Reading:
        return await self.code(context)


def made_probe(
    name: str,
    code: Callable[[ProbeContext], Awaitable[Reading]],
    *,
    needs: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    deadline: float = 5.0,
) -> MadeProbe:
    spec = ProbeSpec(
        name=name,
        title=name,
        summary=name,
        outcomes={"ok": "works", "bad": "does not"},
        good=frozenset({"ok"}),
        sends="nothing",
        privilege="none",
        deadline=deadline,
        needs=needs,
        uses=uses,
    )
    return MadeProbe(spec, code)


async def fine(context: ProbeContext) -> Reading:
    return Reading("ok", "fine")
