"""The file that ``tshoot config init`` writes: every setting, explained, and switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tshoot.config.declared import SETTINGS
from tshoot.config.kinds import KEYS
from tshoot.config.settings import SECTIONS

_HEAD = (
    "# Settings of tshoot. Take away the # before a line to make it count.",
    "# A variable such as TSHOOT_THEME, and the option --set theme=…, win over this file.",
    "# `tshoot config` shows what is in effect.",
)


def starter() -> str:
    """The text of the file."""
    return "\n".join(_lines()) + "\n"


def write_starter(path: Path) -> None:
    """Write it, with its folder. Raises FileExistsError rather than overwrite anything, and OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(starter())


def _lines() -> Iterator[str]:
    yield from _HEAD
    yield from _settings("")
    for section in SECTIONS:
        yield from ("", f"[{section}]")
        yield from _settings(section)
    yield from ("", f"# {SETTINGS['keys'].says}", "[keys]", f"# {SETTINGS['keys'].example}")


def _settings(section: str) -> Iterator[str]:
    for setting in SETTINGS.values():
        if setting.section == section and setting.kind is not KEYS:
            yield from ("", f"# {setting.says}", f"# {setting.key} = {setting.example}")
