"""Does the hosts file of this computer override a host of the target?"""

from __future__ import annotations

import socket
from dataclasses import dataclass

from tshoot.host.model import HostsEntry
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="hosts_file",
    title="Hosts file",
    summary="Looks for the target's names in the hosts file, which wins over every DNS server.",
    outcomes={
        "clean": "The hosts file names no host of the target.",
        "overrides": "The hosts file gives an address of its own for a host of the target.",
    },
    good=frozenset({"clean"}),
    sends="nothing",
    privilege="none",
    deadline=0.5,
)


@dataclass(frozen=True, slots=True)
class Override:
    """One name of the target, the address the hosts file gives it, and the line."""

    name: str
    address: str
    line: int


@dataclass(frozen=True, slots=True)
class HostsFileData:
    """Every override, in the order of the file."""

    overrides: tuple[Override, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Compare the snapshot's hosts file with the target's hosts; sends nothing."""
    wanted = frozenset(context.target.hosts) - {"localhost", socket.gethostname().lower()}
    found = overrides_of(context.host.hosts, wanted)
    if found:
        detail = ", ".join(f"{item.name} is {item.address}" for item in found)
        return Reading("overrides", display_text(detail), HostsFileData(found))
    unread = next((text for text in context.host.unreadable if text.startswith("hosts")), None)
    if unread is not None:
        return Reading("skipped", display_text(unread))
    return Reading("clean", f"{len(wanted)} names looked for, none there", HostsFileData())


def overrides_of(entries: tuple[HostsEntry, ...], wanted: frozenset[str]) -> tuple[Override, ...]:
    """The entries of the hosts file that name one of ``wanted``."""
    return tuple(
        Override(display_text(name), display_text(entry.ip), entry.line)
        for entry in entries
        for name in entry.names
        if name.lower().removesuffix(".") in wanted
    )
