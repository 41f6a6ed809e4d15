"""Is any network adapter connected, and is the Wi-Fi in use strong enough?"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.model import Adapter, AdapterKind, HostState
from tshoot.host.queries import adapter
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.own_adapters import first_default_outside_tunnels, is_live, own_adapters
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="link",
    title="Network adapter",
    summary="Looks whether a network adapter is switched on and connected, and how strong its Wi-Fi is.",
    outcomes={
        "ok": "An adapter is up and connected.",
        "weak": "The Wi-Fi in use is weak.",
        "no_adapter": "This computer shows no network adapter.",
        "down": "No adapter is connected: cable out or Wi-Fi off.",
    },
    good=frozenset({"ok"}),
    sends="nothing",
    privilege="none",
    deadline=0.5,
)

WEAK_DBM = -75
"""Signal at or below which Wi-Fi counts as weak (docs/probes.md; the first of the bands −75/−82/−85 dBm in
diagnosis-anchors.md, section e.4)."""


@dataclass(frozen=True, slots=True)
class AdapterFigures:
    """One adapter. ``signal_dbm`` is its Wi-Fi signal, None where there is none or it is not told."""

    name: str
    kind: str
    up: bool
    carrier: bool | None
    mtu: int | None
    signal_dbm: int | None


@dataclass(frozen=True, slots=True)
class LinkData:
    """The adapters that count, and the one the default route uses."""

    adapters: tuple[AdapterFigures, ...]
    in_use: str | None


async def run(context: ProbeContext) -> Reading:
    """Judge the adapters of the snapshot; sends nothing."""
    found, used = own_adapters(context.host), adapter_in_use(context.host)
    data = LinkData(tuple(_figures(each) for each in found), display_text(used.name) if used else None)
    return Reading(*judge(found, used), data)


def judge(found: tuple[Adapter, ...], used: Adapter | None) -> tuple[str, str]:
    """Outcome and detail for the adapters that count and the one in use."""
    if not found:
        return "no_adapter", "no network adapter but loopback"
    live = [each for each in found if is_live(each)]
    if not live:
        return "down", ", ".join(_state(each) for each in found)
    if used is not None and is_weak(used):
        return "weak", f"{display_text(used.name)}: Wi-Fi at {used.signal_dbm} dBm"
    return "ok", ", ".join(_state(each) for each in live)


def is_weak(found: Adapter) -> bool:
    """Is it Wi-Fi at or below :data:`WEAK_DBM`? False where the system keeps the signal to itself."""
    return found.kind is AdapterKind.WIFI and found.signal_dbm is not None and found.signal_dbm <= WEAK_DBM


def adapter_in_use(host: HostState) -> Adapter | None:
    """The adapter of the preferred default route, looking through tunnels; None without one."""
    way = first_default_outside_tunnels(host)
    return adapter(host, way.adapter) if way is not None else None


def _figures(found: Adapter) -> AdapterFigures:
    return AdapterFigures(
        display_text(found.name), found.kind.value, found.up, found.carrier, found.mtu, found.signal_dbm
    )


def _state(found: Adapter) -> str:
    word = "up" if is_live(found) else "no carrier" if found.up else "off"
    signal = f" at {found.signal_dbm} dBm" if found.signal_dbm is not None else ""
    return f"{display_text(found.name)} {word}{signal}"
