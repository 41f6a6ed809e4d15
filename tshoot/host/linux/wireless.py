"""Wi-Fi signal from /proc/net/wireless (the kernel's wireless extensions)."""

from __future__ import annotations

_LOWEST_DBM, _HIGHEST_DBM = -120, -1


def parse_wireless(text: str) -> dict[str, int]:
    """Signal in dBm by adapter name.

    The fourth column is the level; drivers that report a relative level (0 or more) say nothing in
    dBm and are left out, so is the filler value -256.
    """
    found: dict[str, int] = {}
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        level = _level(rest.split()) if colon else None
        if level is not None:
            found[name.strip()] = level
    return found


def _level(columns: list[str]) -> int | None:
    try:
        level = int(columns[2].rstrip("."))
    except (IndexError, ValueError):
        return None
    return level if _LOWEST_DBM <= level <= _HIGHEST_DBM else None
