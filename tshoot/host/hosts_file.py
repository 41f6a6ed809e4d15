"""The hosts file: names this computer answers itself, before any DNS server (hosts(5)).

Rubbish lines are passed over, as the C library does. Block lists of 100 000 lines are common, so the
reader avoids work per line.
"""

from __future__ import annotations

from tshoot.host.addresses import canonical_ip
from tshoot.host.model import HostsEntry
from tshoot.text import display_text


def parse_hosts(text: str) -> tuple[HostsEntry, ...]:
    """The entries of a hosts file, in order; ``line`` counts from 1."""
    entries = (_entry(line, number) for number, line in enumerate(text.split("\n"), start=1))
    return tuple(entry for entry in entries if entry is not None)


def _entry(line: str, number: int) -> HostsEntry | None:
    words = line.partition("#")[0].split()
    if len(words) < 2:
        return None
    address = canonical_ip(words[0])
    if address is None:
        return None
    return HostsEntry(address, tuple(_name(word) for word in words[1:]), number)


def _name(word: str) -> str:
    word = word.lower().removesuffix(".")
    return word if word.isascii() and word.isprintable() and len(word) <= 255 else display_text(word)
