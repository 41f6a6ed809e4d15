"""The TOML file: what stands in it, and on which line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tshoot.config.problems import ConfigError

VARIABLE = "TSHOOT_CONFIG"
_LARGEST = 1024 * 1024
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_LINE = rf"^[ \t]*(?:\[[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)"
_PLACE = r" \(at (?:line (\d+), column (\d+)|end of document)\)$"

_PATHS = r"Write paths in single quotes, as in 'C:\flows'."
_HINTS = {
    "Unescaped": _PATHS,
    "Invalid hex value": _PATHS,
    "Invalid value": "Write a text in quotes, as in 'dark', and true or false without.",
}
"""What helps, by a part of what tomllib says."""


class TomlFile(NamedTuple):
    """A file that was read. ``lines`` maps the path of each key and table to its line, from 1."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]

    def place(self, *keys: str) -> str:
        """``file:line`` of a key; of the table around it, or the file alone, where it is not found."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return f"{self.path}:{self.lines[keys]}" if keys else str(self.path)


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the file is, whether it exists or not: ``TSHOOT_CONFIG``, else in the configuration folder."""
    own = environ.get(VARIABLE)
    if own:
        return Path(own)
    from platformdirs import user_config_path

    return user_config_path("tshoot", appauthor=False) / "config.toml"


def read_toml(path: Path) -> TomlFile:
    """Read a file. Raises :class:`ConfigError` for what is no TOML, OSError where it can't be read."""
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ConfigError([f"{path} is larger than {_LARGEST // 1024} kB."])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError([f"{path} is not UTF-8 text."]) from None
    import tomllib

    try:
        return TomlFile(path, tomllib.loads(text), _lines(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError([_syntax(path, text, str(error))]) from None


def _syntax(path: Path, text: str, said: str) -> str:
    found = re.search(_PLACE, said)
    line, column = (found[1], found[2]) if found and found[1] else (str(text.count("\n") + 1), "1")
    said = re.sub(_PLACE, "", said)
    hint = next((f" {words}" for part, words in _HINTS.items() if part in said), "")
    return f"{path}:{line}:{column}: This is not valid TOML: {said}.{hint}"


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Where keys and tables stand. tomllib does not tell; values over several lines may hide a key."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(_LINE, line)
        if match is None:
            continue
        if match["table"]:
            table = _parts(match["table"])
        keys = table if match["table"] else (*table, *_parts(match["key"]))
        for length in range(1, len(keys) + 1):
            found.setdefault(keys[:length], number)
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))
