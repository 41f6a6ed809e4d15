"""Whose desk it is: a name given, set, remembered, or the system's own name for the user."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path

from tshoot.paths import data_folder
from tshoot.session.events_json import clean_name

FILE_NAME = "agent"


def remembered() -> str:
    """The name that was given when it was asked for; empty where it never was."""
    try:
        return clean_name(_file().read_text(encoding="utf-8")[:200])
    except (OSError, UnicodeDecodeError):
        return ""


def remember(name: str) -> None:
    """Keep the name for the next start. Where that fails it is asked for again then."""
    with suppress(OSError):
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _file().write_text(f"{name}\n", encoding="utf-8")


def own_name() -> str:
    """The system's name for this user, to be offered."""
    try:
        return clean_name(getpass.getuser()) or "agent"
    except (OSError, KeyError, ImportError):
        return "agent"


def _file() -> Path:
    return data_folder() / FILE_NAME
