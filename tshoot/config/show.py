"""The settings in effect as text and as JSON. Passwords in addresses are never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tshoot.config.declared import SETTINGS
from tshoot.config.settings import Config, value_of

SCHEMA = "tshoot.config/1"
_PASSWORDS = (
    re.compile(r"^(https?://[^/@\s:]*:)[^/@\s]*(?=@)"),
    # A database's address may have any sign in its password, and ends it with the last @ that can be meant.
    re.compile(r"^((?!https?:)[\w+.-]+://[^/@:]*:).*(?=@)"),
    re.compile(r"([?&](?:ssl)?password=)[^&]*"),
)


def config_json(config: Config, path: Path, exists: bool) -> dict[str, Any]:
    """``tshoot config --json``: each setting with its value, the kind of its source, and the place."""
    settings = {
        name: {
            "value": _plain(value_of(config, name)),
            "from": config.origin(name).source,
            "where": config.origin(name).place,
        }
        for name in SETTINGS
    }
    return {"schema": SCHEMA, "file": str(path), "exists": exists, "settings": settings}


def config_lines(config: Config) -> Iterator[str]:
    """A line for each setting: name, value, where it comes from."""
    rows = [(name, _shown(value_of(config, name)), str(config.origin(name))) for name in SETTINGS]
    names, values = (max(len(row[place]) for row in rows) for place in (0, 1))
    for name, value, origin in rows:
        yield f"{name:<{names}}  {value:<{min(values, 40)}}  {origin}"


def _plain(value: Any) -> Any:
    if isinstance(value, Path | str):
        return _without_password(str(value))
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _without_password(text: str) -> str:
    for password in _PASSWORDS:
        text = password.sub(r"\1***", text)
    return text


def _shown(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list):
        return ", ".join(map(str, plain)) or "none"
    if isinstance(plain, dict):
        return ", ".join(f"{name}={key}" for name, key in plain.items()) or "none"
    return "not set" if plain is None else str(plain)
