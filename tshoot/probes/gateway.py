"""Does the default gateway answer, and is the hop to it clean?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tshoot.host.model import HostBackend, NeighbourState
from tshoot.probes.connect import Connect, ConnectState, connect
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.default_gateway import default_gateway, neighbour_state
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.path_meter import PathMeter, Quality, telling_window
from tshoot.probes.refusal import Refusal, refused_datagram, refused_route
from tshoot.probes.tasks import cancel_all, up_to
from tshoot.probes.window import WindowFigures, describe, figures

SPEC = ProbeSpec(
    name="gateway",
    title="Gateway",
    summary="Asks the default gateway for a sign of life and measures loss and delay on the way to it.",
    outcomes={
        "ok": "The gateway answers.",
        "lossy": "The gateway answers, and packets are lost on the way to it.",
        "slow": "The gateway answers late.",
        "silent": "The gateway is there, but answers neither ping nor TCP.",
        "dead": "The gateway is not there: nothing answers at its address.",
    },
    good=frozenset({"ok", "silent"}),
    sends="20 to 40 pings and TCP connects to ports 80, 443, 53 and 8080 of the default gateway",
    privilege="none; pings where this user may, else TCP only",
    deadline=4.0,
)

PORTS = (80, 443, 53, 8080)
HOLD = 2.0
"""Seconds without any answer before the gateway is given up. Address resolution asks three times, a second
apart (RFC 4861, section 10): one that is still trying by then has had two questions unanswered."""
SLOW_MS = 150.0
"""Median round-trip time above which the hop is slow. A home hop takes 1 to 10 ms, a Wi-Fi power-save cycle
about 100 ms; 150 ms is where octomon says "bad" (diagnosis-anchors.md, section e.4). The 1,500 ms of ChromeOS
would pass a hop that no call survives."""

BARRED_HOLD = 0.4
"""Seconds after which a local firewall is looked for."""
SILENT_HOLD = 1.0
"""Seconds after which a gateway whose neighbour entry was confirmed just now is called silent."""

_ANSWERS = (ConnectState.OPEN, ConnectState.REFUSED)


@dataclass(frozen=True, slots=True)
class PortAnswer:
    """One connect: the port, how it ended, after how many milliseconds."""

    port: int
    state: str
    ms: float


@dataclass(frozen=True, slots=True)
class GatewayData:
    """The gateway and all it said. ``method`` is None and ``windows`` empty where it did not answer.

    ``neighbour`` is the state of its neighbour entry, read only where it did not answer.
    """

    gateway: str
    adapter: str
    method: str | None = None
    windows: tuple[WindowFigures, ...] = ()
    ports: tuple[PortAnswer, ...] = ()
    neighbour: str | None = None
    refused: Refusal | None = None


async def run(context: ProbeContext) -> Reading:
    """Measure the preferred default gateway outside tunnels."""
    found = default_gateway(context.host)
    if isinstance(found, str):
        return Reading("not_applicable", found)
    address, name = found
    refused = refused_route(address)
    if refused is not None:
        return _refused(refused, GatewayData(address, name, refused=refused))
    return await _measure(context, address, name)


async def _measure(context: ProbeContext, address: str, name: str) -> Reading:
    held = context.deadline.remaining() > HOLD - BARRED_HOLD
    knocks = [asyncio.create_task(connect(address, port, HOLD)) for port in PORTS]
    try:
        async with PathMeter((address,), context.deadline) as meter:
            hold = context.deadline.within(HOLD)
            await up_to(BARRED_HOLD, _first_sign(meter, knocks))
            barred = await _barred(meter, knocks, address)
            if barred is not None:
                return _refused(barred, GatewayData(address, name, ports=_ports(knocks), refused=barred))
            state = await _await_sign(context.world.backend, meter, knocks, hold)
            if _sign(meter, knocks):
                quality = await meter.quality([each for each in _ended(knocks) if each.answered], SLOW_MS)
                return _alive(quality, GatewayData(address, name, ports=_ports(knocks)))
    finally:
        await cancel_all(knocks)
    data = GatewayData(address, name, ports=_ports(knocks), neighbour=state.value if state else None)
    known = f"neighbour {state.value}" if state is not None else "neighbour not listed"
    return Reading(judge_silence(state, held), f"{address}: no answer, {known}", data, (address,))


async def _await_sign(
    backend: HostBackend, meter: PathMeter, knocks: Sequence[asyncio.Task[Connect]], hold: Deadline
) -> NeighbourState | None:
    """Wait for any answer; without one, return the state of the neighbour entry (None: not listed)."""
    address = meter.addresses[0]
    early = max(0.0, hold.remaining() - (HOLD - SILENT_HOLD))
    await up_to(early, _first_sign(meter, knocks))
    if _sign(meter, knocks):
        return None
    state = await neighbour_state(backend, address)
    if state is NeighbourState.REACHABLE:
        return state
    await up_to(hold.remaining(), _first_sign(meter, knocks))
    return await neighbour_state(backend, address)


def _sign(meter: PathMeter, knocks: Sequence[asyncio.Task[Connect]]) -> bool:
    return meter.replied or any(each.answered for each in _ended(knocks))


async def _first_sign(meter: PathMeter, knocks: Sequence[asyncio.Task[Connect]]) -> None:
    """Return once anything has answered. Waits for ever without an answer: bound it."""
    reply = asyncio.create_task(meter.first_reply())
    waiting: set[asyncio.Task[Any]] = {reply, *knocks}
    try:
        while not _sign(meter, knocks):
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancel_all([reply])


async def _barred(meter: PathMeter, knocks: Sequence[asyncio.Task[Connect]], address: str) -> Refusal | None:
    """Does this computer itself keep back pings and datagrams alike? Then a reset may be its own as well."""
    if meter.replied or any(each.state is ConnectState.OPEN for each in _ended(knocks)):
        return None
    datagram = refused_datagram(address)
    ping = await meter.refusal() if meter.tells_refusal else datagram
    return datagram if datagram == ping else None


def _alive(quality: Quality, data: GatewayData) -> Reading:
    best, windows = telling_window(quality), quality.windows
    if best is None:
        shown = ", ".join(str(each.port) for each in data.ports if each.state in _ANSWERS)
        return Reading("ok", f"{data.gateway}: TCP {shown} answers", data, (data.gateway,))
    full = replace(data, method=windows[0].method, windows=tuple(figures(each) for each in windows))
    return Reading(quality.outcome, describe(best), full, (data.gateway,))


def judge_silence(state: NeighbourState | None, held: bool) -> str:
    """The outcome where nothing answered, for the state of the neighbour entry (None: not listed).

    A neighbour that resolves is there (a sick gateway needed 12 s to answer: provider-facts.md, 1.2).
    Without an entry, or before silence had its time (``held``), nothing can be said: ``timeout``.
    """
    if state in (NeighbourState.REACHABLE, NeighbourState.STALE):
        return "silent"
    gone = state in (NeighbourState.RESOLVING, NeighbourState.FAILED)
    return "dead" if gone and held else "timeout"


def _refused(refused: Refusal, data: GatewayData) -> Reading:
    """Without a route the gateway can't be reached; a local firewall leaves it unknown."""
    if refused == "no_route":
        return Reading("dead", f"{data.gateway}: no way there, the system refuses", data)
    return Reading("skipped", f"{data.gateway}: this computer does not let packets out", data)


def _ended(knocks: Sequence[asyncio.Task[Connect]]) -> list[Connect]:
    return [task.result() for task in knocks if task.done() and not task.cancelled()]


def _ports(knocks: Sequence[asyncio.Task[Connect]]) -> tuple[PortAnswer, ...]:
    return tuple(PortAnswer(each.port, each.state.value, round(each.ms, 1)) for each in _ended(knocks))
